"""What the answers before a session, and the sessions before it, allow."""

import pytest

from tests.coach.stage import CURRICULUM, KNOWN, PROMPTS, QUICK, TODAY, Rehearsed
from voicecoach.coach.agreeing import agreeing
from voicecoach.coach.check_ins import locked
from voicecoach.coach.course import course_of
from voicecoach.coach.requests import Ask
from voicecoach.coach.screening import due
from voicecoach.curriculum import load
from voicecoach.messages.memory import Memory, PastSession, Person

SCREENED = Person(name="", screened_on_day=TODAY - 9, heard_on_mat=True, taught=True)
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def asked_for_pain(usual: int | None) -> Rehearsed:
    evening = Rehearsed(QUICK, memory=Memory(TODAY, (SCREENED.knowing("usual_pain", usual),)))
    assert evening.run_to_question("screen.pain")
    return evening


def after_pain(pain: int, usual: int | None, says: str = "") -> str:
    """What the answers lead to: "planned", "easier", "refused" or "silence"."""
    evening = asked_for_pain(usual)
    evening.hear(NUMBERS[pain])
    if pain >= CURRICULUM.numbers.pain.read_back_from:
        assert evening.run_to("question read_back")
        evening.hear("yes")
    if says:
        assert evening.run_to("question screen.usual")
        evening.hear(says)
    evening.run_to("line position.down", 60)
    said = [text for _, text in evening.happened]
    assert ("line screen.usual" in said) == bool(says)
    if "line position.down" in said:
        return "easier" if "line screen.easy_start" in said else "planned"
    assert evening.run_to("end *") or evening.outcome
    return "refused" if "line refuse.pain" in said else str(evening.outcome)


@pytest.mark.parametrize(
    ("pain", "usual", "says", "then"),
    [
        (0, None, "", "planned"),
        (2, None, "", "planned"),
        (2, 0, "", "planned"),
        (3, None, "yes", "easier"),
        (3, None, "no", "refused"),
        (3, None, "not sure", "refused"),
        (4, None, "yes", "easier"),
        (4, None, "no", "refused"),
        (5, None, "", "refused"),
        (10, None, "", "refused"),
        (3, 3, "", "easier"),
        (3, 2, "", "easier"),
        (3, 1, "", "refused"),
        (3, 0, "", "refused"),
        (4, 3, "", "easier"),
        (4, 2, "", "refused"),
        (4, 6, "", "easier"),
        (5, 5, "", "refused"),
    ],
)
def test_the_pain_before_decides(pain: int, usual: int | None, says: str, then: str) -> None:
    assert after_pain(pain, usual, says) == then


def test_not_sure_how_much_it_hurts_is_no_session() -> None:
    evening = asked_for_pain(None)
    evening.hear("not sure")
    assert evening.run_to("line refuse.pain")
    assert evening.run_to("end not_cleared")


def test_usual_pain_is_remembered_once_it_was_said_to_be_usual() -> None:
    for says, then in (("yes", 3), ("no", None)):
        evening = asked_for_pain(None)
        evening.hear("three")
        assert evening.run_to("question screen.usual")
        evening.hear(says)
        assert evening.session.course.person.usual_pain == then


def test_an_easier_session_is_easier_once_however_many_reasons_there_are() -> None:
    worse = Memory(TODAY, (SCREENED.knowing("sessions", (PastSession(TODAY - 3, "finished", reps=20, sets=2),)),))
    evening = Rehearsed(QUICK, memory=worse)
    assert evening.run_to_question("screen.morning")
    evening.hear("worse")
    assert evening.run_to("question screen.pain")
    amount = (evening.session.course.reps, evening.session.course.sets)
    evening.hear("three")
    assert evening.run_to("question screen.usual")
    evening.hear("yes")
    assert evening.run_to("line position.down")
    assert (evening.session.course.reps, evening.session.course.sets) == amount
    assert evening.since(0).count("line screen.easy_start") == 1


def somebody(*sessions: tuple[float, str], seen: float | None = None) -> Person:
    past = tuple(PastSession(TODAY + on_day, outcome, reps=8) for on_day, outcome in sessions)
    return Person(sessions=past, seen_on_day=None if seen is None else TODAY + seen)


