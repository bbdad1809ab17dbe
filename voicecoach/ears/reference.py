"""What the speaker played, as the microphone's clock would have sampled it."""

import numpy as np

from voicecoach.messages.sound import Samples

HALF_TAPS = 16
"""Half the width of the interpolating sinc: right to -60 dB up to 6 kHz, better than the filter behind it can be."""
SHARPNESS = 7.0
"""Of the sinc's Kaiser window."""


class Reference:
    """Played sound in blocks of `block_samples`, held back by a delay that grows or shrinks with the clocks' drift. One thread.

    Before there is any drift it is the sound itself, not held back at all. Then the delay is kept between HALF_TAPS and little more than a
    block above it: at either end the reference jumps by a block, and who expects an echo has to be told.
    """

    def __init__(self, block_samples: int) -> None:
        self._block = block_samples
        self._delay = 0.0
        self._kept: Samples = np.zeros(4 * block_samples + 2 * HALF_TAPS, np.float32)

    def push(self, played: Samples, drift_ppm: float, *, quiet: bool) -> tuple[Samples, int]:
        """Take a block; give what the microphone's clock makes of it, and by how many blocks more than before that is held back.

        `drift_ppm`: how much faster the microphone's clock runs. `quiet`: nothing that was played can still be heard. It jumps forward
        (-1), over a block, as soon as that is so, or when it is two blocks behind; it jumps back (1), giving the last block once more,
        whenever it must.
        """
        self._kept[: -self._block] = self._kept[self._block :]
        self._kept[-self._block :] = played
        self._delay += self._block * drift_ppm * 1e-6
        if not self._delay:
            return played, 0
        jump = 0
        if self._delay < HALF_TAPS:
            jump = 1
        elif self._delay > HALF_TAPS + 2 * self._block or (quiet and self._delay > HALF_TAPS + self._block):
            jump = -1
        self._delay += jump * self._block
        whole = int(self._delay)
        start = len(self._kept) - self._block - whole - HALF_TAPS
        stretch = self._kept[start : start + self._block + 2 * HALF_TAPS - 1]
        return np.convolve(stretch, _taps(self._delay - whole), "valid"), jump


def _taps(part: float) -> Samples:
    """A windowed sinc: convolved with samples it gives what lies `part` (0 to 1) of a sample before each."""
    at = np.arange(1 - HALF_TAPS, HALF_TAPS + 1) - part
    window = np.i0(SHARPNESS * np.sqrt(np.maximum(1 - (at / HALF_TAPS) ** 2, 0))) / np.i0(SHARPNESS)
    return np.asarray(np.sinc(at) * window, np.float32)
