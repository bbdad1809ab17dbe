"""One set. It can be left at any moment and begun again where it was."""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.cues import brace_cue, detail, let_go_cue, lift_cue, lower_cue, themed, top_cue
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Beat, Enter, Script
from voicecoach.coach.sides import place, switches_before
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line

COUNTDOWN = 3
LEGS = {"both": "", "one": "_one_leg", "none": "_squeezes"}


def work(course: Course) -> Script:
    """One set, from the repetition where it was left."""
    if course.done_reps == 0:
        yield from once(course, _announcement(course), Form.BRIEF if detail(course) == "counts" else Form.FULL)
        for line in themed(course):
            yield from once(course, line)
    leading_in = True
    while course.done_reps < course.set_lifts:
        n = course.done_reps + 1
        if switches_before(course, n):
            yield from _start_in(course.numbers.set.side_switch_s, "set.switch")
        elif leading_in:
            yield from lead_in(course)
        leading_in = False
        yield from _squeeze(course, n) if course.legs == "none" else _repetition(course, n)
        course.done_reps += 1
        course.total_reps += 1
    yield Beat(course.tempo.settle_s, tone="set_done")
    yield Enter(Phase.CHECK_IN)


def _announcement(course: Course) -> Line:
    name = ("set.only" if course.sets == 1 else "set.begin") + LEGS[course.legs]
    values: tuple[tuple[str, str | int], ...] = (("reps", course.reps),)
    if course.sets > 1:
        values += (("set", course.set_n), ("sets", course.sets))
    return Line(name, values)


def lead_in(course: Course) -> Iterator[Beat]:
    """Time to get into position, then three, two, one."""
    yield from _start_in(course.plan.lead_in_s, "lead_in")


def _start_in(seconds: float, line: str) -> Iterator[Beat]:
    long_s = max(seconds - COUNTDOWN, 0.5)
    yield Beat(long_s, Line(line), clear_s=long_s)
    for n in range(COUNTDOWN, 0, -1):
        yield Beat(1.0, Line("countdown", (("n", n),)), clear_s=1.0)


def _repetition(course: Course, n: int) -> Iterator[Beat]:
    """Brace, lift, stay, lower. A remark may take the place of "brace" and of the count, never that of "lift" or "lower"."""
    tempo = course.tempo
    settle_s, lift_s, top_s, lower_s = tempo.settle_s, tempo.lift_s, tempo.top_s, tempo.lower_s
    # "faster" may bring the next lift nearer, and its answer has to be over by then
    clear_s = lower_s + tempo.faster(course.numbers.tempo).settle_s
    yield Beat(settle_s, brace_cue(course), moment="brace", clear_s=settle_s)
    yield Beat(lift_s, lift_cue(course, n), tone="lift", moment="lift", clear_s=lift_s + top_s)
    if top_s > 0:
        yield Beat(top_s, top_cue(course, n), enters=Phase.HOLD, moment="hold", clear_s=top_s)
        yield Beat(lower_s, lower_cue(course, n), tone="lower", enters=Phase.SET, moment="lower", clear_s=clear_s)
    else:
        count = Line("set.count", (("n", place(course, n).n),))
        yield Beat(lower_s, count, tone="lower", moment="lower", clear_s=clear_s)


def _squeeze(course: Course, n: int) -> Iterator[Beat]:
    """Brace, squeeze, let go: the legs stay down."""
    tempo = course.tempo
    top_s = max(tempo.top_s, tempo.lift_s)
    yield Beat(tempo.settle_s, brace_cue(course), moment="brace", clear_s=tempo.settle_s)
    squeeze = Line("set.squeeze", (("n", n),))
    yield Beat(top_s, squeeze, tone="lift", enters=Phase.HOLD, moment="hold", clear_s=top_s)
    clear_s = tempo.lower_s + tempo.faster(course.numbers.tempo).settle_s
    yield Beat(tempo.lower_s, let_go_cue(course, n), tone="lower", enters=Phase.SET, moment="lower", clear_s=clear_s)
