"""Takes the coach's own voice out of the microphone.

A linear canceller and nothing after it: the suppressors that follow one in telephones swallow a short word spoken over the coach, and that
word may be "stop". Where microphone and speaker have clocks of their own, the reference follows their drift (drift.py, reference.py), so
that the filter (echo_filter.py) sees a path that stays.

Why no library: with one clock libspeexdsp takes out as much, at 20 ppm of drift less than half (benchmarks/echo measures it where it is
installed), and its inner state can't be shifted when the reference jumps. Others' suppressors cost most of the words.
"""

from typing import Protocol

import numpy as np

from voicecoach.ears.drift import DriftMeter
from voicecoach.ears.echo_filter import TAIL_BLOCKS, EchoFilter
from voicecoach.ears.reference import Reference
from voicecoach.messages.sound import EARS_BLOCK, Samples

LOUDER = 1.25
SMOOTHING = 0.96
"""A filter behind which it is 1 dB louder than in the microphone, by energy over half a second, knows another room than this: the speaker
was carried away. A voice or a door adds to both alike."""
SETTLING_BLOCKS = 50
"""In its first second a filter may be wrong."""
ONE_CLOCK_PPM = 2.0
"""Less drift the filter follows by itself, and one clock's sound stays as it is, sample for sample."""


class Canceller(Protocol):
    """What the ears need of one."""

    @property
    def playing(self) -> bool:
        """Whether there may be an echo in the microphone now."""

    @property
    def drift_ppm(self) -> float | None:
        """By how much the microphone's clock runs faster than the speaker's, if that is known."""

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without the coach's voice. Both EARS_BLOCK long."""


class EchoCanceller:
    """Cancels, and does no harm.

    While nothing has been played for the filter's length the microphone passes untouched; what comes out is never louder than what went
    in; a filter that makes it louder for long begins anew. One thread.
    """

    def __init__(self, echo_filter: EchoFilter | None = None, drift_ppm: float = 0.0) -> None:
        """`drift_ppm`: what is known of the two clocks from the last time, so that the filter settles as fast as with one."""
        self._filter = echo_filter or EchoFilter()
        self._meter, self._reference = DriftMeter(), Reference(EARS_BLOCK)
        self._drift_ppm = drift_ppm
        self._silent_blocks = TAIL_BLOCKS
        self._age_blocks = 0
        self._before = self._behind = 0.0

    @property
    def playing(self) -> bool:
        """Whether there may be an echo in the microphone now."""
        return self._silent_blocks < TAIL_BLOCKS

    @property
    def drift_ppm(self) -> float | None:
        """By how much the microphone's clock runs faster than the speaker's; None as long as that isn't known."""
        return self._meter.ppm

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without the coach's voice, `played` being what the speaker gave out meanwhile. Both EARS_BLOCK long."""
        self._silent_blocks = 0 if played.any() else min(self._silent_blocks + 1, TAIL_BLOCKS)
        if not np.ptp(microphone):
            return microphone  # muted or gone: what isn't there is not to be learned
        self._meter.add(microphone, played)
        self._drift_ppm = self._drift_ppm if self._meter.ppm is None else self._meter.ppm
        drift_ppm = self._drift_ppm
        reference, jump = self._reference.push(played, drift_ppm if abs(drift_ppm) > ONE_CLOCK_PPM else 0.0, quiet=not self.playing)
        if not self.playing and not jump:
            return microphone
        cleaned = self._filter.cancel(microphone, reference, jump)
        before, behind = float(microphone @ microphone), float(cleaned @ cleaned)
        self._watch(before, behind)
        return cleaned if behind <= before else microphone

    def _watch(self, before: float, behind: float) -> None:
        """Let a filter that has gone astray begin anew. Energies of one block."""
        self._age_blocks += 1
        self._before = SMOOTHING * self._before + before
        self._behind = SMOOTHING * self._behind + behind
        if self._behind > LOUDER * self._before and self._age_blocks > SETTLING_BLOCKS:
            self._filter.find_again()
            self._meter.forget()
            self._age_blocks = 0
