"""How loud both sides of the sound are, for whoever draws it."""

import math

import numpy as np

from voicecoach.messages.sound import Samples

FLOOR_DBFS = -60.0
"""A quiet room."""
FALL_DB = 1.0
"""A block: a syllable can be seen, and a word is gone within a second."""


class Levels:
    """Of the last blocks, falling slowly. The sound thread writes, any other reads."""

    def __init__(self) -> None:
        self.microphone_dbfs = FLOOR_DBFS
        self.speaker_dbfs = FLOOR_DBFS

    def take(self, microphone: Samples, played: Samples) -> None:
        """One block of both. Never waits, never raises: two sums over 320 samples."""
        self.microphone_dbfs = max(_dbfs(microphone), self.microphone_dbfs - FALL_DB)
        self.speaker_dbfs = max(_dbfs(played), self.speaker_dbfs - FALL_DB)


def _dbfs(block: Samples) -> float:
    """Between the floor and 0; the floor for what is no number, too."""
    with np.errstate(all="ignore"):
        power = float(np.dot(block, block)) / max(1, len(block))
    return min(0.0, max(FLOOR_DBFS, 10 * math.log10(power))) if 0 < power < math.inf else FLOOR_DBFS
