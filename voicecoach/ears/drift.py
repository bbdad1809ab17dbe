"""How much faster one sound card's clock runs than another's, heard from the coach's own echo.

Microphone and speaker on two devices disagree by some millionths. The echo then slides slowly away from what was played, and a filter that
expects it where it was takes out less and less: 20 ppm cost it half of its worth. Where the echo lies in one stretch of sound is
compared with where it lies in stretches some seconds apart; what the room makes of a sound is the same in both and falls out, so that no
filter has to have settled before. The mean of two such stretches is found to a hundredth of a sample.

After A. Chinaev, P. Thüne and G. Enzner, "Double-cross-correlation processing for blind sampling-rate and time-offset estimation" (2021).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.sound import EARS_RATE_HZ, Samples

FRAME_SAMPLES = 8192
"""Half a second: 300 ms of delay and the beginning of a room fit in, and at 100 ppm the echo slides by less than a sample."""
HOP_SAMPLES = FRAME_SAMPLES // 2
STRETCH_FRAMES = 4
"""Frames that are taken together, 1.3 s without a pause: one word's spectrum has holes, a sentence's hardly any."""
LONGEST_STRETCH_S = 3.0
APART_S = (2.0, 4.0, 8.0, 16.0, 32.0)
"""Stretches are compared with earlier ones about so far away: the near ones give a first guess, the far ones the last digits."""
KEPT_S = 50.0
BELIEVED_S = 30.0
"""Comparisons older than this are forgotten: clocks wander as they grow warm."""
REACH_SAMPLES = 16
"""Between two stretches the echo may have slid by so much more than was thought: 500 ppm over 2 s, five times what cheap clocks do."""
OVERSAMPLED = 4
WHITENED = 0.7
"""Between the plain cross-spectrum (0), in which vowels drown everything, and the pure phase (1), in which noise does."""
AUDIBLE = 1e-6
"""Mean square of 16 ms of played sound that count as talk: -60 dBFS."""
LEAST_COMPARISONS = 6
SPREAD_PPM = 1.0
SPREAD_SHARE = 0.1
"""Comparisons that scatter by more than this contradict each other: something has moved, or the echo drowns in noise."""
CLEAR = 0.04
"""How much of two stretches' spectra has to agree on where the echo lies. With no echo at all it is 0.015, with one as loud as the room's
noise 0.08 and more."""

Spectrum = NDArray[np.complex128]


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    at_s: float
    cross: Spectrum


@dataclass(frozen=True, slots=True)
class _Comparison:
    at_s: float
    apart_s: float
    ppm: float
    clear: float


class DriftMeter:
    """Takes blocks of any one length, says `ppm`. One thread. Half a percent of a core of this machine while the coach talks."""

    def __init__(self) -> None:
        self._microphone = np.zeros(FRAME_SAMPLES)
        self._played = np.zeros(FRAME_SAMPLES)
        self._window = np.hanning(FRAME_SAMPLES)
        self._omega = 2 * np.pi * np.arange(FRAME_SAMPLES // 2 + 1) / FRAME_SAMPLES
        self._frames: deque[_Stretch] = deque(maxlen=STRETCH_FRAMES)
        self._stretches: deque[_Stretch] = deque()
        self._comparisons: deque[_Comparison] = deque()
        self._taken = 0
        self._guess_ppm = 0.0
        self.ppm: float | None = None
        """By how much the microphone's clock runs faster than the speaker's; None while nobody knows."""

    def add(self, microphone: Samples, played: Samples) -> None:
        """The next block of both at 16 kHz, equally long: what was captured, and what was played meanwhile."""
        count = len(microphone)
        for kept, new in ((self._microphone, microphone), (self._played, played)):
            kept[:-count] = kept[count:]
            kept[-count:] = new
        hops = self._taken // HOP_SAMPLES
        self._taken += count
        if self._taken // HOP_SAMPLES != hops and self._taken >= FRAME_SAMPLES:
            self._take_frame(self._taken / EARS_RATE_HZ)

    def forget(self) -> None:
        """The echo has jumped: what comes isn't to be compared with what was. The drift itself is still believed."""
        self._frames.clear()
        self._stretches.clear()

    def _take_frame(self, now_s: float) -> None:
        talk = (self._played.reshape(-1, 256) ** 2).mean(axis=1) > AUDIBLE
        if talk.mean() < 0.5:
            return
        cross = np.conj(np.fft.rfft(self._played * self._window)) * np.fft.rfft(self._microphone * self._window)
        self._frames.append(_Stretch(now_s, cross))
        if len(self._frames) == STRETCH_FRAMES and now_s - self._frames[0].at_s <= LONGEST_STRETCH_S:
            self._take_stretch()

    def _take_stretch(self) -> None:
        at_s = sum(frame.at_s for frame in self._frames) / STRETCH_FRAMES
        cross = sum((frame.cross * self._slid(frame.at_s - at_s) for frame in self._frames), np.zeros(len(self._omega), np.complex128))
        size = np.abs(cross)
        stretch = _Stretch(at_s, cross / (size + 1e-9 * size.max() + 1e-30) ** WHITENED)
        for apart_s in APART_S:
            near = [one for one in self._stretches if 0.75 * apart_s <= at_s - one.at_s < 1.5 * apart_s]
            if near:
                self._compare(min(near, key=lambda one: abs(at_s - one.at_s - apart_s)), stretch)
        self._stretches.append(stretch)
        while at_s - self._stretches[0].at_s > KEPT_S:
            self._stretches.popleft()
        while self._comparisons and at_s - self._comparisons[0].at_s > BELIEVED_S:
            self._comparisons.popleft()
        self._conclude()

    def _slid(self, for_s: float) -> Spectrum:
        """Takes back from a cross-spectrum what the guessed drift has done to it in `for_s`."""
        return np.asarray(np.exp(1j * self._omega * (for_s * EARS_RATE_HZ * self._guess_ppm * 1e-6)))

    def _compare(self, before: _Stretch, now: _Stretch) -> None:
        """By how much more than guessed the echo has slid in between: the peak of the two cross-correlations' own correlation."""
        apart_s = now.at_s - before.at_s
        product = np.conj(before.cross) * now.cross * self._slid(apart_s)
        alike = np.fft.irfft(product, FRAME_SAMPLES * OVERSAMPLED)
        reach = REACH_SAMPLES * OVERSAMPLED
        near = np.concatenate([alike[-reach:], alike[: reach + 1]])
        peak = int(np.argmax(near))
        if not 0 < peak < 2 * reach:
            return
        left, top, right = near[peak - 1 : peak + 2]
        slid_samples = (peak - reach + 0.5 * (left - right) / (left - 2 * top + right)) / OVERSAMPLED
        clear = float(top / (np.abs(product).sum() / FRAME_SAMPLES + 1e-30))
        ppm = self._guess_ppm + float(slid_samples) / (apart_s * EARS_RATE_HZ) * 1e6
        self._comparisons.append(_Comparison(now.at_s, apart_s, ppm, clear))

    def _conclude(self) -> None:
        if len(self._comparisons) < LEAST_COMPARISONS:
            return
        found, weights = np.array([(one.ppm, one.apart_s * one.clear) for one in self._comparisons]).T
        self._guess_ppm = _weighted_median(found, weights)
        spread_ppm = _weighted_median(np.abs(found - self._guess_ppm), weights)
        clear = float(np.median([one.clear for one in self._comparisons]))
        believed = clear > CLEAR and spread_ppm <= SPREAD_PPM + SPREAD_SHARE * abs(self._guess_ppm)
        self.ppm = self._guess_ppm if believed else None


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])
