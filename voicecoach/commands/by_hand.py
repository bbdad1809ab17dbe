"""What hands do in a live session, also on a keyboard, is done as words are: through the one inbox, hushed first where it is urgent."""

from collections.abc import Callable, Sequence

from voicecoach.coach.curriculum import WordTest
from voicecoach.commands.vitals import urgent_in
from voicecoach.live import Inbox, Typed
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.onlookers.onlooker import Hands
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker


def hands(speaker: Speaker, phrasebook: Phrasebook, mat: Sequence[WordTest], inbox: Inbox) -> Hands:
    """Says an intent's phrase, but none of the bare words that are tried from the `mat`: a button that means "stop" never tries it."""
    tried = [test.word for test in mat]

    def do(intent: Intent) -> None:
        if intent in URGENT:
            speaker.hush()
        inbox.put(Typed(untried(intent, phrasebook, tried)))

    return do


def untried(intent: Intent, phrasebook: Phrasebook, tried: Sequence[str]) -> str:
    """The commonest phrase of `intent` that is none of those `tried`: no ear has heard what hands do."""
    return next(phrase for phrase in phrasebook.phrases(intent) if phrase not in tried)


def hush_for(speaker: Speaker, phrasebook: Phrasebook) -> Callable[[str], None]:
    """Hushes `speaker` for a line that is a safety word, on the keyboard's own thread: the main one may be writing."""

    def hush(line: str) -> None:
        if urgent_in([Typed(line)], phrasebook):
            speaker.hush()

    return hush
