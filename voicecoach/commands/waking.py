"""One stretch of waiting: the ears listen for the wake phrases and nothing else, until one is said."""

import argparse
from functools import partial

from voicecoach.anew import begin_anew
from voicecoach.commands.options import tell
from voicecoach.commands.sound_path import SoundPath
from voicecoach.commands.vitals import Vitals
from voicecoach.ears.ears import Ears
from voicecoach.ears.listener import Listener
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.stuck import EarsWatch
from voicecoach.ears.word_model import WordModel
from voicecoach.errors import Broken, Missing, Unreadable
from voicecoach.exchange import Exchange
from voicecoach.heartbeat import Heartbeat, Pulse
from voicecoach.house import House
from voicecoach.live import POLL_S, Inbox, Stream
from voicecoach.messages.events import Fault, Interrupted, Recovered
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import VOICE_RATE_HZ
from voicecoach.notify import ALIVE, READY, told
from voicecoach.places import word_model
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import Tones
from voicecoach.wording import heard_waiting

WOKEN, FAILED = "heard", "broken"
"""The signals for a phrase that was heard, and for a session that a fault has ended."""
LONGEST_SIGNAL_S = 1.0
LOOK_AGAIN_S = 10.0
"""When a machine starts, its sound server comes up after its services; a microphone is plugged in at any time."""


class Waiting:
    """Built once for each stretch, and left with all its memory: a session needs it. Raises Missing and Unreadable."""

    def __init__(self, house: House, options: argparse.Namespace, inbox: Inbox) -> None:
        self._house = house
        self._options = options
        self._inbox = inbox
        self._speaker = Speaker()
        self._tones = Tones.load(house.prompts)
        model, words = SpeechModel(house.model), WordModel.load(word_model())
        grammar = heard_waiting(house.prompts, Phrasebook.load(house.prompts), model)
        ears = partial(Ears, model, words, None, {})
        listener = self._listener = Listener(ears(), self._speaker.hush, inbox.put)
        listener.scope(grammar)
        # Not self's listener: the two would hold each other, and with them all ears.
        self._watch = EarsWatch(listener, lambda: listener.renew(ears()))
        self._waits = f"Waiting for {' or '.join(f'“{phrase}”' for phrase in grammar.phrases)}."
        pulse = Pulse(Vitals(inbox, self._speaker, self._listener), lambda: None, partial(begin_anew, None), _alive)
        self._heartbeat = Heartbeat(pulse)

    def woken(self, *, failed: bool) -> bool:
        """Waits until a wake phrase is said: True; or until the program has been asked to end: False.

        The devices are held meanwhile, and let go before it returns. `failed`: first it signals that the session before has failed. Raises
        Broken when the sound fails.
        """
        stream = self._opened()
        if stream is None:
            return False
        self._listener.start()
        self._heartbeat.start()
        try:
            tell(self._waits)
            told(f"{READY}\n{ALIVE}\nSTATUS={self._waits}")
            return (not failed or self._signalled(FAILED)) and self._listened() and self._signalled(WOKEN)
        finally:
            self._heartbeat.stop()
            stream.stop()
            self._listener.stop()

    def _opened(self) -> Stream | None:
        """The sound, as soon as there are both devices; None when the program has been asked to end before."""
        known = ""
        while True:
            try:
                stream = SoundPath(self._house, self._options).stream(Exchange(self._speaker, self._listener, self._inbox.put))
                stream.start()
                return stream
            except (Missing, Unreadable) as error:
                if isinstance(error, Unreadable) and (self._options.microphone or self._options.speaker):
                    raise  # who has typed a name can type another; one that is set may be plugged in later
                if error.what != known:
                    known = error.what
                    tell(f"{known} It is looked for again every {LOOK_AGAIN_S:.0f} s.")
            told(f"{READY}\n{ALIVE}\nSTATUS={known}")
            if not self._passed(LOOK_AGAIN_S):
                return None

    def _passed(self, for_s: float) -> bool:
        """Whether so much time has passed, with nobody asking the program to end. Once it was asked, it isn't asked again."""
        return not any(isinstance(self._inbox.take(), Interrupted) for _ in range(round(for_s / POLL_S)))

    def _listened(self) -> bool:
        while True:
            match self._inbox.take():
                case Heard(stage=Stage.CONFIRMED, phrase=phrase) if phrase:
                    tell(f"Heard “{phrase}”.")
                    return True
                case Interrupted():
                    return False
                case Fault(what="sound", detail=detail):
                    raise Broken(detail, "It begins anew where it runs as a service; otherwise start it again.")
                case Fault() | Recovered() as news:
                    self._tell_news(news)
                case _:
                    pass
            if change := self._watch.look(self._speaker.position_samples / VOICE_RATE_HZ):
                self._tell_news(change)

    def _signalled(self, name: str) -> bool:
        """Plays a signal to its end, or for a second where the sound stands still. False when the program has been asked to end."""
        sound = self._tones.tone(name)
        until_samples = self._speaker.position_samples + len(sound.samples)
        self._speaker.tone(sound)
        for _ in range(round(LONGEST_SIGNAL_S / POLL_S)):
            if isinstance(self._inbox.take(), Interrupted):
                return False
            if self._speaker.position_samples > until_samples:
                break
        return True

    def _tell_news(self, news: Fault | Recovered) -> None:
        detail = news.detail or f"The {news.what} works again."
        tell(detail)
        told(f"STATUS={detail if isinstance(news, Fault) else self._waits}")


def _alive() -> None:
    told(ALIVE)
