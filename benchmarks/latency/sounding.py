"""What is measured in a track of the speaker's: when it falls silent, how it fades, where the cues really are. All at VOICE_RATE_HZ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.recorded import found_at
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples
from voicecoach.rehearsal.levels import gain

QUIET = gain(-60)
MILLISECOND = VOICE_RATE_HZ // 1000
BEFORE_SAMPLES, FADING_SAMPLES = 60 * MILLISECOND, 30 * MILLISECOND
STEP = 3 / 32768
"""More than rounding to 16 bits makes of a sample."""
AUDIBLE = gain(-40)
"""Of the sentence where it is cut: a fade in a pause can't be measured."""
NEAR_SAMPLES = VOICE_RATE_HZ // 2
ALIKE = 0.5
"""A sentence with a tone on top is more like itself than this; anything else is less."""

Rendered = Callable[[str], Samples]
"""A sentence's sound, from the shelf."""
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fade:
    """How a sentence was cut: how long it took, and the roughest step in it against the roughest of the same words uncut."""

    length_ms: float
    click: float


def samples_of(at_s: float) -> int:
    """Where a moment of the log is in the track."""
    return round(at_s * VOICE_RATE_HZ)


def last_sound(track: Samples, begin: int, end: int) -> int:
    """The first sample of [begin, end) from which on all is silent."""
    loud = np.flatnonzero(np.abs(track[begin:end]) >= QUIET)
    return begin + int(loud[-1]) + 1 if len(loud) else begin


def first_sound(track: Samples, begin: int) -> int:
    """The first sample from `begin` on that isn't silent; the track's length if there is none."""
    loud = np.flatnonzero(np.abs(track[begin:]) >= QUIET)
    return begin + int(loud[0]) if len(loud) else len(track)


def fade(track: Samples, began: int, ended: int, whole: Samples) -> Fade | None:
    """The fade of the line in [began, ended), `whole` being its sound uncut. None where nothing was to be heard just then."""
    heard, uncut = track[began:ended], whole[: ended - began]
    other = np.flatnonzero(np.abs(heard[: len(uncut)] - uncut) > STEP)
    if not len(other):
        return None
    silent = last_sound(track, began + int(other[0]), ended)
    cut = _fades_from(heard[: len(uncut)], uncut, silent - began)
    if cut is None:
        return None
    around = slice(max(cut - 2, 0), None)
    rough = float(np.abs(np.diff(np.append(heard[around], 0.0), 2)).max(initial=0.0))
    return Fade((silent - began - cut) / VOICE_RATE_HZ * 1000, rough / float(np.abs(np.diff(whole, 2)).max()))


def _fades_from(heard: Samples, uncut: Samples, silent: int) -> int | None:
    """Where it falls below what it was before, be that lowered already for who speaks. None where nothing was to be heard just then."""
    gains = []
    for at in range(max(silent - BEFORE_SAMPLES, 0), silent, MILLISECOND):
        there = float(np.sqrt(np.mean(uncut[at : at + MILLISECOND] ** 2)))
        gains.append((at, float(np.sqrt(np.mean(heard[at : at + MILLISECOND] ** 2))) / there if there > AUDIBLE else float("nan")))
    usual = [gain for at, gain in gains if at < silent - FADING_SAMPLES and not np.isnan(gain)]
    if not usual:
        return None
    return max((at for at, gain in gains if gain >= 0.95 * float(np.median(usual))), default=None)


def onsets(track: Samples, events: Sequence[Event], rendered: Rendered, offset: int = 0) -> list[tuple[float, int]]:
    """For each cue: its moment on the grid in seconds, and by how many samples its sound is later than that and `offset`.

    A cue is the line that begins with a moment of a repetition. One that isn't found in the track is left out.
    """
    begun = {event["at_s"]: event["text"] for event in events if event["event"] == "line_started"}
    found = []
    for event in events:
        at_s = event["at_s"]
        if event["event"] == "rep" and at_s in begun:
            due = samples_of(at_s) + offset
            at, alike = found_at(track, rendered(begun[at_s]), due, NEAR_SAMPLES)
            if alike >= ALIKE:
                found.append((at_s, at - due))
    return found
