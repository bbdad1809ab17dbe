"""Every line the coach can say."""

import itertools
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, PHRASEBOOK, PROMPTS, SCRIPT
from tests.prompts.sentences import ANSWERED
from voicecoach.coach.ground import STEPS_DOWN, STEPS_UP
from voicecoach.coach.phases import Phase
from voicecoach.curriculum import load
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.messages.lines import IN_THE_AIR
from voicecoach.tables import known
from voicecoach.voice.script import Script

COACH = Path(__file__).resolve().parents[2] / "voicecoach" / "coach"
SCREENED = {
    line for question in CURRICULUM.screening for line in (question.id, *question.parts, question.if_yes, question.if_unsure) if line
} | {test.id for test in CURRICULUM.mat}
"""What the files of the screening and of the mat check name."""
PARTS = (*CURRICULUM.training.warm_up, *CURRICULUM.training.cool_down)
TRAINED = {part.say for part in PARTS} | {line for part in PARTS for moment in part.beats for line in (moment.say, moment.counts)}
"""What the parts of warm-up and cool-down name; the levels' lines have beginnings of their own."""
LOCALES = known(PROMPTS)
SENTENCES = sorted({sentence for name in LOCALES for sentence in Script.load(PROMPTS.with_name(name)).every_sentence()})
"""Of every locale."""
ONLY_ANSWERS = {Intent.BETTER, Intent.SAME, Intent.WORSE, Intent.FEEL_RIGHT, Intent.IN_BACK, Intent.ELSEWHERE, Intent.NAME, Intent.WHICH}
"""Heard only while their own question is open."""
COMMANDS = {
    phrase
    for phrase in PHRASEBOOK.every_phrase()
    if any((meaning := PHRASEBOOK.meaning(phrase, moment)) and meaning.intent not in ONLY_ANSWERS for moment in PHRASEBOOK.moments)
}
LONGEST = max(len(phrase.split()) for phrase in COMMANDS)
ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(numbers: range) -> list[str]:
    return [in_words(number) for number in numbers]


def spoken(text: str) -> str:
    return " " + " ".join(re.sub(r"[^a-z' ]", " ", text.lower()).split()) + " "


def in_words(number: int) -> str:
    """As the voice says it, up to 999."""
    if number >= 100:
        return f"{ONES[number // 100]} hundred {in_words(number % 100) if number % 100 else ''}"
    return ONES[number] if number < 20 else f"{TENS[number // 10 - 2]} {ONES[number % 10] if number % 10 else ''}"


NUMBERS = CURRICULUM.numbers
REPS, SETS = (range(1, round(NUMBERS.plan.limits[name].most) + 1) for name in ("reps", "sets"))
MOST_REST_S = round(NUMBERS.plan.limits["rest_s"].most + NUMBERS.rest.longer_most * NUMBERS.rest.longer_by_s)
EMERGENCY = {load(PROMPTS.with_name(name)).locale.emergency for name in LOCALES}
VALUES = {
    "n": spelled(REPS),
    "count": spelled(REPS),
    "reps": spelled(REPS) + [in_words(number) for number in (60, 90, 120, 150, 200, 250, 300)],
    "set": spelled(SETS),
    "sets": spelled(SETS),
    "minutes": spelled(range(1, 91)),
    "weight": sorted({words for level in CURRICULUM.training.levels for words in level.weight.values()}),
    "seconds": spelled(range(1, MOST_REST_S + 1)),
    "name": [*sorted(CURRICULUM.names.known), *(CURRICULUM.names.unnamed.format(n=word) for word in ONES[1:10])],
    "names": ["Anna, Ben", "number two, Anna, Ben, number four"],
    "number": spelled(range(11)),
    "urgent": [" ".join(ONES[int(digit)] for digit in load(PROMPTS.with_name("en-GB")).locale.urgent)],
    "emergency": [" ".join(ONES[int(digit)] for digit in call) for call in sorted(EMERGENCY)],
}
"""Every value of every place. The reps of a whole session come to 150 at most."""


def fillings(text: str) -> Iterator[str]:
    """The text with every value that can come into each of its places, as it is spoken; itself if it has none."""
    places = [name for _, name, _, _ in string.Formatter().parse(text) if name]
    for values in itertools.product(*(VALUES[place] for place in places)):
        yield text.format(**dict(zip(places, values, strict=True)))


