"""“How long will it take?” is answered right to a tenth."""

from dataclasses import replace

import pytest

from tests.coach.stage import CURRICULUM, KNOWN, TODAY, Rehearsed, plan
from voicecoach.coach.plan import CHOICES
from voicecoach.curriculum.spoken import SECONDS_A_LINE
from voicecoach.messages.memory import Memory

LEVELS = [level.id for level in CURRICULUM.training.levels]
TENTH = 0.1


class Lifelike(Rehearsed):
    """Lines take as long as the real voice makes them, and answers as long as real ears need."""

    answers_after_s = 1.5
    seconds_a_line = SECONDS_A_LINE


def seconds(text: str) -> float:
    """What the answer says."""
    words = text.split()
    number = float(words[1]) if words[0] == "About" else float(words[0])
    return number if "seconds" in text else (number + 0.5 * ("half" in text)) * 60


def asked_at(evening: Rehearsed, place: str) -> tuple[float, float]:
    """When it was asked, and what was answered."""
    assert evening.run_to(place)
    mark = len(evening.texts)
    evening.hear("how long will it take")
    at_s = evening.now_s
    evening.run_until(at_s + 12)
    (told,) = (text for text in evening.texts[mark:] if "minutes" in text or text.startswith("About"))
    return at_s, seconds(told)


def length_s(evening: Rehearsed, since: str) -> float:
    """From the beginning of that phase to the end."""
    assert evening.run_to("end *", within_s=3600)
    began_s = next(at_s for at_s, text in evening.happened if text == since)
    return evening.now_s - began_s


@pytest.mark.parametrize("routine", CHOICES["routine"])
@pytest.mark.parametrize("kind", CHOICES["kind"])
def test_before_it_begins_the_answer_is_right_for_every_routine_and_kind(routine: str, kind: str) -> None:
    evening = Lifelike(plan(routine=routine, kind=kind))
    _, told_s = asked_at(evening, "line position.hips")
    assert told_s == pytest.approx(length_s(evening, "phase warm_up"), rel=TENTH)


@pytest.mark.parametrize("level", LEVELS)
def test_before_it_begins_the_answer_is_right_at_every_level(level: str) -> None:
    evening = Lifelike(plan(level=level))
    _, told_s = asked_at(evening, "line position.hips")
    assert told_s == pytest.approx(length_s(evening, "phase warm_up"), rel=TENTH)


@pytest.mark.parametrize("place", ["phase warm_up", "line rest.begin", "phase cool_down"])
def test_in_the_session_the_answer_is_what_is_left(place: str) -> None:
    evening = Lifelike(plan(sets=3))
    at_s, told_s = asked_at(evening, place)
    assert evening.run_to("end finished", 1200)
    assert told_s == pytest.approx(evening.now_s - at_s, rel=TENTH)


def test_in_a_set_the_answer_comes_between_two_lifts() -> None:
    evening = Lifelike(plan())
    at_s, told_s = asked_at(evening, "rep 3 lift")
    assert evening.run_to("end finished")
    assert told_s == pytest.approx(evening.now_s - at_s, rel=TENTH)


def test_asking_changes_nothing() -> None:
    ends = []
    for ask in (False, True):
        evening = Lifelike(plan())
        evening.run_to("rep 3 lift")
        if ask:
            evening.hear("how long will it take")
        evening.run_to("phase check_in")
        ends.append((evening.now_s, evening.session.course.done_reps, evening.session.course.answers))
    assert ends[0] == ends[1]


def test_the_short_session_takes_about_three_minutes() -> None:
    person = replace(KNOWN.people[0], screened_on_day=TODAY - 9)
    evening = Lifelike(plan(routine="minimal"), memory=Memory(TODAY, (person,)))
    assert length_s(evening, "phase warm_up") == pytest.approx(180, rel=0.25)
