"""Whether anything is heard but the room's own steady noise: as long as nothing is, nobody has to listen closely."""

import numpy as np

from voicecoach.ears.loudness import floor_of
from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, Samples

STEP_BLOCKS = 2
"""Vosk computes every 200 ms of sound; 40 ms divides them, and costs less than 20."""

STEP_SAMPLES = EARS_RATE_HZ * STEP_BLOCKS * BLOCK_MS // 1000
EDGES_HZ = (100, 500, 1000, 2000, 4000, 7600)
"""Five bands of speech. In one alone a voice can stand out of a rumble, or the hiss of an "s" out of a hum, that is louder than both."""

REMEMBERED_STEPS = 100
"""Four seconds: even fluent talk has pauses in them, and a fan that is switched on has become the room after them."""

KNOWN_STEPS = 25
"""Before one second has been heard nothing is known of the room."""

STIRS_DB = 6.0
"""Above what the room does all the time. In steady noise one step in two thousand is that loud by chance; a word that no band shows so
far above the noise is one that Vosk doesn't get either."""


class Stirring:
    """Takes 40 ms at a time. One thread."""

    def __init__(self) -> None:
        bins = np.searchsorted(np.fft.rfftfreq(STEP_SAMPLES, 1 / EARS_RATE_HZ), EDGES_HZ)
        self._starts, self._end = bins[:-1], bins[-1]
        self._window = np.hanning(STEP_SAMPLES).astype(np.float32)
        self._levels_db = np.zeros((REMEMBERED_STEPS, len(self._starts)))
        self._steps = 0

    def stirs(self, step: Samples) -> bool:
        """Whether these STEP_SAMPLES samples are more than the room; True too while nothing is known of it."""
        power = np.abs(np.fft.rfft(step * self._window)) ** 2
        levels_db = 10 * np.log10(np.add.reduceat(power[: self._end], self._starts) + 1e-9)
        self._levels_db[self._steps % REMEMBERED_STEPS] = levels_db
        self._steps += 1
        known = min(self._steps, REMEMBERED_STEPS)
        if known < KNOWN_STEPS:
            return True
        return bool((levels_db > floor_of(self._levels_db[:known]) + STIRS_DB).any())
