"""The arithmetic of the mixer: fading, sounds on top, loudness, the limit. Only the pulling thread comes here."""

import numpy as np

from voicecoach.messages.sound import Samples
from voicecoach.voice.finish import PEAK

CEILING = 10 ** (-1 / 20)
"""-1 dBFS, never exceeded: leaves room for what a device's own resampling overshoots."""

DUCK_DB = 12.0
"""A quarter of the amplitude: the person's word stands out of the echo, and the coach is still understood."""
DUCK_DOWN_MS = 30
"""At once for the ear, and no click."""
DUCK_HOLD_MS = 300
"""After it was last asked for: three of the ears' looks at the microphone, should one come late."""
DUCK_BACK_MS = 200
"""As long as the pause after a hush, so that what is said next is as loud as ever from its first sample on."""


class Tones:
    """Sounds mixed on top."""

    def __init__(self, fade: int) -> None:
        self._fade = fade
        self._waiting: list[tuple[Samples, int]] = []
        self._sounding: list[Samples] = []

    def add(self, samples: Samples, at_sample: int | None) -> None:
        """Play `samples` from `at_sample` on, or from the next mix on."""
        self._waiting.append((samples, at_sample or 0))

    def hush(self) -> None:
        """Fade what sounds, forget what doesn't yet."""
        self._waiting = []
        self._sounding = [faded(samples, self._fade) for samples in self._sounding]

    def mix(self, block: Samples, position: int) -> None:
        """Add what sounds during `block`, which begins at sample `position`."""
        until = position + len(block)
        due = [(samples, max(start, position)) for samples, start in self._waiting if start < until]
        self._waiting = [(samples, start) for samples, start in self._waiting if start >= until]
        left = []
        for samples, start in [*((samples, position) for samples in self._sounding), *due]:
            count = min(len(samples), until - start)
            block[start - position : start - position + count] += samples[:count]
            left.append(samples[count:])
        self._sounding = [samples for samples in left if len(samples)]


class Loudness:
    """A gain that changes without a click."""

    def __init__(self) -> None:
        self._gain = self._target = 1.0
        self._left = 0

    def aim(self, gain: float, within: int) -> None:
        """Reach the factor `gain` in `within` samples."""
        self._target, self._left = gain, within

    def apply(self, block: Samples) -> Samples:
        """The block at the present loudness."""
        gains = np.full(len(block), self._target)
        count = min(self._left, len(block))
        if count:
            step = (self._target - self._gain) / self._left
            gains[:count] = self._gain + step * np.arange(1, count + 1)
            self._gain += step * count
            self._left -= count
        return np.asarray(block * gains, np.float32)


class Ducking:
    """Lower while somebody speaks over it. Ends by itself, so that nobody's failure leaves the coach quiet."""

    def __init__(self, rate_hz: int) -> None:
        self._down, self._hold, self._back = (rate_hz * length // 1000 for length in (DUCK_DOWN_MS, DUCK_HOLD_MS, DUCK_BACK_MS))
        self._loudness = Loudness()
        self._left = 0

    def renew(self) -> bool:
        """Be low from now on for DUCK_HOLD_MS. Whether it wasn't already."""
        began = self._left == 0
        if began:
            self._loudness.aim(10 ** (-DUCK_DB / 20), self._down)
        self._left = self._hold
        return began

    def release(self) -> None:
        """Come back, now."""
        if self._left:
            self._left = 0
            self._loudness.aim(1.0, self._back)

    def apply(self, block: Samples) -> Samples:
        """The block at the present loudness; the way back begins on its sample."""
        count = min(self._left, len(block))
        low = self._loudness.apply(block[:count])
        if count < self._left:
            self._left -= count
        else:
            self.release()
        return np.concatenate([low, self._loudness.apply(block[count:])])


def faded(samples: Samples, fade: int) -> Samples:
    """The first `fade` samples, falling to silence along half a cosine."""
    ramp = (1 + np.cos(np.pi * np.arange(1, fade + 1) / fade)) / 2
    return np.asarray(samples[:fade] * ramp[: len(samples)], np.float32)


def limited(block: Samples) -> Samples:
    """The block itself up to -3 dBFS, bent softly towards -1 dBFS above; each sample by itself, so blocks don't matter."""
    size = np.abs(block)
    if not np.any(size > PEAK):
        return block
    room = CEILING - PEAK
    bent = np.sign(block) * (PEAK + room * np.tanh((size - PEAK) / room))
    return np.where(size > PEAK, bent, block).astype(np.float32)
