"""Takes the coach's own voice out of the microphone.

A linear canceller and nothing after it: the suppressors that follow one in telephones swallow a short word spoken over the coach, and that
word may be "stop". libspeexdsp does it where Debian's package is installed, a filter in numpy where it isn't.
"""

import ctypes
import ctypes.util
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, Samples

BLOCK_SAMPLES = EARS_RATE_HZ * BLOCK_MS // 1000
TAIL_MS = 400
"""Up to 300 ms between the played sample and its echo in the microphone, and 100 ms of room after it."""

TAIL_BLOCKS = TAIL_MS // BLOCK_MS
LOUDER_BLOCKS_ALLOWED = 25
"""Half a second of an output louder than the microphone is a filter that has gone astray, and not a door that slammed."""


class EchoFilter(Protocol):
    """A linear echo canceller for blocks of BLOCK_SAMPLES."""

    name: str

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without what it has of `played`."""

    def forget(self) -> None:
        """Begin anew."""


class SpeexFilter:
    """libspeexdsp's multi-delay block filter. OSError when the library isn't there."""

    name = "speexdsp"

    def __init__(self) -> None:
        self._lib = ctypes.CDLL(ctypes.util.find_library("speexdsp") or "libspeexdsp.so.1")
        self._lib.speex_echo_state_init.restype = ctypes.c_void_p
        for function in ("speex_echo_ctl", "speex_echo_state_reset", "speex_echo_state_destroy", "speex_echo_cancellation"):
            getattr(self._lib, function).restype = None
        self._state = ctypes.c_void_p(self._lib.speex_echo_state_init(BLOCK_SAMPLES, EARS_RATE_HZ * TAIL_MS // 1000))
        set_sampling_rate = 24  # SPEEX_ECHO_SET_SAMPLING_RATE in speex_echo.h
        self._lib.speex_echo_ctl(self._state, set_sampling_rate, ctypes.byref(ctypes.c_int(EARS_RATE_HZ)))

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without what it has of `played`."""
        near, far, out = _int16(microphone), _int16(played), np.empty(BLOCK_SAMPLES, np.int16)
        self._lib.speex_echo_cancellation(
            self._state, ctypes.c_void_p(near.ctypes.data), ctypes.c_void_p(far.ctypes.data), ctypes.c_void_p(out.ctypes.data)
        )
        return (out / np.float32(32768)).astype(np.float32)

    def forget(self) -> None:
        """Begin anew."""
        self._lib.speex_echo_state_reset(self._state)

    def __del__(self) -> None:
        if hasattr(self, "_state"):
            self._lib.speex_echo_state_destroy(self._state)


