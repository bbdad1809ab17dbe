"""The times that coaching.md gives, as somebody on the mat lives through them."""

import pytest

from tests.coach.stage import CURRICULUM, Rehearsed, plan

SETTLE_S = CURRICULUM.numbers.plan.settle_s


def between(evening: Rehearsed, first: str, then: str) -> float:
    """Seconds from the one to the other."""
    assert evening.run_to(first)
    begun_s = evening.now_s
    assert evening.run_to(then)
    return evening.now_s - begun_s


def test_the_other_leg_has_eight_seconds_and_is_counted_in() -> None:
    evening = Rehearsed(plan(level="one_leg_2x8", sets=1, reps=2, warm_up_s=0, cool_down_s=0))
    evening.run_to("rep 2 lower")
    mark = len(evening.happened)
    lowered_s = CURRICULUM.numbers.plan.lower_s
    evening.run_to("rep 3 lift")
    lowered_at_s = next(at_s for at_s, text in evening.happened[mark - 1 :] if text == "rep 2 lower")
    assert evening.now_s - lowered_at_s == pytest.approx(lowered_s + 8 + SETTLE_S, abs=0.1)
    assert evening.since(mark).count("line countdown") == 3


@pytest.mark.parametrize("paused", [False, True])
def test_a_set_begins_after_five_seconds_that_end_with_three_two_one(paused: bool) -> None:
    evening = Rehearsed(plan(sets=1, reps=2, warm_up_s=0, cool_down_s=0))
    if paused:
        evening.run_to("rep 2 lift")
        evening.hear("pause")
        evening.hear("resume")
    assert between(evening, "line lead_in", "rep * brace") == pytest.approx(5, abs=0.3)
    assert [text for _, text in evening.happened].count("line countdown") == (6 if paused else 3)
    assert evening.happened[-1][1] == ("rep 2 brace" if paused else "rep 1 brace")


def test_between_two_sets_a_minute_is_rested() -> None:
    evening = Rehearsed(plan(sets=2, reps=2, warm_up_s=0, cool_down_s=0))
    assert between(evening, "line rest.begin", "tone rest_over") == pytest.approx(62, abs=2)


def test_a_question_waits_eight_seconds_is_asked_again_in_short_and_then_given_up() -> None:
    evening = Rehearsed(plan(), healthy=False)
    assert between(evening, "question screen.nerve", "line screen.nerve") == pytest.approx(8, abs=0.5)
    assert evening.texts[-1].endswith("Yes or no?")
    assert between(evening, "question screen.nerve", "answer screen.nerve None") == pytest.approx(8, abs=0.5)


def test_warm_up_and_cool_down_take_about_as_long_as_they_should() -> None:
    evening = Rehearsed(plan(sets=1, reps=2))
    assert 240 <= between(evening, "phase warm_up", "line set.only") <= 330
    assert 180 <= between(evening, "phase cool_down", "end finished") <= 300
