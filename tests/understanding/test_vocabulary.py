"""What people say, as coaching.md lists it: every phrase means what it should where it is listened for; what is left out means nothing."""

import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.understanding.interpret import interpret

ALWAYS = tuple(PHRASEBOOK.moments)
MOVING = ("set", "rest")
PAIN = (
    "pain, i have pain, i'm in pain, it hurts, that hurts, this hurts, my back hurts, my hip hurts, my leg hurts, hurting, ouch, "
    "sharp pain, shooting pain, something's wrong, cramp, spasm, pinching, burning"
)
QUESTIONS = (
    "how high, how do i breathe, what muscles, where should i feel it, common mistakes, who should not do this, how does it help, "
    "how do i make it harder, where do my hands go, should my knees be straight, should it hurt, how often, how do i brace, "
    "are you recording"
)
SAID = {
    Intent.PAIN: (ALWAYS, PAIN),
    Intent.NERVE: (ALWAYS, "my leg is numb, my leg feels numb, tingling, pins and needles, my leg feels weak"),
    Intent.DISTRESS: (ALWAYS, "help me, i need help, emergency, chest pain, i can't breathe, i feel dizzy, dizzy, faint"),
    Intent.STOP: (ALWAYS, "stop, stop now, stop it, stop the session, that's enough, i'm done, no more, end session"),
    Intent.PAUSE: (MOVING, "pause, wait, hang on, give me a minute, one moment, just a second, i need a break"),
    Intent.RESUME: (("set", "paused"), "resume, continue, carry on, keep going, let's go, i'm ready, ready"),
    Intent.NEXT_SET: (("rest",), "next set, next, skip rest, another set"),
    Intent.REPEAT: (MOVING, "repeat, say again, say that again, pardon, what did you say, i didn't hear"),
    Intent.SLOWER: (MOVING, "slower, slow down, too fast"),
    Intent.FASTER: (MOVING, "faster, speed up, too slow"),
    Intent.LOUDER: (MOVING, "louder, speak up, turn it up, i can't hear you"),
    Intent.QUIETER: (MOVING, "quieter, too loud, softer"),
    Intent.SKIP: (MOVING, "skip this, skip this set, skip warm up, skip the cool down"),
    Intent.EASIER: (MOVING, "easier, too hard, i can't do this, one leg, i'm tired"),
    Intent.HARDER: (MOVING, "harder, too easy, both legs, more reps"),
    Intent.LEFT: (MOVING, "how many left, how many more, what set, how long left, time left"),
    Intent.MORE_REST: (("rest",), "more rest, more time, not ready, another minute"),
    Intent.HELP: (MOVING, "help, what can i say, options"),
    Intent.WHY: (MOVING, "why"),
    Intent.YES: (("question",), "yes, yeah, yep, sure, okay"),
    Intent.NO: (("question",), "no, nope, not really, know"),
    Intent.UNSURE: (("question",), "i don't know, not sure, maybe"),
    Intent.FEEL_BACK: (MOVING, "i feel it in my back"),
    Intent.QUESTION: (MOVING, QUESTIONS),
}
LEFT_OUT = ("ow", "numb", "end", "quit", "finish", "hold on", "start")
"""Words that the small model takes for others, or others for them."""


@pytest.mark.parametrize("intent", SAID)
def test_a_phrase_means_what_it_should_wherever_it_is_listened_for(intent: Intent) -> None:
    moments, phrases = SAID[intent]
    for moment in moments:
        for phrase in phrases.split(", "):
            meaning = PHRASEBOOK.meaning(phrase, moment)
            assert meaning, f"{phrase} in {moment}"
            assert meaning.intent is intent, f"{phrase} in {moment}"


@pytest.mark.parametrize("phrase", LEFT_OUT)
def test_what_is_easily_mistaken_is_no_command(phrase: str) -> None:
    assert not [moment for moment in PHRASEBOOK.moments if PHRASEBOOK.meaning(phrase, moment)]


@pytest.mark.parametrize("text", ["two", "to", "too", "four", "for", "eight", "ate", "one", "won", "about four", "four out of ten"])
def test_a_number_is_asked_for_and_its_homophones_count(text: str) -> None:
    heard = Heard(Stage.CONFIRMED, text if PHRASEBOOK.knows(text) else "", text, 1.0)
    meant = interpret(heard, "number", PHRASEBOOK)
    assert isinstance(meant, Meant)
    assert meant.intent is Intent.NUMBER
    assert not isinstance(interpret(heard, "set", PHRASEBOOK), Meant)
