"""One set. It can be left at any moment and begun again where it was."""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Beat, Enter, Script, Speak
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line

COUNTDOWN = 3
HALF_WAY_FROM_REPS = 6
"""A shorter set needs no half-time."""


def work(course: Course) -> Script:
    """One set, from the repetition where it was left."""
    if course.done_reps == 0:
        yield Speak(_announcement(course))
    if course.done_reps < course.reps:
        yield from lead_in(course)
    while course.done_reps < course.reps:
        yield from _repetition(course, course.done_reps + 1)
        course.done_reps += 1
        course.total_reps += 1
    yield Beat(course.tempo.settle_s, tone="set_done")
    yield Enter(Phase.CHECK_IN)


def _announcement(course: Course) -> Line:
    name = ("set.only" if course.sets == 1 else "set.begin") + ("_one_leg" if course.legs == "one" else "")
    values: tuple[tuple[str, str | int], ...] = (("reps", course.reps),)
    if course.sets > 1:
        values += (("set", course.set_n), ("sets", course.sets))
    return Line(name, values)


def lead_in(course: Course) -> Iterator[Beat]:
    """Time to get into position, then three, two, one."""
    long_s = max(course.plan.lead_in_s - COUNTDOWN, 0.5)
    yield Beat(long_s, Line("lead_in"), clear_s=long_s)
    for n in range(COUNTDOWN, 0, -1):
        yield Beat(1.0, Line("countdown", (("n", n),)), clear_s=1.0)


def _repetition(course: Course, n: int) -> Iterator[Beat]:
    """Brace, lift, stay, lower. A remark may take the place of "brace" and of the count, never that of "lift" or "lower"."""
    tempo, full = course.tempo, course.detail == "full"
    settle_s, lift_s, top_s, lower_s = tempo.settle_s, tempo.lift_s, tempo.top_s, tempo.lower_s
    clear_s = lower_s + tempo.faster().settle_s  # "faster" may bring the next lift nearer, and its answer has to be over by then
    count = (("n", n),)
    side = ("left", "right")[(n - 1) % 2] if course.legs == "one" else ""
    lift = f"set.lift_{side}" if side else "set.lift" if full else "set.up"
    form = Form.BRIEF if course.detail == "counts" else Form.FULL
    yield Beat(settle_s, Line("set.brace") if full else None, moment="brace", clear_s=settle_s)
    yield Beat(lift_s, Line(lift), tone="lift", moment="lift", form=form, clear_s=lift_s + top_s)
    if top_s > 0:
        yield Beat(top_s, Line("set.count_stay" if full else "set.count", count), enters=Phase.HOLD, moment="hold", clear_s=top_s)
        line, form = _lowering(course, n)
        yield Beat(lower_s, line, tone="lower", enters=Phase.SET, moment="lower", form=form, clear_s=clear_s)
    else:
        yield Beat(lower_s, Line("set.count", count), tone="lower", moment="lower", clear_s=clear_s)


def _lowering(course: Course, n: int) -> tuple[Line, Form]:
    """Where the set stands when that's news, otherwise a cue as detailed as this set asks for."""
    left = course.reps - n
    if left == 1:
        return Line("set.last_one"), Form.FULL
    if left == 2:
        return Line("set.last_two"), Form.FULL
    if course.reps >= HALF_WAY_FROM_REPS and n == course.reps // 2:
        return Line("set.half_way"), Form.FULL
    if course.detail == "full":
        return Line("set.lower"), Form.FULL
    if course.detail == "brief" or n % 3 == 0:
        return Line("set.form"), Form.FULL
    return Line("set.lower"), Form.BRIEF
