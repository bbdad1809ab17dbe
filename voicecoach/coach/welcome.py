"""The first words: all of them to somebody new, fewer to whoever has been here before."""

from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, dismissed, eased, yes_no
from voicecoach.coach.requests import Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Person

GREETING = ("greeting.hello", "greeting.words", "greeting.limits")
"""Also the test sound by which microphone, speaker and room are measured."""
APART_DAYS = 2.0
"""48 hours between two sessions: coaching.md's frequency."""
AWAY_DAYS = 14.0
"""A longer time away is worth a word."""
LIGHT = "light.today"


def greeting(course: Course) -> Script:
    """Says hello and how everything is ended, once; to somebody new also what the coach is not, and can't do."""
    if course.greeted:
        return
    if _new(course.person):
        for line in GREETING:
            yield Speak(Line(line))
    else:
        name = course.person.name if len(course.memory.people) == 1 else None
        yield Speak(Line("greeting.again_by_name", (("name", name),)) if name else Line("greeting.again"))
        yield Speak(Line("greeting.words_again"))
    course.greeted = True


def timing(course: Course) -> Script:
    """Whether enough days have passed, and not too many.

    Too soon isn't dangerous, so a light session may be had for the asking. Without a "yes" there is none: whoever says no, or doesn't know,
    has ended it by a word of theirs ("stopped"), and whoever says nothing has not been heard ("silence").
    """
    days = _days_since_finished(course)
    if days is not None and days < APART_DAYS:
        answer = yield from asked(course, yes_no(LIGHT))
        if answer is not Intent.YES:
            yield from dismissed("light.tomorrow", "silence" if answer is None else "stopped")
        yield from eased(course)
    elif days is not None and days > AWAY_DAYS and not course.welcomed:
        course.welcomed = True
        yield Speak(Line("greeting.back"))


def _new(person: Person) -> bool:
    """Whether this person has neither moved with this coach nor answered its questions."""
    return person.screened_on_day is None and not any(past.reps for past in person.sessions)


def _days_since_finished(course: Course) -> float | None:
    days = [course.memory.today - past.on_day for past in course.person.sessions if past.outcome == "finished"]
    return days[-1] if days else None