def commands_in(text: str) -> set[str]:
    """Every phrase in the text that means something at some moment. Number words mean something only as the answer to a question."""
    words = spoken(text).split()
    stretches = {" ".join(words[n : n + size]) for n in range(len(words)) for size in range(1, LONGEST + 1)}
    return stretches & COMMANDS


@pytest.mark.parametrize(("line", "text"), [(line, text) for line, text in SENTENCES if line.startswith(IN_THE_AIR) or line in ANSWERED])
def test_what_is_said_while_the_legs_move_contains_no_command_whatever_is_filled_in(line: str, text: str) -> None:
    only_answers = set(PHRASEBOOK.phrases(Intent.YES)) | set(PHRASEBOOK.phrases(Intent.NO))
    for filled in fillings(text):
        assert commands_in(filled) - only_answers == set(), filled


@pytest.mark.parametrize(("line", "text"), [(line, text) for line, text in SENTENCES if "{" in text])
def test_no_value_makes_a_command_of_a_line(line: str, text: str) -> None:
    meant = commands_in(re.sub(r"{\w+}", " xyz ", text))
    for filled in fillings(text):
        assert commands_in(filled) == meant, filled


def test_every_place_that_the_coach_fills_has_its_values_here() -> None:
    assert {place for line in SCRIPT.ids() for place in SCRIPT.places(line)} == VALUES.keys()


@pytest.mark.parametrize("line", ["help.set", "help.warm_up"])
def test_what_is_said_beside_the_cues_names_no_safety_word(line: str) -> None:
    safety = {phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent)}
    texts = [text for name, text in SENTENCES if name == line]
    assert texts
    assert [phrase for text in texts for phrase in safety if f" {phrase} " in spoken(text)] == []


@pytest.mark.parametrize(("line", "text"), SENTENCES)
def test_no_line_ends_with_a_safety_word_that_would_mask_the_person(line: str, text: str) -> None:
    safety = {phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent) if " " not in phrase}
    assert spoken(text).split()[-1:] == [] or spoken(text).split()[-1] not in safety, line


@pytest.mark.parametrize(
    "line", ["options.yes_no", "options.number", "options.screening", "options.morning", "help.screen", "help.check_in", "help.stopped"]
)
def test_not_sure_is_offered_wherever_it_is_an_answer(line: str) -> None:
    texts = [text for name, text in SENTENCES if name == line]
    assert texts
    assert [text for text in texts if "not sure" not in text] == []


def lines_in_the_code() -> set[str]:
    names = set[str]()
    for path in COACH.glob("*.py"):
        for name in re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"', path.read_text()):
            names.add(name)
    return names


def test_every_line_in_the_code_is_in_the_file() -> None:
    made = {f"{kind}.{topic}" for topic in PHRASEBOOK.topics for kind in ("answer", "more")}
    made |= {f"up.step_{n}" for n in range(1, STEPS_UP + 1)} | {f"down.step_{n}" for n in range(1, STEPS_DOWN + 1)}
    helped = {f"help.{phase.value}" for phase in Phase if phase not in (Phase.HOLD, Phase.FINISHED)}
    needed = lines_in_the_code() | made | helped | SCREENED
    assert needed - SCRIPT.ids() == set()


def test_no_line_in_the_file_is_forgotten_by_the_code() -> None:
    taught = {step.line for step in CURRICULUM.teaching.steps} | {step.one_leg for step in CURRICULUM.teaching.steps}
    made = (
        "answer.",
        "more.",
        "up.step_",
        "down.step_",
        "theme.",
        "set.form.",
        "help.",
        "set.begin_one_leg",
        "set.only_one_leg",
        "set.begin_squeezes",
        "set.only_squeezes",
        "set.let_go_",
        "level.",
        "offer.",
        "back.",
        "routine.",
        "how_long.",
        "set.lift_left",
        "set.lift_right",
        "cut_off.set_",
    )
    plain = {"pardon", "lead_in", "countdown", "read_back", "why.none"}
    assert {line for line in SCRIPT.ids() if not line.startswith(made)} - lines_in_the_code() - plain - SCREENED - TRAINED - taught == set()


@pytest.mark.parametrize("line", [question.id for question in CURRICULUM.screening])
def test_every_safety_question_has_a_short_form_and_a_reason(line: str) -> None:
    entry = SCRIPT.entry(line)
    assert entry.brief
    assert entry.why
