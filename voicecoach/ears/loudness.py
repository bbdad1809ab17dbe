"""How loud it has been lately, and since when it is calm again: measured against the room's own noise, never against silence."""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.sound import BLOCK_MS, Samples

REMEMBERED_S = 4.0
PEAK_S = 1.0
"""A word's loudest moment is sought so far back."""

BELOW_PEAK_DB = 12.0
ABOVE_FLOOR_DB = 6.0
"""Calm is what lies so far below the word's loudest moment, or no further above the room's noise: in a loud kitchen nothing falls far
below a word."""

FLOOR_PERCENTILE = 15.0
"""Even in fluent talk so much of the time is pauses and closures."""

ALONE_AT_MOST_S = 2.2
ALONE_AFTER_S = 1.0
SOUND_BELOW_PEAK_DB = 20.0
"""A few words that stand alone: no more sound than this in the time remembered, and none in its beginning. Here the quiet ends of words
count as sound too."""


class Loudness:
    """Levels of the last four seconds, in blocks of 20 ms. One thread."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=round(REMEMBERED_S * 1000 / BLOCK_MS))
        self._talking: deque[bool] = deque(maxlen=self._levels.maxlen)

    def add(self, block: Samples, *, talking: bool) -> None:
        """Take the next 20 ms, and whether the coach's own voice may be in it."""
        self._levels.append(10 * float(np.log10(float(np.mean(block**2)) + 1e-12)))
        self._talking.append(talking)

    def calm_s(self) -> float:
        """For how long it has been calm, in seconds: 0 in the middle of a word."""
        loud = self._louder_than(BELOW_PEAK_DB, PEAK_S)
        return float(np.argmax(loud[::-1]) if loud.any() else len(loud)) * BLOCK_MS / 1000

    def spoken_s(self) -> float:
        """How much of the time remembered was somebody's speech and not the coach's, in seconds."""
        return float((self._louder_than(BELOW_PEAK_DB, PEAK_S) & ~np.array(self._talking, np.bool_)).sum()) * BLOCK_MS / 1000

    def alone(self) -> bool:
        """Whether all that was said lately is a few words after a time of calm."""
        sound = self._louder_than(SOUND_BELOW_PEAK_DB, REMEMBERED_S)
        before = round(ALONE_AFTER_S * 1000 / BLOCK_MS)
        return bool(not sound[:before].any() and 0 < int(sound.sum()) * BLOCK_MS / 1000 <= ALONE_AT_MOST_S)

    def _louder_than(self, below_peak_db: float, peak_s: float) -> NDArray[np.bool_]:
        levels = np.array(self._levels)
        if not len(levels):
            return np.zeros(0, np.bool_)
        peak = float(levels[-round(peak_s * 1000 / BLOCK_MS) :].max())
        floor = float(np.percentile(levels, FLOOR_PERCENTILE))
        return np.asarray(levels > max(peak - below_peak_db, floor + ABOVE_FLOOR_DB))
