"""What a healthy, cleared, ready person says to each question."""

from collections.abc import Callable

from voicecoach.messages.intents import Intent
from voicecoach.understanding.meaning import Meaning
from voicecoach.understanding.phrasebook import Phrasebook

YES = frozenset(
    {
        "try.ready",
        "screen.floor",
        "screen.cleared",
        "screen.usual",
        "read_back",
        "stop.all_right",
        "light.today",
        "name.right",
        "cut_off.they",
    }
)
FIRST = "1"
"""The number of the person that a [history] is about."""
WORDS = {
    "screen.ready": Intent.YES,
    "weights.on": Intent.RESUME,
    "screen.morning": Intent.SAME,
    "mat.pain": Intent.PAIN,
    "mat.stop": Intent.STOP,
    "check_in.feel": Intent.YES,
    "cut_off.go_on": Intent.GO_ON,
}
STEPS = ("teach.", "down.step_", "up.step_")
"""Each waits for a word to go on."""
OFFERS = ("offer.",)
"""More, when it was earned."""
NUMBERS = {"screen.pain": 1, "pain.level": 3, "cool_down.pain": 1, "check_in.effort": 3}


def healthy_answers(phrasebook: Phrasebook) -> Callable[[str], str]:
    """Gives the words for a question's id; "no" to all that isn't named here."""
    yes, no = (phrasebook.phrases(intent)[0] for intent in (Intent.YES, Intent.NO))
    numbers = {value: word for word, value in phrasebook.numbers.words.items()}
    words = {name: phrasebook.phrases(intent)[0] for name, intent in WORDS.items()}
    me = Meaning(Intent.NAME, FIRST)
    words["who.ask"] = next(phrase for phrase in phrasebook.phrases(Intent.NAME) if phrasebook.meaning(phrase, "who") == me)
    by_id = dict.fromkeys(YES, yes) | words | {name: numbers[value] for name, value in NUMBERS.items()}
    return lambda question: by_id.get(question, yes if question.startswith((*STEPS, *OFFERS)) else no)