@pytest.mark.parametrize(
    ("person", "is_locked"),
    [
        (somebody(), False),
        (somebody((-3, "pain")), False),
        (somebody((-10, "pain"), (-3, "pain")), True),
        (somebody((-17, "pain"), (-3, "pain")), True),
        (somebody((-17.5, "pain"), (-3, "pain")), False),
        (somebody((-10, "emergency"), (-3, "pain")), True),
        (somebody((-10, "pain"), (-6, "finished"), (-3, "emergency")), True),
        (somebody((-10, "stopped"), (-3, "pain")), False),
        (somebody((-400, "pain"), (-390, "pain")), True),
        (somebody((-10, "pain"), (-3, "pain"), seen=-2), False),
        (somebody((-10, "pain"), (-8, "pain"), (-3, "pain"), seen=-5), False),
        (somebody((-10, "pain"), (-8, "pain"), (-3, "pain"), (-1, "pain"), seen=-5), True),
        (somebody((-10, "pain"), (-3, "pain"), seen=-3), False),
    ],
)
def test_two_pain_stops_within_two_weeks_lock_until_somebody_professional_was_seen(person: Person, is_locked: bool) -> None:
    assert locked(person, CURRICULUM.numbers.pain.lock_days, TODAY) is is_locked


@pytest.mark.parametrize(
    ("person", "is_due"),
    [
        (Person(), True),
        (Person(screened_on_day=TODAY), False),
        (Person(screened_on_day=TODAY - 365), False),
        (Person(screened_on_day=TODAY - 365.5), True),
        (Person(screened_on_day=TODAY - 9, sessions=(PastSession(TODAY - 9, "emergency"),)), True),
        (Person(screened_on_day=TODAY - 9, sessions=(PastSession(TODAY - 10, "emergency"),)), False),
        (Person(screened_on_day=TODAY - 9, sessions=(PastSession(TODAY - 3, "pain"),)), False),
    ],
)
def test_the_whole_screening_comes_at_first_then_every_twelve_months_and_after_an_emergency(person: Person, is_due: bool) -> None:
    assert due(person, Memory(TODAY), CURRICULUM.numbers.frequency.screened_days) is is_due


def test_seen_by_a_professional_is_remembered_only_if_said() -> None:
    sessions = (PastSession(TODAY - 10, "pain", reps=8), PastSession(TODAY - 3, "pain", reps=8))
    for says, then in (("yes", TODAY), ("no", None), ("maybe", None)):
        evening = Rehearsed(QUICK, memory=Memory(TODAY, (SCREENED.knowing("sessions", sessions),)))
        assert evening.run_to_question("screen.seen")
        evening.hear(says)
        assert evening.session.course.person.seen_on_day == then


def test_something_new_makes_unscreened_until_everything_is_answered_again() -> None:
    for says, then in (("yes", None), ("not sure", None), ("no", TODAY - 9)):
        evening = Rehearsed(QUICK, memory=Memory(TODAY, (SCREENED,)))
        assert evening.run_to_question("screen.news")
        evening.hear(says)
        assert evening.session.course.person.screened_on_day == then
        evening.healthy = True
        if then is None:
            evening.hear("no")
            assert evening.run_to("question screen.pain")
            assert evening.session.course.person.screened_on_day == TODAY


def test_who_needed_somebodys_permission_begins_at_the_easiest_level() -> None:
    for question, permission in (("screen.spine", "screen.cleared"), ("screen.pregnant", "screen.midwife")):
        evening = Rehearsed(QUICK, memory=KNOWN)
        assert evening.run_to_question(question)
        evening.hear("yes")
        evening.healthy = True
        if permission == "screen.midwife":
            assert evening.run_to_question(permission)
            evening.hear("yes")
            evening.healthy = True
        assert evening.run_to("question screen.pain")
        assert evening.session.course.wish.easiest


def test_a_screening_from_the_future_is_none() -> None:
    by_a_wrong_clock = SCREENED.knowing("screened_on_day", TODAY + 200)
    assert due(by_a_wrong_clock, Memory(TODAY, (by_a_wrong_clock,)), 365)


def test_a_pain_stop_in_the_session_that_was_permitted_is_not_yet_seen() -> None:
    stops = tuple(PastSession(on_day=TODAY - days, outcome="pain") for days in (9, 5))
    permitted = Person(seen_on_day=TODAY - 9, sessions=stops)
    assert locked(permitted, 14, TODAY)


@pytest.mark.parametrize(("locale", "weight"), [("en", "one pound"), ("en-GB", "half a kilo")])
def test_weights_are_told_as_they_are_sold_where_the_person_lives(locale: str, weight: str) -> None:
    curriculum = load(PROMPTS.with_name(locale))
    course = course_of(curriculum.numbers.plan.with_value("level", "weights_2x10"), curriculum, Memory(TODAY, (SCREENED,)))
    asks = [request for request in agreeing(course) if isinstance(request, Ask)]
    assert [dict(ask.line.values)["weight"] for ask in asks] == [weight]


def test_somebody_else_on_the_way_down_hears_all_of_it() -> None:
    evening = Rehearsed(QUICK, memory=Memory(TODAY, (SCREENED.knowing("taught", value=False),)))
    assert evening.run_to("line position.belly")
    evening.hear("somebody else")
    assert evening.run_to("line down.*")
    assert evening.happened[-1][1] == "line down.step_1"
