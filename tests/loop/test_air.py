"""Which line is in the air, and which was cut: what the log says of a hush."""

import pytest

from voicecoach.air import JUST_NOW_S, Air


def air(*said: str) -> Air:
    """The lines that are on their way, numbered from 1."""
    found = Air()
    for say_id, line in enumerate(said, start=1):
        found.put(say_id, line, f"The words of {line}.")
    return found


def test_a_line_that_has_not_begun_is_cut_by_nothing_and_has_no_words_in_the_log() -> None:
    on_its_way = air("set.lift")
    assert on_its_way.interrupted(1.0) is None
    assert on_its_way.clear()[1].told == {"line": "set.lift"}


def test_of_all_lines_the_one_that_plays_is_cut() -> None:
    playing = air("set.brace", "set.lift", "set.lower")
    assert playing.begin(2, 1.0).told == {"line": "set.lift", "text": "The words of set.lift."}
    assert playing.interrupted(1.2) == "set.lift"
    assert playing.find(2) == playing.clear()[2]


@pytest.mark.parametrize(("after_s", "line"), [(0.0, "set.lift"), (JUST_NOW_S - 0.01, "set.lift"), (JUST_NOW_S, None), (0.6, None)])
def test_a_line_that_the_ears_cut_a_moment_ago_was_cut_by_the_hush_that_is_told_now(after_s: float, line: str | None) -> None:
    cut = air("set.lift")
    cut.begin(1, 1.0)
    assert cut.end(1, 2.0, cut_short=True).begun_at_s == 1.0
    assert cut.find(1) is None
    assert cut.interrupted(2.0 + after_s) == line


@pytest.mark.parametrize(("begun", "cut_short"), [(True, False), (False, True)])
def test_neither_a_line_that_came_to_its_end_nor_one_that_was_dropped_was_cut(begun: bool, cut_short: bool) -> None:
    ended = air("set.lift")
    if begun:
        ended.begin(1, 1.0)
    ended.end(1, 2.0, cut_short=cut_short)
    assert ended.interrupted(2.1) is None


def test_a_line_that_plays_counts_before_one_that_was_cut() -> None:
    both = air("set.lift", "set.lower")
    both.begin(1, 1.0)
    both.end(1, 2.0, cut_short=True)
    both.begin(2, 2.1)
    assert both.interrupted(2.2) == "set.lower"


def test_at_the_end_nothing_is_left() -> None:
    over = air("set.lift", "set.lower")
    assert set(over.clear()) == {1, 2}
    assert over.clear() == {}
