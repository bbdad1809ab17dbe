"""After a set: what is asked, and the rest until the next one. Both can be left at any moment and begun again where they were."""

from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, number, yes_no
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Await, Beat, Enter, Finish, Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

REST_STEP_S = 5.0
REST_WARNING_S = 10.0
FORM_STOP = 2
"""Felt in the low back this often: stop, and let somebody look at the form."""
FELT = "check_in.back"
PATIENCE_S = (60.0, 60.0)
"""How long a person who asked for time may take before a reminder, and after it."""


def check_in(course: Course) -> Script:
    """After a set: was it felt in the low back? Once is coached, twice ends the session; the last set also asks for the effort."""
    yield Speak(Line("check_in.done", (("set", course.set_n),)))
    felt = yield from asked(course, yes_no(FELT))
    if felt is None:
        yield Speak(Line("check_in.silence"))
        yield Enter(Phase.PAUSED)
        return
    if felt is not Intent.NO:
        course.felt_sets.add(course.set_n)
        if course.felt_in_back + len(course.felt_sets) >= FORM_STOP:
            yield from form_stop()
        yield Speak(Line("feel_back.form"))
    if course.last_set:
        yield from asked(course, number("check_in.effort"))
        yield Enter(Phase.COOL_DOWN)
    else:
        yield Enter(Phase.REST)


def rest(course: Course) -> Script:
    """Answers what was asked during the set, counts the rest down, and leads to the next set."""
    if course.say_when:
        yield from rest_until_asked(course)
        return
    if not course.resting:
        course.resting = True
        course.rest_left_s = course.plan.rest_s
        yield Speak(Line("rest.begin", (("seconds", round(course.rest_left_s)), ("set", course.set_n + 1), ("sets", course.sets))))
    yield from put_off(course)
    while course.rest_left_s > 0:
        step_s = min(REST_STEP_S, course.rest_left_s)
        warned = course.rest_left_s <= REST_WARNING_S < course.rest_left_s + REST_STEP_S
        yield Beat(step_s, Line("rest.warning", (("seconds", round(course.rest_left_s)),)) if warned else None, overruns=True)
        course.rest_left_s = max(0.0, course.rest_left_s - step_s)
        if course.rest_left_s <= 0:
            yield Beat(1.0, tone="rest_over")
    # Whoever asks for more rest while the tone sounds has it: the time is looked at again when the tone is over.
    yield Enter(Phase.SET)
    next_set(course)


def form_stop() -> Script:
    """Felt in the low back again: legs down, and somebody should look at the form."""
    yield Enter(Phase.STOPPED)
    yield Speak(Line("feel_back.again"))
    yield Speak(Line("feel_back.advice"))
    yield Finish("stopped")


def next_set(course: Course) -> None:
    """The next set is the current one from now on."""
    course.set_n += 1
    course.answers.pop(FELT, None)
    course.done_reps = 0
    course.rest_left_s = 0.0
    course.extra_rests = 0
    course.resting = course.say_when = False


def rest_until_asked(course: Course) -> Script:
    """After two longer rests the person says when."""
    course.say_when = True
    yield Speak(Line("rest.say_when"))
    word = yield Await(frozenset({Intent.NEXT_SET, Intent.RESUME, Intent.SKIP}), Line("rest.say_when"), PATIENCE_S)
    if word is None:
        yield Speak(Line("refuse.silence"))
        yield Enter(Phase.STOPPED)
        yield Finish("silence")
    yield Enter(Phase.SET)
    next_set(course)
