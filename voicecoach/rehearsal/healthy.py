"""What a healthy, cleared, ready person says to each question."""

from collections.abc import Callable

from voicecoach.messages.intents import Intent
from voicecoach.understanding.phrasebook import Phrasebook

YES = frozenset({"try.ready", "screen.floor", "screen.cleared", "screen.usual", "read_back", "stop.all_right"})
READY = frozenset({"screen.ready"})
STEPS = ("teach.", "down.step_", "up.step_")
"""Each waits for a word to go on."""
FELT = ("check_in.feel",)
NUMBERS = {"screen.pain": 1, "pain.level": 3, "cool_down.pain": 1, "check_in.effort": 3}


def healthy_answers(phrasebook: Phrasebook) -> Callable[[str], str]:
    """Gives the words for a question's id; "no" to all that isn't named here."""
    yes, no, ready = (phrasebook.phrases(intent)[0] for intent in (Intent.YES, Intent.NO, Intent.RESUME))
    numbers = {value: word for word, value in phrasebook.numbers.words.items()}
    felt = {name: phrasebook.phrases(Intent.FEEL_RIGHT)[0] for name in FELT}
    by_id = felt | dict.fromkeys(YES, yes) | dict.fromkeys(READY, ready) | {name: numbers[value] for name, value in NUMBERS.items()}
    return lambda question: by_id.get(question, yes if question.startswith(STEPS) else no)
