"""What a healthy, cleared, ready person says to each question."""

from collections.abc import Callable

from voicecoach.messages.intents import Intent
from voicecoach.understanding.meaning import Meaning
from voicecoach.understanding.phrasebook import Phrasebook

YES = frozenset({"screen.floor", "screen.cleared", "screen.usual", "read_back", "stop.all_right", "name.right"})
FIRST = "1"
"""The number of the person that a [history] is about."""
READY = frozenset({"screen.ready"})
NUMBERS = {"screen.pain": 1, "pain.level": 3, "cool_down.pain": 1, "check_in.effort": 3}


def healthy_answers(phrasebook: Phrasebook) -> Callable[[str], str]:
    """Gives the words for a question's id; "no" to all that isn't named here."""
    yes, no, ready = (phrasebook.phrases(intent)[0] for intent in (Intent.YES, Intent.NO, Intent.RESUME))
    numbers = {value: word for word, value in phrasebook.numbers.words.items()}
    me = Meaning(Intent.NAME, FIRST)
    name = next(phrase for phrase in phrasebook.phrases(Intent.NAME) if phrasebook.meaning(phrase, "who") == me)
    by_id = dict.fromkeys(YES, yes) | dict.fromkeys(READY, ready) | {name: numbers[value] for name, value in NUMBERS.items()}
    return lambda question: (by_id | {"who.ask": name}).get(question, no)
