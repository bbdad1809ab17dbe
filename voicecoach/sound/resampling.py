"""From one rate to another, whole or as a stream that never falls behind."""

import math

import numpy as np
import soxr

from voicecoach.messages.sound import Pcm, Samples

_MOST_STEPS = 6
"""Ratios of whole numbers up to this one are filtered directly; 48 kHz to 8 kHz is the widest."""
_STOPBAND_DB = 80.0
_TRANSITION = 0.2
"""Width of the filter's slope, as a part of the narrower band: 7.2 to 8.8 kHz for the ears, above what the recogniser needs."""
_CALIBRATION_S = 1
"""soxr's inner blocks are at most 0.12 s long (seen at 8 kHz), so that this sees several of them."""


def resampled(pcm: Pcm, rate_hz: int) -> Pcm:
    """`pcm` at `rate_hz`: the same length in time, without delay. The same object when nothing is to be done."""
    if pcm.rate_hz == rate_hz:
        return pcm
    samples = soxr.resample(pcm.samples, pcm.rate_hz, rate_hz, quality="HQ")
    return Pcm(np.asarray(samples, dtype=np.float32), rate_hz)


class Resampler:
    """A stream of samples from one rate to another.

    Whatever has been pushed so far, exactly as much time has come out (to the sample): a block of 20 ms in is a block of 20 ms out. What
    the filter needs to look ahead is made up by a constant `delay_samples` (counted at `to_hz`) of silence at the beginning. Where the two
    rates are in a ratio of small whole numbers (48, 24 and 16 kHz) that is 3 ms; other ratios go through soxr, which works in blocks of its
    own and costs about 40 ms. One thread.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        """Both rates in Hz, above 0."""
        self._from_hz = from_hz
        self._to_hz = to_hz
        self._pushed = 0
        self._given = 0
        divisor = math.gcd(from_hz, to_hz)
        up, down = to_hz // divisor, from_hz // divisor
        self._filter: _Same | _Fir | _Soxr
        if up == down:
            self._filter = _Same()
        elif max(up, down) <= _MOST_STEPS:
            self._filter = _Fir(up, down)
        else:
            self._filter = _Soxr(from_hz, to_hz)
        self.delay_samples: int = self._filter.delay_samples

    def push(self, samples: Samples) -> Samples:
        """Take any number of samples at `from_hz`; return those that are due at `to_hz`, shape (n,), float32."""
        self._pushed += len(samples)
        due = self._pushed * self._to_hz // self._from_hz - self._given
        self._given += due
        return self._filter.push(samples, due)


class _Same:
    delay_samples = 0

    def push(self, samples: Samples, _due: int) -> Samples:
        return samples


class _Fir:
    """A windowed sinc over the signal with `up - 1` zeros put between its samples, of which every `down`-th value is kept."""

    def __init__(self, up: int, down: int) -> None:
        slope = _TRANSITION / max(up, down)
        beta = 0.1102 * (_STOPBAND_DB - 8.7)
        wanted = math.ceil((_STOPBAND_DB - 8) / (2.285 * math.pi * slope) / 2)
        self.delay_samples = math.ceil(wanted / down)
        half = (self.delay_samples + 1) * down - 1
        at = np.arange(-half, half + 1)
        taps = np.sinc(at / max(up, down)) * np.kaiser(2 * half + 1, beta)
        self._taps = (taps * up / taps.sum()).astype(np.float32)
        self._up, self._down = up, down
        self._tail = np.zeros(2 * half, dtype=np.float32)
        self._over = 0

    def push(self, samples: Samples, due: int) -> Samples:
        spread = np.zeros(len(samples) * self._up, dtype=np.float32)
        spread[:: self._up] = samples
        signal = np.concatenate((self._tail, spread))
        first = self._down - 1 - self._over
        self._tail = signal[len(spread) :]
        self._over = (self._over + len(spread)) % self._down
        if due == 0:
            return np.zeros(0, dtype=np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(signal, len(self._taps))
        return np.asarray(windows[first :: self._down][:due] @ self._taps, dtype=np.float32)


class _Soxr:
    """soxr hands out its results in bursts; a store filled with enough silence beforehand makes an even stream of them."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self.delay_samples = _longest_wait(from_hz, to_hz)
        self._stream = soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality="HQ")
        self._store = np.zeros(self.delay_samples, dtype=np.float32)

    def push(self, samples: Samples, due: int) -> Samples:
        self._store = np.concatenate((self._store, self._stream.resample_chunk(samples)))
        short = due - len(self._store)
        if short > 0:
            self._store = np.concatenate((np.zeros(short, dtype=np.float32), self._store))
            self.delay_samples += short
        out, self._store = self._store[:due], self._store[due:]
        return out


def _longest_wait(from_hz: int, to_hz: int) -> int:
    """How many samples at `to_hz` soxr is behind at most, found by pushing silence through it in steps finer than anybody's."""
    stream = soxr.ResampleStream(from_hz, to_hz, 1, dtype="float32", quality="HQ")
    step = np.zeros(max(1, from_hz // 1000), dtype=np.float32)
    given = wait = 0
    for pushed in range(len(step), _CALIBRATION_S * from_hz, len(step)):
        given += len(stream.resample_chunk(step))
        wait = max(wait, pushed * to_hz // from_hz - given)
    return wait
