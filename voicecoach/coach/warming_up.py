"""The warm-up, and what its parts have in common with those of the cool-down. It can be left at any moment and begun again where it was."""

from collections.abc import Iterator, Sequence
from itertools import chain

from voicecoach.coach.course import Course
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Tempo
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Beat, Enter, Script, Speak
from voicecoach.coach.training import Moment, Part
from voicecoach.messages.lines import Line

FEWEST = 2
"""Once is no exercise; and "one breaths" is no English."""


def warm_up(course: Course) -> Script:
    """The parts of exercises.toml, as often as warm_up_s gives time for."""
    parts = warm_up_parts(course)
    if course.part == 0 and any(count for _, count in parts):
        yield from once(course, "warm_up.begin")
    for index, (part, count) in enumerate(parts):
        yield from put_off(course)
        if index >= course.part and count:
            yield Speak(Line(part.say, (("count", count),)))
            yield from counted(part, count, course.tempo)
        course.part = max(course.part, index + 1)
    yield Enter(Phase.SET)


def warm_up_parts(course: Course) -> list[tuple[Part, int]]:
    """The parts of today's warm-up, and how often each is done."""
    training, kept = course.curriculum.training, course.amounts.parts
    share = course.plan.warm_up_s * course.amounts.warm_up / training.warm_up_full_s
    return shared([part for part in training.warm_up if part.id in kept or not kept], share)


def shared(parts: Sequence[Part], share: float) -> list[tuple[Part, int]]:
    """How often each part is done where there is time for `share` of them all."""
    return [(part, max(FEWEST, round(part.count * share)) if share else 0) for part in parts]


def counted(part: Part, count: int, tempo: Tempo) -> Iterator[Beat]:
    """The part on the grid, so many times."""
    lengths = [_seconds(moment, tempo) for moment in part.beats]
    for n in range(1, count + 1):
        for index, moment in enumerate(part.beats):
            clear_s = _clear_s(part.beats, lengths, index)
            yield Beat(lengths[index], _cue(moment, n), tone=moment.tone, clear_s=clear_s)


def _cue(moment: Moment, n: int) -> Line | None:
    if moment.counts and (n > 1 or not moment.say):
        return Line(moment.counts, (("n", n),))
    return Line(moment.say) if moment.say else None


def _seconds(moment: Moment, tempo: Tempo) -> float:
    named = {"settle": tempo.settle_s, "lift": tempo.lift_s, "top": tempo.top_s, "lower": tempo.lower_s}
    return named[moment.takes] if isinstance(moment.takes, str) else moment.takes


def _clear_s(moments: Sequence[Moment], lengths: Sequence[float], index: int) -> float | None:
    """How long it is from the beginning of that moment to the next cue that may not be lost, once around; None: there is none."""
    until_s = 0.0
    for after in chain(range(index, len(moments)), range(index + 1)):
        if until_s and moments[after].tone:
            return until_s
        until_s += lengths[after]
    return None
