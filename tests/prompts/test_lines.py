"""Every line the coach can say."""

import re
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK, SCRIPT
from voicecoach.coach.lines import LINES
from voicecoach.coach.phases import Phase
from voicecoach.coach.screening import QUESTIONS
from voicecoach.messages.intents import URGENT

COACH = Path(__file__).resolve().parents[2] / "voicecoach" / "coach"
IN_THE_AIR = ("set.", "warm_up.tilt", "warm_up.squeeze", "warm_up.release", "warm_up.half_lift", "breath.", "lead_in", "countdown")
NEVER = ("push through", "no pain no gain", "just muscle", "safe for you", "hold your breath", "treats", "par-q", "you have a")
SENTENCES = sorted(SCRIPT.every_sentence())


def spoken(text: str) -> str:
    return " " + " ".join(re.sub(r"[^a-z' ]", " ", text.lower()).split()) + " "


@pytest.mark.parametrize(("line", "text"), [(line, text) for line, text in SENTENCES if line.startswith(IN_THE_AIR)])
def test_a_cue_contains_no_command(line: str, text: str) -> None:
    if text != SCRIPT.why(line):
        assert [phrase for phrase in PHRASEBOOK.every_phrase() if phrase in WORDS_OF_COMMANDS and f" {phrase} " in spoken(text)] == []


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


@pytest.mark.parametrize("line", ["options.yes_no", "options.number", "help.screen", "help.check_in", "help.stopped"])
def test_not_sure_is_offered_wherever_it_is_an_answer(line: str) -> None:
    assert all("not sure" in text for name, text in SENTENCES if name == line)


WORDS_OF_COMMANDS = {phrase for phrase in PHRASEBOOK.every_phrase() if PHRASEBOOK.meaning(phrase, "set")}


@pytest.mark.parametrize(("line", "text"), SENTENCES)
def test_no_line_says_what_must_never_be_said(line: str, text: str) -> None:
    assert [words for words in NEVER if words in spoken(text)] == [], line


@pytest.mark.parametrize(("line", "text"), SENTENCES)
def test_a_line_is_short_enough_to_be_remembered(line: str, text: str) -> None:
    longest = max(len(part.split()) for part in re.split(r"[.?!] ", text))
    assert longest <= 20, line


def lines_in_the_code() -> set[str]:
    names = set[str]()
    for path in set(COACH.glob("*.py")) - {COACH / "lines.py"}:
        for name in re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)+)"', path.read_text()):
            names.add(name)
    return names


def test_every_line_in_the_code_is_in_the_file() -> None:
    made = {f"answer.{topic}" for topic in PHRASEBOOK.topics} | {f"up.step_{n}" for n in range(1, 7)}
    helped = {f"help.{phase.value}" for phase in Phase if phase not in (Phase.HOLD, Phase.FINISHED)}
    needed = lines_in_the_code() | made | helped | {question.id for question in QUESTIONS}
    assert needed - SCRIPT.ids() == set()
    assert needed - {f"answer.{topic}" for topic in PHRASEBOOK.topics} - LINES.keys() == set()
    assert SCRIPT.ids() >= LINES.keys()


def test_no_line_in_the_file_is_forgotten_by_the_code() -> None:
    made = ("answer.", "up.step_", "help.", "set.begin_one_leg", "set.only_one_leg", "set.lift_left", "set.lift_right")
    plain = {"pardon", "lead_in", "countdown", "read_back", "why.none"}
    assert {line for line in SCRIPT.ids() if not line.startswith(made)} - lines_in_the_code() - plain == set()


@pytest.mark.parametrize("line", [question.id for question in QUESTIONS])
def test_every_safety_question_has_a_short_form_and_a_reason(line: str) -> None:
    texts = [text for name, text in SENTENCES if name == line]
    assert len(texts) == 3
