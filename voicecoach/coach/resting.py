"""After a set: what is asked, and the rest until the next one. Both can be left at any moment and begun again where they were."""

from voicecoach.coach.course import Break, Course
from voicecoach.coach.form import forget_form, form_check
from voicecoach.coach.inquiry import asked, number
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off_and_more
from voicecoach.coach.requests import Await, Beat, Enter, Finish, Script, Speak
from voicecoach.coach.sides import fewer
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

REST_STEP_S = 5.0
EFFORT = "check_in.effort"


def check_in(course: Course) -> Script:
    """After a set: where was it felt, and how many more would there have been? Silence to the second is fine."""
    yield from once(course, Line("check_in.done", (("set", course.set_n),)))
    if not (yield from form_check(course)):
        yield Speak(Line("check_in.silence"))
        yield Enter(Phase.PAUSED)
        return
    yield from _effort(course)
    yield Enter(Phase.COOL_DOWN if course.last_set else Phase.REST)


def _effort(course: Course) -> Script:
    """Two to four more is right; with fewer, the next set is a little shorter, and next time the first one too."""
    spare = yield from asked(course, number(EFFORT))
    if not isinstance(spare, int):
        return
    if spare >= course.numbers.progress.spare_reps:
        if course.last_set and spare <= course.numbers.progress.right_reps:
            yield Speak(Line("effort.right"))
    elif course.last_set:
        yield Speak(Line("effort.fewer_next_time"))
    elif course.fewer_from != course.set_n + 1:
        course.fewer_from = course.set_n + 1
        if fewer(course):
            yield Speak(Line("effort.fewer", (("reps", course.reps),)))


def rest(course: Course) -> Script:
    """Answers what was asked during the set, counts the rest down, and leads to the next set."""
    if course.rest.until_asked:
        yield from rest_until_asked(course)
        return
    if not course.rest.begun:
        course.rest.begun = True
        course.rest.left_s = course.rest_s
    if course.rest.left_s > 0:
        told = (("seconds", round(course.rest.left_s)), ("set", course.set_n + 1), ("sets", course.sets))
        yield from once(course, Line("rest.begin", told))
    yield from put_off_and_more(course)
    while course.rest.left_s > 0:
        step_s = min(REST_STEP_S, course.rest.left_s)
        warned = course.rest.left_s <= course.numbers.rest.warning_s < course.rest.left_s + REST_STEP_S
        yield Beat(step_s, Line("rest.warning", (("seconds", round(course.rest.left_s)),)) if warned else None, overruns=True)
        course.rest.left_s = max(0.0, course.rest.left_s - step_s)
        if course.rest.left_s <= 0:
            yield Beat(1.0, tone="rest_over")
    # Whoever asks for more rest while the tone sounds has it: the time is looked at again when the tone is over.
    yield Enter(Phase.SET)
    next_set(course)


def next_set(course: Course) -> None:
    """The next set is the current one from now on."""
    course.set_n += 1
    forget_form(course)
    course.answers.pop(EFFORT, None)
    course.done_reps = 0
    if course.next_level and not course.made_easier:
        course.measure(level=course.next_level)
    course.next_level = None
    course.lay_out()
    course.rest = Break()


def rest_until_asked(course: Course) -> Script:
    """After two longer rests the person says when."""
    course.rest.until_asked = True
    yield Speak(Line("rest.say_when"))
    patience_s = (course.numbers.rest.reminder_s, course.numbers.rest.over_s)
    word = yield Await(frozenset({Intent.NEXT_SET, Intent.RESUME, Intent.SKIP}), Line("rest.say_when"), patience_s)
    if word is None:
        yield Speak(Line("refuse.silence"))
        yield Enter(Phase.STOPPED)
        yield Finish("silence")
    yield Enter(Phase.SET)
    next_set(course)
