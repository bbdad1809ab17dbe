"""Questions and their answers."""

import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS, SCRIPT
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.tables import read_prompts, subtable

FILE = read_prompts(PROMPTS, "questions.toml")
ASKED_BEFORE = {
    "how high", "how do i breathe", "what muscles", "where should i feel it", "common mistakes", "who should not do this",
    "how does it help",
    "how do i make it harder", "where do my hands go", "should my knees be straight", "should it hurt", "how often", "how do i brace",
    "are you recording",
}  # fmt: skip
"""What coaching.md lists."""


@pytest.mark.parametrize("topic", list(FILE))
def test_every_question_is_answered_short_first_then_more_with_a_reason_and_a_source(topic: str) -> None:
    short, more = (SCRIPT.sentence(Line(f"{kind}.{topic}")) for kind in ("answer", "more"))
    assert len(short.split()) <= 30
    assert short != more
    assert SCRIPT.why(f"answer.{topic}")
    assert subtable(FILE, topic)["source"]


@pytest.mark.parametrize("topic", list(FILE))
def test_every_question_is_understood_where_nothing_moves(topic: str) -> None:
    for moment in ("rest", "screen", "ready", "paused"):
        for phrase in PHRASEBOOK.phrases(Intent.QUESTION):
            if (meaning := PHRASEBOOK.meaning(phrase, "rest")) and meaning.topic == topic:
                assert PHRASEBOOK.meaning(phrase, moment) == meaning


def test_while_the_legs_move_only_the_questions_of_the_vocabulary_are_listened_for() -> None:
    heard = {phrase for phrase in PHRASEBOOK.phrases(Intent.QUESTION) if PHRASEBOOK.meaning(phrase, "set")}
    assert heard >= ASKED_BEFORE
    assert "what is it" not in heard
    assert "what is it" not in PHRASEBOOK.grammar("set").phrases
    assert "what is it" in PHRASEBOOK.grammar("rest").phrases
