"""The cool-down, the last questions, and the way up from the floor. It can be left at any moment and begun again where it was."""

from voicecoach.coach.check_ins import PAIN
from voicecoach.coach.course import Course
from voicecoach.coach.ground import get_up
from voicecoach.coach.inquiry import asked, number
from voicecoach.coach.once import once
from voicecoach.coach.people import goodbye
from voicecoach.coach.put_off import put_off_and_more
from voicecoach.coach.requests import Finish, Script, Speak
from voicecoach.coach.warming_up import counted, shared
from voicecoach.messages.lines import Line

PAIN_AFTER = "cool_down.pain"


def cool_down(course: Course) -> Script:
    """Quiet breathing, pain now, and the way up from the floor."""
    if not course.breathed:
        training = course.curriculum.training
        parts = shared(training.cool_down, course.plan.cool_down_s * course.amounts.cool_down / training.cool_down_full_s)
        yield from once(course, "cool_down.begin" if any(count for _, count in parts) else "cool_down.none")
        yield from put_off_and_more(course)
        for part, count in parts:
            if count and part.say:
                yield Speak(Line(part.say, (("count", count),)))
            yield from counted(part, count, course.tempo)
        course.breathed = True
    yield from closing(course)


def closing(course: Course) -> Script:
    """The last questions and words; a skipped cool-down still has them."""
    before, after = course.answers.get(PAIN), (yield from asked(course, number(PAIN_AFTER)))
    if isinstance(after, int) and isinstance(before, int) and after - before >= course.numbers.pain.rise:
        yield from once(course, "cool_down.worse")
    yield from get_up(course)
    yield from farewell(course, course.total_reps)
    yield Finish("finished")


def farewell(course: Course, reps: int) -> Script:
    """What was done, and goodbye."""
    if reps:
        yield from once(course, "closing.soreness")
    yield Speak(Line("closing.goodbye", (("reps", reps),)) if reps else Line("closing.no_lifts"))
    yield from goodbye(course)
