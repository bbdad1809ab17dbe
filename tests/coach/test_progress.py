"""The rungs up and down: each rule, and its edge."""

from dataclasses import replace

import pytest

from tests.coach.stage import CURRICULUM, PROMPTS, TODAY, Rehearsed, plan
from voicecoach.coach.agreeing import WEIGHTS, agreeing
from voicecoach.coach.amounts import Amounts, Wish, amounts_of, beside, level_named
from voicecoach.coach.course import course_of
from voicecoach.coach.plan import Plan
from voicecoach.coach.progress import verdict
from voicecoach.coach.requests import Ask
from voicecoach.coach.training import Level
from voicecoach.curriculum import load
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import Memory, PastSession, Person

TRAINING = CURRICULUM.training
FINE = PastSession(TODAY - 3, "finished", level="both_2x10", reps=20, sets=2, pain_before=1, pain_after=2, spare_reps=2)


def level(name: str) -> Level:
    found = level_named(TRAINING, name)
    assert found
    return found


BOTH = level("both_2x10")


def earned(*past: PastSession, morning: str = "", today: float = TODAY) -> bool:
    return verdict(Person(sessions=past), BOTH, CURRICULUM, today, morning).earned


def back(past: PastSession, morning: str = "", today: float = TODAY) -> str:
    return verdict(Person(sessions=(past,)), BOTH, CURRICULUM, today, morning).back


def earlier(session: PastSession) -> PastSession:
    return replace(session, on_day=session.on_day - 3)


def test_two_more_in_the_last_set_of_two_sessions_running_earn_the_next_rung() -> None:
    assert earned(earlier(FINE), FINE)
    assert not earned(FINE)


@pytest.mark.parametrize(
    "other",
    [
        {"spare_reps": 1},
        {"spare_reps": None},
        {"level": "both_3x10"},
        {"level": ""},
        {"outcome": "stopped"},
        {"failed_sets": 1},
        {"pain_before": 3},
        {"pain_after": 3, "pain_before": 2},
        {"pain_after": None},
        {"morning": "worse"},
    ],
)
def test_one_session_that_is_otherwise_earns_nothing(other: dict[str, object]) -> None:
    not_so: PastSession = replace(FINE, **other)  # type: ignore[arg-type]
    assert not earned(earlier(not_so), FINE)
    assert not earned(earlier(FINE), not_so)


def test_a_morning_of_which_nothing_good_is_known_earns_nothing() -> None:
    assert earned(earlier(FINE), FINE, morning="better")
    assert earned(earlier(FINE), FINE, morning="same")
    assert not earned(earlier(FINE), FINE, morning="unsure")
    assert not earned(earlier(FINE), FINE, morning="worse")


def test_less_than_two_days_later_nothing_is_earned_yet() -> None:
    assert earned(earlier(FINE), FINE, today=FINE.on_day + 2)
    assert not earned(earlier(FINE), FINE, today=FINE.on_day + 1.99)


def test_above_the_last_rung_there_is_nothing_to_earn() -> None:
    top = TRAINING.levels[-1]
    past = replace(FINE, level=top.id)
    assert not verdict(Person(sessions=(earlier(past), past)), top, CURRICULUM, TODAY).earned


def test_a_session_in_which_nothing_moved_neither_earns_nor_breaks_anything() -> None:
    nothing = PastSession(TODAY - 1, "not_cleared")
    assert earned(earlier(FINE), FINE, nothing)


def test_what_was_declined_is_offered_again_after_one_more_session() -> None:
    declined = Person(sessions=(earlier(FINE), FINE), declined_on_day=FINE.on_day)
    assert not verdict(declined, BOTH, CURRICULUM, TODAY).may_offer
    later = replace(declined, sessions=(earlier(FINE), FINE, replace(FINE, on_day=TODAY)))
    assert verdict(later, BOTH, CURRICULUM, TODAY + 3).may_offer


@pytest.mark.parametrize(
    ("past", "cause"),
    [
        ({"outcome": "pain"}, "pain"),
        ({"outcome": "emergency", "reps": 0}, "pain"),
        ({"outcome": "stopped"}, ""),
        ({"pain_before": 1, "pain_after": 3}, "rise"),
        ({"pain_before": 1, "pain_after": 2}, ""),
        ({"failed_sets": 2}, "failed"),
        ({"failed_sets": 1}, ""),
        ({"morning": "worse"}, "morning"),
        ({"on_day": TODAY - 14.1}, "away"),
        ({"on_day": TODAY - 14}, ""),
    ],
)
def test_one_rung_back(past: dict[str, object], cause: str) -> None:
    session: PastSession = replace(FINE, **past)  # type: ignore[arg-type]
    assert back(session) == cause


def test_several_causes_cost_one_rung_and_only_once() -> None:
    bad = replace(FINE, on_day=TODAY - 20, outcome="pain", failed_sets=3)
    found = verdict(Person(sessions=(bad,)), BOTH, CURRICULUM, TODAY, "worse")
    assert found.level == beside(TRAINING, BOTH, -1)
    judged = Person(sessions=(bad,), judged_on_day=found.judged_on_day)
    assert verdict(judged, found.level, CURRICULUM, TODAY + 1).level == found.level


