"""The clock on the wall was wrong in a session, or is now, by years: nothing that keeps a person safe is lifted by it, or held for ever."""

from dataclasses import replace

import pytest

from tests.coach.stage import CURRICULUM, QUICK, TODAY, Rehearsed
from voicecoach.coach.agreeing import AGREED
from voicecoach.coach.amounts import beside
from voicecoach.coach.check_ins import locked
from voicecoach.coach.progress import verdict
from voicecoach.coach.screening import due
from voicecoach.coach.since import since
from voicecoach.messages.memory import Memory, PastSession, Person

LOCK_DAYS = CURRICULUM.numbers.pain.lock_days
YEARS = [-20_000.0, -731.0, -30.0, 30.0, 731.0, 20_000.0]
"""Jumps in days; the first leads before 1970."""
BOTH = beside(CURRICULUM.training, CURRICULUM.training.levels[0], 1)
FINE = PastSession(TODAY - 3, "finished", level=BOTH.id, reps=20, sets=2, pain_before=1, pain_after=1, spare_reps=3, morning="same")


def lived(*days_and_outcomes: tuple[float, str]) -> tuple[PastSession, ...]:
    """Sessions in the order in which they were lived, whatever their clock said."""
    return tuple(replace(FINE, on_day=TODAY + days, outcome=outcome) for days, outcome in days_and_outcomes)


@pytest.mark.parametrize("jump", YEARS)
def test_an_emergency_by_any_clock_asks_all_the_questions_again(jump: float) -> None:
    person = Person(screened_on_day=TODAY - 30, sessions=lived((-30, "finished"), (jump - 3, "emergency")))
    assert due(person, Memory(TODAY, (person,)), 365)


@pytest.mark.parametrize("jump", YEARS)
def test_two_pain_stops_lock_also_when_the_clock_was_wrong_in_both(jump: float) -> None:
    person = Person(seen_on_day=TODAY - 60, sessions=lived((-70, "finished"), (-60, "finished"), (jump - 5, "pain"), (jump - 3, "pain")))
    assert locked(person, LOCK_DAYS, TODAY)


@pytest.mark.parametrize("jump", [jump for jump in YEARS if jump > 0])
def test_whoever_was_seen_on_a_day_that_is_still_to_come_was_not(jump: float) -> None:
    person = Person(seen_on_day=TODAY + jump, sessions=lived((-5, "pain"), (-3, "pain")))
    assert locked(person, LOCK_DAYS, TODAY)


@pytest.mark.parametrize("jump", [jump for jump in YEARS if jump > 0])
def test_a_session_from_the_future_locks_nothing_for_ever(jump: float) -> None:
    person = Person(seen_on_day=TODAY - 1, sessions=lived((-40, "finished"), (jump, "pain"), (-9, "pain"), (-5, "pain"), (-1, "finished")))
    assert [past.on_day for past in since(TODAY - 1, person, TODAY)] == [TODAY + jump, TODAY - 1]
    assert not locked(person, LOCK_DAYS, TODAY)


@pytest.mark.parametrize("jump", YEARS)
def test_a_pain_stop_costs_a_level_whatever_the_clock_said_when_the_last_one_did(jump: float) -> None:
    before = lived((jump - 9, "pain"), (-3, "pain"))
    person = Person(judged_on_day=TODAY + jump - 9, sessions=before)
    found = verdict(person, BOTH, CURRICULUM, TODAY)
    assert found.back == "pain"
    assert not verdict(replace(person, judged_on_day=found.judged_on_day), BOTH, CURRICULUM, TODAY).back, "and only once"


@pytest.mark.parametrize("jump", [jump for jump in YEARS if jump > 0])
def test_what_was_declined_by_a_wrong_clock_is_offered_again(jump: float) -> None:
    person = Person(declined_on_day=TODAY + jump, sessions=(replace(FINE, on_day=TODAY - 6), FINE))
    assert verdict(person, BOTH, CURRICULUM, TODAY).may_offer


@pytest.mark.parametrize("jump", YEARS)
def test_whoever_comes_by_a_wrong_clock_is_never_moved_without_a_question_and_never_offered_more(jump: float) -> None:
    """The sessions were right; today the clock is wrong."""
    past = (replace(FINE, on_day=TODAY - 6), replace(FINE, morning=""))
    known = Person(name="", heard_on_mat=True, taught=True, screened_on_day=TODAY - 9, sessions=past)
    evening = Rehearsed(QUICK, memory=Memory(TODAY + jump, (known,)))
    assert evening.run_to("phase warm_up")
    happened = [text for _, text in evening.happened]
    asked = [text for text in happened if text.startswith("answer screen.")]
    assert "answer screen.morning same" in asked
    assert "answer screen.pain 1" in asked
    if not 0 <= jump + 9 <= 365:
        assert all(f"answer {question.id} {question.clear.value}" in asked for question in CURRICULUM.screening)
    assert AGREED in evening.session.course.arrived
    assert not [text for text in happened if text.startswith("question offer.")]


def test_what_was_on_the_very_day_is_told_apart_from_what_was_before() -> None:
    """The days of a clock that goes right, or stands still: nothing about them is in doubt."""
    stops = lived((-9, "pain"), (-9, "pain"), (-2, "pain"))
    assert since(TODAY, Person(sessions=stops), TODAY) == []
    assert since(TODAY - 2, Person(sessions=stops), TODAY) == [stops[-1]]
    turned_back = lived((0, "finished"), (-9, "pain"))
    assert since(TODAY - 2, Person(sessions=turned_back), TODAY) == list(turned_back)
