"""The arithmetic of the mixer: fading, sounds on top, loudness, the limit. Only the pulling thread comes here."""

import numpy as np

from voicecoach.messages.sound import Samples
from voicecoach.voice.finish import PEAK

CEILING = 10 ** (-1 / 20)
"""-1 dBFS, never exceeded: leaves room for what a device's own resampling overshoots."""


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

    def __init__(self, ramp: int) -> None:
        self._ramp = ramp
        self._gain = self._target = 1.0
        self._left = 0

    def aim(self, gain: float) -> None:
        """Reach the factor `gain` within the ramp."""
        self._target, self._left = gain, self._ramp

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
