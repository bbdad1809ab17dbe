"""What was cut off is set to where it was: as far as it had come, and never longer, faster or harder than today's plan."""

from dataclasses import replace
from typing import Any

import pytest

from tests.coach.stage import CURRICULUM, KNOWN, plan
from voicecoach.coach.amounts import Wish
from voicecoach.coach.course import Course, course_of
from voicecoach.coach.phases import PAUSABLE, Phase
from voicecoach.coach.plan import Tempo
from voicecoach.coach.taking_up import reached, set_to_come, take_up
from voicecoach.messages.memory import Reached


def today(**changes: Any) -> Course:
    """As a session begins, by default with two sets of ten lifts of both legs."""
    return course_of(plan(**changes), CURRICULUM, KNOWN)


def left(**changes: Any) -> Reached:
    """As it was left: in a set of such a session, with these changes."""
    return replace(reached(today(), Phase.SET), **changes)


def taken_up(before: Reached, course: Course | None = None) -> Reached:
    """How far a session is that goes on with it."""
    course = course or today()
    return reached(course, take_up(course, before))


HALF_WAY = left(
    raised=True, settle_s=1.25, lift_s=2.5, lower_s=3.75, reps=8, set=2, lifts=8, done=3, total=13, part=2, lesson=4, breathed=True,
    failed_sets=(1,), fewer_from=2, felt_in_back=1,
)  # fmt: skip
ONE_LEG = left(level="one_leg_2x8", legs="one", reps=8, lifts=16, left_until=8, done=9, total=9)


@pytest.mark.parametrize("before", [HALF_WAY, ONE_LEG, left(legs="one", lifts=9, left_until=5, done=5, total=5)])
def test_all_that_is_kept_of_a_session_comes_back(before: Reached) -> None:
    assert taken_up(before) == before


def test_what_was_felt_is_kept_wherever_it_was_felt_and_nothing_more_than_there_is() -> None:
    course = today()
    assert (reached(course, Phase.REST).next_level, reached(course, Phase.REST).phase) == ("", "rest")
    course.felt_in_back, course.felt_sets, course.failed_sets = 1, {1, 2}, {2, 1}
    kept = reached(course, Phase.REST)
    assert (kept.felt_in_back, kept.failed_sets) == (3, (1, 2))


def test_the_lifts_of_before_are_counted_apart_from_those_to_come() -> None:
    course = today()
    take_up(course, HALF_WAY)
    assert (course.total_reps, course.taken_up_reps, course.first_set) == (13, 13, 2)


@pytest.mark.parametrize(("done", "lifts", "coming"), [(0, 8, 1), (7, 8, 1), (8, 8, 2), (9, 8, 2), (1, 1, 2), (0, 0, 1)])
def test_the_next_lift_is_in_the_next_set_once_all_of_this_one_are_done(done: int, lifts: int, coming: int) -> None:
    assert set_to_come(left(done=done, lifts=lifts)) == coming


@pytest.mark.parametrize(
    ("before", "lifts"),
    [
        pytest.param(left(lifts=15, done=2), 10, id="today has fewer"),
        pytest.param(left(lifts=15, done=12), 12, id="more than that were done"),
        pytest.param(left(lifts=6, done=2), 6, id="it had become shorter"),
        pytest.param(left(legs="one", lifts=30, left_until=15, done=2), 20, id="today has fewer on each side"),
        pytest.param(left(reps=4, lifts=10, done=2), 4, id="fewer from then on"),
    ],
)
def test_a_set_is_never_longer_than_todays_nor_than_it_was(before: Reached, lifts: int) -> None:
    assert taken_up(before).lifts == lifts


def test_the_sides_change_within_the_set() -> None:
    assert taken_up(left(legs="one", lifts=9, left_until=12, done=2)).left_until == 9


@pytest.mark.parametrize(
    ("level", "of_today"),
    [
        ("one_leg_2x12", "one_leg_2x12"),
        ("both_2x10", "both_2x10"),
        ("both_3x10", "both_2x10"),
        ("longer_top", "both_2x10"),
        ("gone", "both_2x10"),
    ],
)
def test_a_level_is_never_above_todays(level: str, of_today: str) -> None:
    assert taken_up(left(level=level)).level == of_today
    assert taken_up(left(level="one_leg_2x8", next_level=level)).next_level == (level if level == of_today else "")


