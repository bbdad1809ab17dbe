"""Sound as the stages hand it on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""One channel, shape (n,), dtype float32, full scale -1.0 to 1.0."""

EARS_RATE_HZ = 16_000
"""What the recogniser's model was trained on."""

VOICE_RATE_HZ = 24_000
"""Wide enough for speech, three to two against the ears and one to two against most sound cards."""

BLOCK_MS = 20
"""The step of the whole program: short beside the 150 ms in which a hush has to be heard."""

EARS_BLOCK = EARS_RATE_HZ * BLOCK_MS // 1000
VOICE_BLOCK = VOICE_RATE_HZ * BLOCK_MS // 1000
"""A step in samples: 320 for the ears, 480 for the voice."""


@dataclass(frozen=True, slots=True, eq=False)
class Pcm:
    """A stretch of sound."""

    samples: Samples
    rate_hz: int

    @property
    def duration_s(self) -> float:
        """How long it lasts, in seconds."""
        return len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Gaps:
    """What went wrong with the sound since its start, each a count of blocks of BLOCK_MS."""

    overflows: int = 0
    """Captured, and lost because somebody was too slow."""
    underflows: int = 0
    """Silence that was played because the sound came too late, or the machine was too slow."""
    slips: int = 0
    """Left out or waited for, to keep a speaker in step with a microphone that has a clock of its own."""
