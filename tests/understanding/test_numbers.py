"""Numbers as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coach.stage import PHRASEBOOK
from voicecoach.understanding.numbers import number_in


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("four", 4),
        ("about four", 4),
        ("four out of ten", 4),
        ("i'd say a three", 3),
        ("i would say three out of ten", 3),
        ("four no five", 5),
        ("five no four", 4),
        ("four i mean two", 2),
        ("three or four", 4),
        ("about three or maybe four", 4),
        ("four four", 4),
        ("zero", 0),
        ("ten", 10),
        ("ten out of ten", 10),
        ("no pain", 0),
        ("none", 0),
        ("to", 2),
        ("ate", 8),
        ("for out of ten", 4),
    ],
)
def test_a_number_is_understood(said: str, meant: int) -> None:
    assert number_in(said, PHRASEBOOK.numbers) == meant


@pytest.mark.parametrize(
    "said", ["", "hello", "four horses", "no", "about", "out of ten", "eleven", "pain", "seven ten", "three four", "three to four", "or"]
)
def test_what_is_no_number_is_none(said: str) -> None:
    assert number_in(said, PHRASEBOOK.numbers) is None


@given(st.lists(st.sampled_from([*PHRASEBOOK.numbers.words, *PHRASEBOOK.numbers.fillers, "no", "horse"]), max_size=8))
def test_whatever_is_said_the_number_is_one_that_was_said(spoken: list[str]) -> None:
    found = number_in(" ".join(spoken), PHRASEBOOK.numbers)
    assert found is None or found in {PHRASEBOOK.numbers.words.get(word) for word in spoken}
