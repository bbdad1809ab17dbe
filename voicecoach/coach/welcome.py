"""The first words: all of them to somebody new, fewer to whoever has been here before."""

from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import dismissed, eased, required, yes_no
from voicecoach.coach.once import once
from voicecoach.coach.requests import Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Person

HELLO = "greeting.hello"
INTRODUCTION = ("greeting.words", "greeting.limits")
GREETING = (HELLO, *INTRODUCTION)
"""Also the test sound by which microphone, speaker and room are measured."""
LIGHT = "light.today"
RECORDED = "greeting.recorded"
GREETED = "greeting"
"""The step of the arrival that is not about anybody yet."""


def greeting(course: Course) -> Script:
    """Says hello; who it is may still have to be asked."""
    if GREETED in course.arrived:
        return
    yield Speak(Line(HELLO if all(map(_new, course.memory.people)) else "greeting.again"))
    yield from recorded(course)
    course.arrived.add(GREETED)


def recorded(course: Course) -> Script:
    """Whoever is heard is told that it is kept: in the first words, and again to whoever comes in the place of another."""
    if course.recorded:
        yield Speak(Line(RECORDED))


def introduction(course: Course) -> Script:
    """Says how everything is ended; to somebody new also what the coach is not, and can't do."""
    if "introduction" in course.arrived:
        return
    if course.not_them:
        yield from recorded(course)
    for line in INTRODUCTION if _new(course.person) else ("greeting.words_again",):
        yield from once(course, line)
    course.arrived.add("introduction")


def timing(course: Course) -> Script:
    """Whether enough days have passed, and not too many.

    Too soon isn't dangerous, so a light session may be had for the asking. Without a "yes" there is none: whoever says no, or doesn't know,
    has ended it by a word of theirs, so the outcome is "stopped".
    """
    sessions, today = course.person.sessions, course.memory.today
    finished = [today - past.on_day for past in sessions if past.outcome == "finished"]
    trained = [today - past.on_day for past in sessions if past.reps]
    if finished and finished[-1] < course.numbers.frequency.apart_days:
        answer = yield from required(course, yes_no(LIGHT))
        if answer is not Intent.YES:
            yield from dismissed("light.tomorrow", "stopped")
        yield from eased(course)
    elif trained and trained[-1] > course.numbers.frequency.away_days and "back" not in course.arrived:
        course.arrived.add("back")
        yield Speak(Line("greeting.back"))


def _new(person: Person) -> bool:
    """Whether this person has neither moved with this coach nor answered its questions."""
    return person.screened_on_day is None and not any(past.reps for past in person.sessions)
