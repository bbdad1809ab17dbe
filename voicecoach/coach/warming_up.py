"""The warm-up. It can be left at any moment and begun again where it was."""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Beat, Enter, Script, Speak
from voicecoach.messages.lines import Line

WARM_UP_FULL_S = 240.0
"""What the parts below take at their full counts, so that warm_up_s scales them."""
BREATH_IN_S, BREATH_OUT_S = 4.0, 5.0
TILT_S = 5.0
SQUEEZE_S, SQUEEZE_REST_S = 3.0, 3.0
WARM_UP_PARTS = (("warm_up.breaths", 5), ("warm_up.tilts", 8), ("warm_up.squeezes", 10), ("warm_up.lifts", 5))
"""The parts and their full counts [J]: breaths, pelvic tilts, glute squeezes 10 x 3 s, half-height lifts."""
MOST_IN_WARM_UP = max(count for _, count in WARM_UP_PARTS)
"""With the usual warm_up_s: the highest number that is counted to in it."""
FEWEST = 2
"""Once is no exercise; and "one breaths" is no English."""


def warm_up(course: Course) -> Script:
    """Breaths, tilts, squeezes and half-height lifts, as many as warm_up_s gives time for."""
    share = course.plan.warm_up_s / WARM_UP_FULL_S
    parts = [(name, max(FEWEST, round(count * share)) if share else 0) for name, count in WARM_UP_PARTS]
    yield from put_off(course)
    if course.part == 0 and any(count for _, count in parts):
        yield Speak(Line("warm_up.begin"))
    for index, (name, count) in enumerate(parts):
        if index >= course.part and count:
            yield Speak(Line(name, (("count", count),)))
            yield from _counted_part(name, count, course)
        course.part = max(course.part, index + 1)
    yield Enter(Phase.SET)


def _counted_part(name: str, count: int, course: Course) -> Iterator[Beat]:
    for n in range(1, count + 1):
        if name == "warm_up.breaths":
            yield Beat(BREATH_IN_S, Line("breath.in"))
            yield Beat(BREATH_OUT_S, Line("breath.out"))
        elif name == "warm_up.tilts":
            yield Beat(TILT_S, Line("warm_up.tilt" if n == 1 else "set.count", () if n == 1 else (("n", n),)))
        elif name == "warm_up.squeezes":
            yield Beat(SQUEEZE_S, Line("warm_up.squeeze", (("n", n),)), tone="lift", clear_s=SQUEEZE_S)
            yield Beat(SQUEEZE_REST_S, Line("warm_up.release"), tone="lower", clear_s=SQUEEZE_REST_S)
        else:
            tempo = course.tempo
            yield Beat(tempo.settle_s, clear_s=tempo.settle_s)
            yield Beat(tempo.lift_s, Line("warm_up.half_lift"), tone="lift", clear_s=tempo.lift_s)
            yield Beat(tempo.lower_s, Line("set.lower"), tone="lower", clear_s=tempo.lower_s + tempo.settle_s)
