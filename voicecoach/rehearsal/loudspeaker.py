"""What a small loudspeaker adds by itself: overtones that no linear filter can take out again."""

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.sound import Samples

FULL_VOICE = 10 ** (-3 / 20)
"""Where the voice's peaks are at its usual loudness (voice/finish.py)."""
MOST_PERCENT = 30.0
_LOPSIDED = 0.3
"""A cone goes out more easily than in: this makes the even overtones."""
_STEEPEST = 20.0


class Loudspeaker:
    """Bends what it plays, the louder the more.

    `distortion_percent` (0 to MOST_PERCENT): the overtones of a tone as loud as the voice's peaks.
    """

    def __init__(self, distortion_percent: float) -> None:
        self._drive = _drive(distortion_percent)

    def play(self, sound: Samples) -> Samples:
        """What comes out for `sound`, sample by sample; quiet sound comes out as it is."""
        return np.asarray(_bent(sound, self._drive), np.float32) if self._drive else sound


def _bent(sound: NDArray[np.floating], drive: float) -> NDArray[np.floating]:
    slope = drive / np.cosh(_LOPSIDED) ** 2
    return np.asarray((np.tanh(drive * sound + _LOPSIDED) - np.tanh(_LOPSIDED)) / slope)


def _drive(percent: float) -> float:
    """How steep the bend has to be for so many per cent, found by halving."""
    low, high = 0.0, _STEEPEST
    for _ in range(40 if percent else 0):
        middle = (low + high) / 2
        low, high = (low, middle) if overtones_percent(middle) > percent else (middle, high)
    return low


def overtones_percent(drive: float) -> float:
    """Total harmonic distortion of a tone at FULL_VOICE."""
    tone = FULL_VOICE * np.sin(2 * np.pi * np.arange(1024) / 1024)
    size = np.abs(np.fft.rfft(_bent(tone, drive)))
    return float(100 * np.sqrt((size[2:] ** 2).sum()) / size[1])
