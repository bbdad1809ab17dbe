"""The safety questions: all there are, each alone enough for its consequence, and the whole in under three minutes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, QUICK, SCRIPT, TODAY, Rehearsed
from voicecoach.coach.curriculum import Concern, SafetyQuestion
from voicecoach.curriculum.mat import load_mat
from voicecoach.curriculum.screening import load_screening
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import Intent
from voicecoach.messages.memory import Memory

QUESTIONS = CURRICULUM.screening
OUTCOMES = {
    Concern.EMERGENCY: "emergency",
    Concern.URGENT: "not_cleared",
    Concern.CLEARANCE: "not_cleared",
    Concern.PREGNANCY: "not_cleared",
    Concern.ABILITY: "not_cleared",
}
PERMISSIONS = ("screen.cleared", "screen.midwife")


def worrying(question: SafetyQuestion) -> tuple[str, str]:
    return ("no" if question.clear is Intent.YES else "yes"), "not sure"


def ends(evening: Rehearsed) -> str | None:
    """How it ends when nobody has permitted anything."""
    evening.healthy = True
    while evening.outcome is None:
        if not evening.run_to("line screen.*", 60):
            evening.run_to("end *")
            break
        if evening.happened[-1][1].removeprefix("line ") in PERMISSIONS:
            evening.healthy = False
            assert evening.run_to("question screen.*")
            evening.hear("no")
    return evening.outcome


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_worrying_answer_by_itself_keeps_anybody_off_the_mat(question: SafetyQuestion) -> None:
    for says in worrying(question):
        evening = Rehearsed(QUICK, memory=Memory(TODAY))
        assert evening.run_to_question(question.id)
        evening.hear(says)
        assert ends(evening) == OUTCOMES[question.concern]
        assert not [text for text in evening.since(0) if text.startswith(("line position", "phase warm_up", "remembered"))]


@pytest.mark.parametrize(("question", "part"), [(question, part) for question in QUESTIONS for part in question.parts])
def test_every_part_by_itself_has_the_consequence_of_its_question(question: SafetyQuestion, part: str) -> None:
    for says in worrying(question):
        before = question.parts[: question.parts.index(part)]
        answers = dict.fromkeys(before, "no") | {part: says}
        evening = Rehearsed(QUICK, memory=Memory(TODAY))
        assert evening.run_to_question(question.id)
        evening.hear("which one")
        for name, said in answers.items():
            assert evening.run_to(f"question {name}")
            evening.hear(said)
        assert ends(evening) == OUTCOMES[question.concern]


@pytest.mark.parametrize("name", [name for question in QUESTIONS for name in (question.id, *question.parts)])
def test_every_question_and_every_part_has_its_reason(name: str) -> None:
    assert SCRIPT.why(name)


@pytest.mark.parametrize(
    "question", [question for question in QUESTIONS if question.concern is Concern.EMERGENCY], ids=lambda question: question.id
)
def test_what_an_emergency_is_answered_with_names_the_number_to_call(question: SafetyQuestion) -> None:
    assert [SCRIPT.places(line) for line in (question.if_yes, question.if_unsure)] == [{"emergency"}] * 2


@pytest.mark.parametrize(("urgent", "named"), [("111", True), ("", False)])
def test_the_number_for_urgent_advice_is_named_where_the_country_has_one(urgent: str, named: bool) -> None:
    here = replace(CURRICULUM, locale=replace(CURRICULUM.locale, urgent=urgent))
    evening = Rehearsed(QUICK, memory=Memory(TODAY), curriculum=here)
    assert evening.run_to_question("screen.ill")
    evening.hear("yes")
    assert evening.run_to("end not_cleared")
    assert any("call 1 1 1" in text for text in evening.texts) is named


def test_every_class_of_the_list_is_asked_about() -> None:
    assert {question.concern for question in QUESTIONS} == set(Concern)


def test_signs_of_an_emergency_come_first_and_urgent_ones_next() -> None:
    order = [question.concern for question in QUESTIONS]
    assert order == sorted(
        order,
        key=lambda concern: [Concern.EMERGENCY, Concern.URGENT].index(concern) if concern in (Concern.EMERGENCY, Concern.URGENT) else 2,
    )


def test_a_whole_screening_takes_less_than_three_minutes() -> None:
    evening = Rehearsed(QUICK, memory=Memory(TODAY))
    assert evening.run_to("line greeting.questions")
    begun_s = evening.now_s
    assert evening.run_to("line down.step_1")
    assert evening.now_s - begun_s < 180


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('["screen.nerve"]\nconcern = "urgent"\nsource = "x"\n', "has no question about emergency"),
        ('["screen.nerve"]\nconcern = "bad"\nsource = "x"\n', 'concern can\'t be "bad"'),
        ('["screen.nerve"]\nconcern = "emergency"\nsource = "x"\n', "if_yes has to be a text"),
        ('["screen.nerve"]\nconcern = "urgent"\n', "source has to be a text"),
        ('["screen.nerve"]\nconcern = "urgent"\nsource = "x"\nparts = ["screen.a"]\n', "two signs or more"),
        ('["screen.nerve"]\nconcern = "urgent"\nsource = "x"\nclear = "maybe"\n', 'clear can\'t be "maybe"'),
        ('["screen.nerve"]\nconcern = "urgent"\nsource = "x"\nif_yes = "y"\n', "is no emergency"),
        ('["screen.nerve"]\nconcern = "urgent"\nsauce = "x"\n', 'unknown key "sauce"'),
        ("screen = 1\n", "has to be a table"),
    ],
)
def test_a_broken_list_is_refused_in_a_sentence(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "screening.toml").write_text(text)
    with pytest.raises(Unreadable) as refused:
        load_screening(tmp_path)
    assert says in str(refused.value)
    assert "screening.toml" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "mat = 1\n", '["mat.pain"]\nword = "i have pain"\n', '["mat.pain"]\n', '["mat.pain"]\nword = "pain"\nsay = "x"\n']
)
def test_a_broken_mat_check_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "mat.toml").write_text(text)
    with pytest.raises(Unreadable, match=r"mat\.toml"):
        load_mat(tmp_path)
