"""The way of the coach's sound from the loudspeaker to the microphone, as streams that keep their state."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, VOICE_BLOCK, VOICE_RATE_HZ, Samples

_HALF = 32
"""Half the width of the interpolating sinc, in samples at VOICE_RATE_HZ: also the least delay, 1.3 ms, about what 45 cm of air cost."""

_PHASES = 4096
"""Positions between two samples that the table knows: errors stay below -80 dB."""

_CUTOFF = 7400 / (VOICE_RATE_HZ / 2)
"""Of the speaker's band: what is above half of EARS_RATE_HZ has to be gone, and a sinc this wide needs about 1 kHz for it."""


def _sinc_table() -> Samples:
    offsets = np.arange(-_HALF + 1, _HALF + 1) - np.arange(_PHASES)[:, None] / _PHASES
    window = np.i0(8.0 * np.sqrt(np.clip(1 - (offsets / _HALF) ** 2, 0, None))) / np.i0(8.0)
    taps = _CUTOFF * np.sinc(_CUTOFF * offsets) * window
    table: Samples = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return table


class Retimed:
    """Speaker sound (VOICE_RATE_HZ) as a microphone's clock (EARS_RATE_HZ) samples it, `delay_ms` later.

    `drift_ppm` is by how much the microphone's clock runs faster than the speaker's: the delay grows by as much, or shrinks if negative.
    Where a shrinking delay would need sound that hasn't been played yet, a block is slipped, as sound drivers do when a buffer runs dry.
    """

    def __init__(self, delay_ms: float = 0.0, drift_ppm: float = 0.0) -> None:
        self._table = _sinc_table()
        self._delay = max(delay_ms * VOICE_RATE_HZ / 1000, float(_HALF))
        self._step = VOICE_RATE_HZ / EARS_RATE_HZ / (1 + drift_ppm * 1e-6)
        self._made = 0
        self._first = -round(self._delay) - 2 * _HALF - VOICE_BLOCK
        self._history: Samples = np.zeros(-self._first, np.float32)

    def push(self, played: Samples) -> Samples:
        """Take a block of 480 samples, give the 320 that the microphone takes meanwhile."""
        self._history = np.concatenate([self._history, played])
        end = self._first + len(self._history)
        while self._position(self._made + EARS_BLOCK - 1) + _HALF >= end:
            self._delay += VOICE_BLOCK
        positions = self._position(np.arange(self._made, self._made + EARS_BLOCK))
        self._made += EARS_BLOCK
        steps = np.rint(positions * _PHASES).astype(np.int64)
        starts = steps // _PHASES - _HALF + 1 - self._first
        windows = sliding_window_view(self._history, 2 * _HALF)[starts]
        heard: Samples = np.einsum("ij,ij->i", windows, self._table[steps % _PHASES])
        self._forget(int(positions[0]) - 2 * _HALF - VOICE_BLOCK)
        return heard

    def _position(self, made: NDArray[np.int64] | int) -> NDArray[np.float64]:
        return np.asarray(made * self._step - self._delay, np.float64)

    def _forget(self, before: int) -> None:
        if before - self._first > VOICE_RATE_HZ:
            self._history = self._history[before - self._first :].copy()
            self._first = before


class Reverb:
    """Streaming convolution with an impulse response at EARS_RATE_HZ, in blocks of 320 samples, without delay of its own."""

    def __init__(self, response: Samples) -> None:
        parts = np.pad(response, (0, -len(response) % EARS_BLOCK)).reshape(-1, EARS_BLOCK)
        self._filters = np.fft.rfft(parts, 2 * EARS_BLOCK, axis=1).astype(np.complex64)
        self._spectra = np.zeros((2 * len(parts), EARS_BLOCK + 1), np.complex64)
        self._before: Samples = np.zeros(EARS_BLOCK, np.float32)
        self._newest = 0

    def push(self, dry: Samples) -> Samples:
        """320 samples in, the 320 that belong to the same time out."""
        count = len(self._filters)
        spectrum = np.fft.rfft(np.concatenate([self._before, dry]))
        self._before = dry
        self._newest = (self._newest - 1) % count
        # Kept twice, so that the newest `count` blocks always lie in one piece.
        self._spectra[self._newest] = self._spectra[self._newest + count] = spectrum
        recent = self._spectra[self._newest : self._newest + count]
        wet = np.fft.irfft(np.einsum("ij,ij->j", recent, self._filters))
        return wet[EARS_BLOCK:].astype(np.float32)