class NumpyFilter:
    """A partitioned-block frequency-domain filter with two sets of weights.

    One set learns in every block in which something is played, also while the person speaks and spoils it; the other is used, and takes
    the learner's weights only when they have served better for a while.
    """

    name = "numpy"
    STEP = 0.35
    """Of the full correction, each block: quick enough to settle within the greeting, slow enough that one word of the person undoes
    little."""
    BETTER = 0.9
    WORSE = 4.0
    """The learner's error power against the used one's: below the first it takes over, above the second it starts again from what is
    used."""
    SMOOTHING = 0.85
    """Error powers are averaged over some 130 ms, about a syllable."""
    FAR_FLOOR = (320 * 1e-3) ** 2
    """Energy of a played spectrum below which there is nothing to learn from: about -60 dBFS."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        bins = BLOCK_SAMPLES + 1
        self._far: NDArray[np.complex128] = np.zeros((TAIL_BLOCKS, bins), np.complex128)
        self._used = np.zeros_like(self._far)
        self._learner = np.zeros_like(self._far)
        self._power = np.zeros(bins)
        self._last = np.zeros(BLOCK_SAMPLES)
        self._errors = (0.0, 0.0)
        self._turn = 0

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without what it has of `played`."""
        far = np.fft.rfft(np.concatenate([self._last, played]))
        self._last = played.astype(np.float64)
        self._far = np.roll(self._far, 1, axis=0)
        self._far[0] = far
        energy = (np.abs(self._far) ** 2).sum(axis=0)
        self._power = np.maximum(energy, 0.7 * self._power)
        used = microphone - np.fft.irfft((self._used * self._far).sum(axis=0))[BLOCK_SAMPLES:]
        learning = microphone - np.fft.irfft((self._learner * self._far).sum(axis=0))[BLOCK_SAMPLES:]
        if energy.sum() > self.FAR_FLOOR:
            self._learn(learning)
            self._compare(float(used @ used), float(learning @ learning))
        return used.astype(np.float32)

    def _learn(self, error: NDArray[np.float64]) -> None:
        spectrum = np.fft.rfft(np.concatenate([np.zeros(BLOCK_SAMPLES), error]))
        self._learner += self.STEP * np.conj(self._far) * (spectrum / (self._power + self._power.mean() * 1e-2 + 1e-9))
        # Only one partition a block is brought back to a causal filter of its length: the others wait their turn, at a twentieth of the
        # cost.
        impulse = np.fft.irfft(self._learner[self._turn])
        impulse[BLOCK_SAMPLES:] = 0.0
        self._learner[self._turn] = np.fft.rfft(impulse)
        self._turn = (self._turn + 1) % TAIL_BLOCKS

    def _compare(self, used: float, learning: float) -> None:
        keep = self.SMOOTHING
        self._errors = (keep * self._errors[0] + (1 - keep) * used, keep * self._errors[1] + (1 - keep) * learning)
        if self._errors[1] < self.BETTER * self._errors[0]:
            self._used = self._learner.copy()
            self._errors = (self._errors[1], self._errors[1])
        elif self._errors[1] > self.WORSE * self._errors[0]:
            self._learner = self._used.copy()
            self._errors = (self._errors[0], self._errors[0])


def best_filter() -> EchoFilter:
    """Libspeexdsp's filter, or numpy's where that library isn't installed."""
    try:
        return SpeexFilter()
    except OSError:
        return NumpyFilter()


class EchoCanceller:
    """Cancels, and does no harm.

    While nothing has been played for the filter's length the microphone passes untouched; what comes out is never louder than what went
    in; a filter that keeps making it louder begins anew. One thread.
    """

    def __init__(self, echo_filter: EchoFilter | None = None) -> None:
        self._filter = echo_filter or best_filter()
        self._silent_blocks = TAIL_BLOCKS
        self._louder_blocks = 0

    @property
    def name(self) -> str:
        """Which filter is at work: "speexdsp" or "numpy"."""
        return self._filter.name

    @property
    def playing(self) -> bool:
        """Whether there may be an echo in the microphone now."""
        return self._silent_blocks < TAIL_BLOCKS

    def forget(self) -> None:
        """Begin anew: what was learned belongs to another microphone, or to none."""
        self._filter.forget()
        self._louder_blocks = 0

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """The microphone without the coach's voice, `played` being what the speaker gave out meanwhile. Both BLOCK_SAMPLES long."""
        self._silent_blocks = 0 if played.any() else min(self._silent_blocks + 1, TAIL_BLOCKS)
        if not self.playing:
            return microphone
        cleaned = self._filter.cancel(microphone, played)
        if float(cleaned @ cleaned) <= float(microphone @ microphone):
            self._louder_blocks = max(0, self._louder_blocks - 1)
            return cleaned
        self._louder_blocks += 1
        if self._louder_blocks > LOUDER_BLOCKS_ALLOWED:
            self._filter.forget()
            self._louder_blocks = 0
        return microphone


def _int16(samples: Samples) -> NDArray[np.int16]:
    return np.ascontiguousarray(np.clip(samples, -1.0, 1.0) * 32767.0, dtype=np.float32).astype(np.int16)