def test_on_a_gentler_day_the_next_set_is_no_harder() -> None:
    assert taken_up(left(level="one_leg_2x8", next_level="both_2x10", eased=True)).next_level == ""


@pytest.mark.parametrize("easier", ["eased", "easiest", "unguided", "fewer"])
def test_what_makes_it_easier_counts_whether_it_is_of_before_or_of_today(easier: str) -> None:
    assert getattr(taken_up(left(**{easier: True})), easier)
    assert not getattr(taken_up(left()), easier)
    course = today()
    course.measure(wish=Wish(**{easier: True}))  # type: ignore[arg-type]
    assert getattr(taken_up(left(), course), easier)


@pytest.mark.parametrize(
    ("style", "name", "of_today"),
    [("routine", "minimal", "minimal"), ("routine", "gone", "full"), ("kind", "rehab", "rehab"), ("kind", "gone", "strength")],
)
def test_a_kind_of_session_that_there_is_no_more_is_todays(style: str, name: str, of_today: str) -> None:
    assert getattr(taken_up(left(**{style: name}), today(routine="full")), style) == of_today


@pytest.mark.parametrize(("before", "reps"), [(left(reps=6), 6), (left(reps=30), 10)])
def test_there_are_never_more_repetitions_than_today(before: Reached, reps: int) -> None:
    assert taken_up(before).reps == reps


@pytest.mark.parametrize(
    ("before", "now", "legs"),
    [
        ("one", None, "one"),
        ("both", None, "both"),
        ("three", None, "both"),
        ("both", "none", "none"),
        ("none", None, "both"),
        ("both", "one", "one"),
    ],
)
def test_the_legs_are_those_of_before_unless_that_is_harder_or_none_of_ours(before: str, now: str | None, legs: str) -> None:
    assert taken_up(left(legs=before), today(legs=now)).legs == legs


def test_what_is_left_of_a_set_for_both_is_shared_out_where_one_at_a_time_is_enough_today() -> None:
    shared = taken_up(left(lifts=10, done=4), today(legs="one"))
    assert (shared.left_until, shared.lifts) == (7, 10)


@pytest.mark.parametrize("phase", sorted(Phase))
def test_it_goes_on_where_it_was_and_where_nobody_knows_with_the_cool_down(phase: Phase) -> None:
    there = phase if phase in PAUSABLE - {Phase.SCREEN} else Phase.COOL_DOWN
    course = today()
    assert take_up(course, left(phase=phase.value)) is (Phase.SET if phase is Phase.HOLD else there)
    assert course.rest.begun is (phase is Phase.REST), "the rest has lasted since then"


def test_what_no_version_wrote_leads_to_the_cool_down() -> None:
    assert take_up(today(), left(phase="flying")) is Phase.COOL_DOWN


@pytest.mark.parametrize("phase", ["set", "check_in", "rest", "warm_up", "cool_down"])
def test_beyond_the_last_set_only_the_cool_down_is_left(phase: str) -> None:
    assert take_up(today(), left(phase=phase, set=2, done=10)) is Phase.COOL_DOWN
    assert take_up(today(), left(phase=phase, set=1, done=10)) is Phase(phase)


USUAL = Tempo(1.0, 2.0, 2, 3.0)


@pytest.mark.parametrize(
    "as_slow",
    [Tempo(0.8, 2.0, 2, 3.0), Tempo(1.0, 1.5, 2, 3.0), Tempo(1.0, 2.0, 2, 2.0), Tempo(1.0, 4.0, 3.0, 4.0), Tempo(1.25, 2.5, 2, 3.75)],
)
def test_a_tempo_that_can_be_asked_for_stays(as_slow: Tempo) -> None:
    assert tempo(as_slow) == as_slow


@pytest.mark.parametrize(
    "no_tempo", [Tempo(0.79, 2.0, 2, 3.0), Tempo(1.0, 1.49, 2, 3.0), Tempo(1.0, 2.0, 2, 1.99), Tempo(1.0, 4.0, 3.0, 4.01)]
)
def test_one_that_is_faster_or_slower_than_any_is_todays(no_tempo: Tempo) -> None:
    assert tempo(no_tempo) == USUAL


def tempo(before: Tempo) -> Tempo:
    course = today()
    take_up(course, left(settle_s=before.settle_s, lift_s=before.lift_s, top_s=before.top_s, lower_s=before.lower_s))
    return course.tempo
