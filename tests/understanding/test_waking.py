"""What wakes the coach is a short list that anybody can change, and none of it means anything in a session."""

from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS
from voicecoach.errors import Unreadable
from voicecoach.understanding.waking import WAKE_FILE, wake_grammar


def test_hello_coach_wakes_it_and_means_nothing_in_a_session() -> None:
    phrases = wake_grammar(PROMPTS, PHRASEBOOK).phrases
    assert "hello coach" in phrases
    assert not any(PHRASEBOOK.knows(phrase) for phrase in phrases)


def test_while_it_waits_no_command_and_no_safety_word_is_listened_for_but_as_what_it_is_not() -> None:
    grammar = wake_grammar(PROMPTS, PHRASEBOOK)
    assert set(grammar.urgent) == set(grammar.phrases)
    assert {"yes", "one"} <= set(grammar.decoys)
    assert not grammar.free


def test_somebody_s_own_list_takes_the_place_of_the_one_that_came_along(tmp_path: Path) -> None:
    own = tmp_path / "prompts" / "en"
    own.mkdir(parents=True)
    (own / WAKE_FILE).write_text('phrases = ["wake up coach"]\n')
    assert wake_grammar(own, PHRASEBOOK).phrases == ("wake up coach",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("phrases = []", "nothing would ever wake"),
        ('phrases = ["coach"]', '"coach"'),
        ('phrases = ["Hello coach"]', "lower case"),
        ('phrases = ["hello coach how are you"]', "2 to 4 words"),
        ('phrases = ["my back hurts"]', "means something in a session"),
        ('words = ["hello coach"]', "words"),
    ],
)
def test_a_phrase_that_can_t_wake_it_is_refused_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    own = tmp_path / "prompts" / "en"
    own.mkdir(parents=True)
    (own / WAKE_FILE).write_text(f"{text}\n")
    with pytest.raises(Unreadable, match=WAKE_FILE) as refused:
        wake_grammar(own, PHRASEBOOK)
    assert told in str(refused.value)