def test_below_the_first_rung_there_is_none() -> None:
    assert verdict(Person(sessions=(replace(FINE, outcome="pain"),)), TRAINING.levels[0], CURRICULUM, TODAY).level == TRAINING.levels[0]


def of(plan: Plan, agreed: Level, **wish: object) -> Amounts:
    return amounts_of(plan, CURRICULUM, agreed, Wish(**wish))  # type: ignore[arg-type]


def test_from_rung_to_rung_one_thing_changes_but_for_the_weights_and_the_legs() -> None:
    for one, other in zip(TRAINING.levels, TRAINING.levels[1:], strict=False):
        changed = [name for name in ("legs", "sets", "reps", "top_s", "weight") if getattr(one, name) != getattr(other, name)]
        assert len(changed) == 1 or "legs" in changed or "weight" in changed, (one.id, changed)


def test_settings_win_over_the_level_and_make_the_session_tell_nothing_about_it() -> None:
    set_so = of(plan(reps=6, sets=1, legs="one"), BOTH)
    assert (set_so.reps, set_so.sets, set_so.legs, set_so.tells) == (6, 1, "one", False)
    assert of(plan(), BOTH).tells


def test_eased_is_one_rung_lower_and_two_sets_and_cleared_is_the_lowest() -> None:
    eased = of(plan(), level("both_3x15"), eased=True)
    assert (eased.level.id, eased.sets, eased.reps) == ("both_3x10", 2, 10)
    assert of(plan(), level("both_3x15"), easiest=True).level == TRAINING.levels[0]


def test_no_kind_of_session_is_harder_than_the_persons_level() -> None:
    for agreed in TRAINING.levels:
        for routine in TRAINING.routines:
            for kind in TRAINING.kinds:
                today = of(plan(), agreed, routine=routine.id, kind=kind.id)
                assert (today.sets, today.reps) <= (agreed.sets, agreed.reps)
                assert TRAINING.levels.index(today.level) <= TRAINING.levels.index(agreed)


def test_a_level_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(Unreadable) as refused:
        Rehearsed(plan(level="very_hard"))
    assert "both_2x10" in refused.value.next_step


def test_the_log_ends_with_the_level_and_the_sets_that_were_too_much() -> None:
    evening = Rehearsed(plan(warm_up_s=0, cool_down_s=0, rest_s=20))
    evening.run_to("end finished")
    assert evening.session.summary["level"] == "both_2x10"
    assert evening.session.summary["failed_sets"] == 0
    evening = Rehearsed(plan(warm_up_s=0, cool_down_s=0, rest_s=20))
    evening.run_to("rep 2 lift")
    evening.hear("easier")
    evening.run_to("phase rest")
    evening.run_to("rep 3 lift")
    evening.hear("stop")
    evening.run_to("end stopped")
    assert evening.session.summary["level"] == ""
    assert evening.session.summary["failed_sets"] == 2


def test_what_is_made_easier_after_a_set_leaves_that_set_done() -> None:
    for word in ("easier", "one leg"):
        evening = Rehearsed(plan(warm_up_s=0, cool_down_s=0, rest_s=20))
        evening.run_to("line rest.begin")
        evening.hear(word)
        assert evening.session.summary["failed_sets"] == 1
        evening.run_to("end finished")
        assert evening.session.summary["failed_sets"] == 1


@pytest.mark.parametrize(("locale", "units"), [("en", ""), ("en-GB", ""), ("en", "metric"), ("en-GB", "imperial")])
def test_weights_come_in_the_units_of_the_locale_unless_the_person_wants_others(locale: str, units: str) -> None:
    curriculum = load(PROMPTS.with_name(locale))
    course = course_of(plan(level="weights_2x10"), curriculum, Memory(TODAY, (Person(units=units),)))
    asked = next(request for request in agreeing(course) if isinstance(request, Ask) and request.id == WEIGHTS)
    assert dict(asked.line.values) == {"weight": course.level.weight[units or curriculum.locale.units]}


@pytest.mark.parametrize("lift", range(1, 10))
def test_easier_never_makes_a_set_longer_that_was_shared_out_to_both_sides(lift: int) -> None:
    evening = Rehearsed(plan(sets=2, reps=10, warm_up_s=0))
    assert evening.run_to(f"rep {lift} lower")
    for word in ("one leg", "easier", "easier"):
        before = evening.session.course.set_lifts if word == "easier" else 2 * 10
        evening.hear(word)
        assert evening.session.course.set_lifts <= before


@pytest.mark.parametrize("word", ["i'm tired", "one leg"])
def test_who_asks_for_less_after_more_was_earned_has_no_more(word: str) -> None:
    person = Person(name="", screened_on_day=TODAY - 9, heard_on_mat=True, taught=True, declined_on_day=TODAY - 3)
    fine = replace(FINE, morning="same")
    evening = Rehearsed(plan(warm_up_s=0), memory=Memory(TODAY, (replace(person, sessions=(earlier(fine), fine)),)))
    assert evening.run_to("phase rest")
    evening.hear("harder")
    assert evening.session.course.next_level
    evening.hear(word)
    assert evening.run_to("phase set")
    assert evening.session.course.level == BOTH
