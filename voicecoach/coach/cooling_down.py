"""The cool-down, the last questions, and the way up from the floor. It can be left at any moment and begun again where it was."""

from voicecoach.coach.check_ins import PAIN
from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, number
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Beat, Finish, Script, Speak
from voicecoach.coach.warming_up import BREATH_IN_S, BREATH_OUT_S
from voicecoach.messages.lines import Line

PAIN_RISE = 2
"""A change of two on the scale is real (Childs 2005)."""
UP_STEPS = 6
UP_STEP_S = 6.0
PAIN_AFTER = "cool_down.pain"


def cool_down(course: Course) -> Script:
    """Quiet breathing, pain now, and the way up from the floor."""
    if not course.breathed:
        yield Speak(Line("cool_down.begin"))
        yield from put_off(course)
        for _ in range(round(course.plan.cool_down_s / (BREATH_IN_S + BREATH_OUT_S))):
            yield Beat(BREATH_IN_S, Line("breath.in"))
            yield Beat(BREATH_OUT_S, Line("breath.out"))
        course.breathed = True
    yield from closing(course)


def closing(course: Course) -> Script:
    """The last questions and words; a skipped cool-down still has them."""
    before, after = course.answers.get(PAIN), (yield from asked(course, number(PAIN_AFTER)))
    if isinstance(after, int) and isinstance(before, int) and after - before >= PAIN_RISE:
        yield Speak(Line("cool_down.worse"))
    yield Speak(Line("up.begin"))
    for step in range(1, UP_STEPS + 1):
        yield Beat(UP_STEP_S, Line(f"up.step_{step}"), overruns=True)
    yield Speak(Line("closing.soreness"))
    yield Speak(Line("closing.goodbye", (("reps", course.total_reps),)))
    yield Finish("finished")
