"""What the figures of the first words ask for: where microphone and speaker should stand, and how loud.

A person's voice at the microphone is usually some -26 dBFS; what is measured here is measured against that, for nobody has spoken yet.
"""

from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum

from voicecoach.coach.course import Course
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated
from voicecoach.messages.lines import Line

CLIPPED_SHARE = 0.001
"""A millisecond in every second: each syllable's peak is cut off, and no linear canceller takes out what the cutting adds."""
LOUD_DBFS = -16.0
"""10 dB above a person's usual voice: from there on more than one "stop" in twenty is lost while the coach talks."""
LATEST_MS = 300.0
"""What the canceller reaches, with 100 ms for the room."""
MOST_DRIFT_PPM = 200.0
"""Any two crystals agree better than that; more is a device that loses or makes up sound, and no canceller follows it."""
RESIDUE_DBFS = -46.0
"""20 dB below a person's usual voice: between the 24 dB at which 29 of 30 words were heard over it and the 16 dB of 22 of 30."""
DROWNING_DBFS = -32.0
"""6 dB below it: hardly a word in four is heard over that."""
OVER_NOISE_DB = 6.0
"""What is left of the coach counts only where it stands so far above the room's noise, in which it would be lost anyway."""
LOUDER_DB = 10.0
"""Twice as loud as last time: more than another cushion or an open door makes."""
LOUDER_FROM_DBFS = -26.0
"""Below a person's usual voice the coach may get as much louder as it likes."""
NOISY_DBFS = -40.0
"""A person's usual voice stands 14 dB above it; words with less than 12 count as hard to hear."""


class Flaw(StrEnum):
    """What is wrong with where microphone and speaker are, or how they are set."""

    SILENT = "silent"
    UNHEARD = "unheard"
    LATE = "late"
    DRIFTING = "drifting"
    CLIPPED = "clipped"
    LOUD = "loud"
    DROWNED = "drowned"
    ECHOING = "echoing"
    LOUDER = "louder"
    NOISY = "noisy"


LINE_OF = {
    Flaw.SILENT: "setup.silent",
    Flaw.UNHEARD: "setup.unheard",
    Flaw.LATE: "setup.late",
    Flaw.DRIFTING: "setup.drifting",
    Flaw.CLIPPED: "setup.clipped",
    Flaw.LOUD: "setup.loud",
    Flaw.DROWNED: "setup.drowned",
    Flaw.ECHOING: "setup.echoing",
    Flaw.LOUDER: "setup.louder",
    Flaw.NOISY: "setup.noisy",
}
UNSAFE = frozenset({Flaw.SILENT, Flaw.DROWNED})
"""A safety word would not be heard: always, or while the coach talks."""
UNTOLD = frozenset({Flaw.SILENT, Flaw.UNHEARD})
"""Not said then: a silent microphone is told of when no answer comes; a speaker that is off can't say it, and headphones are fine."""


def flaws_of(figures: Figures, last: Figures | None) -> tuple[Flaw, ...]:
    """What is wrong by `figures`, causes before what comes of them. `last` are those of the last time with the same devices."""
    if figures.zero_share >= 1.0:
        return (Flaw.SILENT,)
    return tuple(flaw for flaw, holds in _SIGNS.items() if holds(figures, last))


def placed(event: Calibrated, course: Course) -> dict[str, object]:
    """Has the first flaw told before the person lies down, and gives what the log is to keep."""
    flaws = flaws_of(event.figures, event.last)
    course.deaf = Flaw.SILENT in flaws
    for flaw in [flaw for flaw in flaws if flaw not in UNTOLD][:1]:
        course.put_off(Line(LINE_OF[flaw]))
    return {**asdict(event.figures), "flaws": [flaw.value for flaw in flaws]}


def _left_over(figures: Figures, level_dbfs: float) -> bool:
    residue_dbfs = figures.residue_dbfs
    return residue_dbfs is not None and residue_dbfs > max(level_dbfs, figures.noise_dbfs + OVER_NOISE_DB)


def _louder(figures: Figures, last: Figures | None) -> bool:
    if last is None or last.coach_dbfs is None or figures.coach_dbfs is None:
        return False
    return figures.coach_dbfs > LOUDER_FROM_DBFS and figures.coach_dbfs - last.coach_dbfs >= LOUDER_DB


_SIGNS: dict[Flaw, Callable[[Figures, Figures | None], bool]] = {
    Flaw.UNHEARD: lambda figures, _: figures.delay_ms is None,
    Flaw.LATE: lambda figures, _: figures.delay_ms is not None and figures.delay_ms > LATEST_MS,
    Flaw.DRIFTING: lambda figures, _: figures.drift_ppm is not None and abs(figures.drift_ppm) > MOST_DRIFT_PPM,
    Flaw.CLIPPED: lambda figures, _: figures.clipped_share > CLIPPED_SHARE,
    Flaw.LOUD: lambda figures, _: figures.coach_dbfs is not None and figures.coach_dbfs > LOUD_DBFS,
    Flaw.DROWNED: lambda figures, _: _left_over(figures, DROWNING_DBFS),
    Flaw.ECHOING: lambda figures, _: _left_over(figures, RESIDUE_DBFS) and not _left_over(figures, DROWNING_DBFS),
    Flaw.LOUDER: _louder,
    Flaw.NOISY: lambda figures, _: figures.noise_dbfs > NOISY_DBFS,
}
