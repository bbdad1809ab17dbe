"""What is asked before every session, beside the safety questions: the last times, the morning after, and the pain now.

Rules: two sessions that ended in pain or an emergency within 14 days, and a back that was worse the next morning twice running, need
somebody professional before the next one. Worse once, or pain that is usual for this person, makes the session easier; more pain than that
means none.
"""

from itertools import pairwise

from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import dismissed, eased, number, required, yes_no
from voicecoach.coach.requests import Ask, Expects, Remember, Script
from voicecoach.coach.since import since
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import PAIN_STOPS, PastSession, Person

PAIN = "screen.pain"
USUAL = "screen.usual"
MORNING = "screen.morning"
SEEN = "screen.seen"
MORNINGS = frozenset({Intent.BETTER, Intent.SAME, Intent.WORSE, Intent.UNSURE})


def permission(course: Course) -> Script:
    """Where the last times were too much: whether somebody professional has seen the person since. Yes: an easier session."""
    if SEEN not in course.answers and not locked(course.person, course.numbers.pain.lock_days, course.memory.today):
        return
    seen = yield from required(course, yes_no(SEEN))
    if seen is not Intent.YES:
        yield from dismissed("refuse.seen", "not_cleared")
    if course.person.seen_on_day != course.memory.today:
        yield Remember("seen_on_day", course.memory.today)
    yield from eased(course)


def check_in_before(course: Course) -> Script:
    """The morning after last time, and the pain now."""
    yield from _morning(course)
    yield from pain_now(course)


def locked(person: Person, lock_days: float, today: float) -> bool:
    """Whether nothing begins before a professional has seen the person. What was before they were seen last no longer counts."""
    unseen = since(person.seen_on_day, person, today)
    stops = [past.on_day for past in unseen if past.outcome in PAIN_STOPS]
    mornings = [past.morning for past in unseen if past.reps]
    return any(later - earlier <= lock_days for earlier, later in pairwise(stops)) or mornings[-2:] == ["worse", "worse"]


def _morning(course: Course) -> Script:
    trained = [past for past in course.person.sessions if past.reps]
    if not trained or trained[-1].morning:
        return
    ask = Ask(MORNING, Expects.PHRASE, Line(MORNING), accepts=MORNINGS, moment="morning", options="options.morning")
    answer = yield from required(course, ask)
    if answer is not Intent.WORSE:
        return
    if _worse_before(trained, course):
        yield from dismissed("refuse.morning", "not_cleared")
    yield from eased(course)


def _worse_before(trained: list[PastSession], course: Course) -> bool:
    """Whether the morning before last was worse too, and nobody has looked at it since.

    That is said before anything moves, so the session of that moment is not yet seen.
    """
    unseen = since(course.person.seen_on_day, course.person, course.memory.today)
    return any(past.morning == "worse" and past in unseen for past in trained[-2:-1])


def pain_now(course: Course) -> Script:
    """Asks for it, and goes on only if it is little enough, or usual."""
    pain = yield from required(course, number(PAIN))
    if not isinstance(pain, int) or pain > course.numbers.pain.easier:
        yield from dismissed("refuse.pain", "not_cleared")
    elif pain > course.numbers.pain.planned:
        yield from _if_usual(pain, course)
        yield from eased(course)


def _if_usual(pain: int, course: Course) -> Script:
    """Goes on only if so much pain is usual for this person; once said, it is remembered."""
    usual = course.person.usual_pain
    if usual is None:
        said = yield from required(course, yes_no(USUAL))
        if said is Intent.YES:
            yield Remember("usual_pain", pain)
            return
    elif pain - usual < course.numbers.pain.above_usual:
        return
    yield from dismissed("refuse.pain", "not_cleared")
