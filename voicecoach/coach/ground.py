"""The way down to the mat and the way up from it, step by step, at the person's own pace and without a light."""

from voicecoach.coach.course import Course
from voicecoach.coach.once import once
from voicecoach.coach.requests import Script
from voicecoach.coach.steps import step

STEPS_DOWN, STEPS_UP = 2, 6
LYING = ("position.legs", "position.hands", "position.hips")
"""Who has not been taught yet hears of these in the walk-through, with time to try them."""


def get_down(course: Course) -> Script:
    """Onto the mat: for who knows the way, one sentence and the position."""
    if course.person.taught:
        for name in ("position.down", *LYING):
            yield from once(course, name)
        return
    for n in range(course.steps_down + 1, STEPS_DOWN + 1):
        yield from step(f"down.step_{n}", window_s=course.numbers.mat.step_s)
        course.steps_down = n
    yield from once(course, "position.belly")


def get_up(course: Course) -> Script:
    """From the mat: roll over, sit, kneel, rise. A step that isn't answered is followed by the next one, slowly."""
    if course.steps_up == 0:
        yield from once(course, "up.begin")
    for n in range(course.steps_up + 1, STEPS_UP + 1):
        yield from step(f"up.step_{n}", window_s=course.numbers.mat.step_s)
        course.steps_up = n
