"""How loud it has been lately, and since when it is calm again: measured against the room's own noise, never against silence."""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.heard import Level, Trouble
from voicecoach.messages.sound import BLOCK_MS, Samples

REMEMBERED_S = 4.0
PEAK_S = 1.0
"""A word's loudest moment is sought so far back."""

BELOW_PEAK_DB = 12.0
ABOVE_FLOOR_DB = 6.0
"""Calm is what lies so far below the word's loudest moment, or no further above the room's noise: in a loud kitchen nothing falls far
below a word."""

FLOOR_SHARE = 0.15
"""Even in fluent talk so much of the time is pauses and closures."""

GAP_S = 0.2
"""Longer than any closure within a word: a pause between two."""

ALONE_AT_MOST_S = 2.2
ALONE_AFTER_S = 1.0
SOUND_BELOW_PEAK_DB = 20.0
"""A few words that stand alone: no more sound than this in the time remembered, and none in its beginning. Here the quiet ends of words
count as sound too."""


UTTERANCE_S = 2.5
"""A number is confirmed up to a second after its end: its level is sought so far back."""

CLIPPED_AT = 0.99
CLIPPED_SAMPLES = 16
"""A millisecond at full scale: more than a click."""

FAINT_DBFS = -50.0
"""Below this a word that is 10 dB lower drowns in a usual microphone's own noise of -70 to -60 dBFS."""

NOISY_DB = 12.0
"""A word's loudest 20 ms is hardly above what the room does all the time."""


VOICE_AT_DBFS = -13.0
"""Where the gain brings the loudest 20 ms of a voice: half of full scale at its peaks. Of digits that loud Vosk gets 92 of 100, 12 dB
quieter 90, 18 dB louder 72; of "stop" 30 dB quieter it misses four in five."""

ROOM_BEFORE_DBFS = -60.0
ROOM_AT_MOST_DBFS = -42.0
"""The room's noise isn't raised above the first before a voice has been heard, nor ever above the second."""

VOICE_DB = 8.0
"""Sound that is so far above the room's noise, and lasts, is a voice."""

LEAST_VOICE_S = 0.08
"""The vowel of "stop" is hardly longer; a click is shorter."""

JUST_S = 1.5
VOICES_S = 20.0
LOUDEST_ABOVE_MEDIAN_DB = 7.0
"""What has just been said counts; when nothing was, the median of the last twenty seconds, which one loud noise doesn't move."""

MOST_GAIN_DB = 40.0


@dataclass(frozen=True, slots=True)
class Loud:
    """How loud it has been lately."""

    calm_s: float
    """For how long it has been calm; 0 in the middle of a word."""
    alone: bool
    """Whether all that was said lately is a few words after a time of calm."""
    spoken_s: float
    """How much of the time remembered was somebody's speech and not the coach's."""
    burst_s: float = 0.0
    """How long the last sound was, from one gap of GAP_S to the calm."""
    begun_s: float = 0.0
    """How long ago that sound began, or all of the few words that stand alone; 0 where there is none."""


class Loudness:
    """Levels of the last four seconds, in blocks of 20 ms. One thread."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=round(REMEMBERED_S * 1000 / BLOCK_MS))
        self._talking: deque[bool] = deque(maxlen=self._levels.maxlen)
        self._room: deque[float] = deque(maxlen=self._levels.maxlen)
        self._voices: deque[float] = deque(maxlen=round(VOICES_S * 1000 / BLOCK_MS))
        self._clipped: deque[int] = deque(maxlen=round(UTTERANCE_S * 1000 / BLOCK_MS))

    def add(self, block: Samples, *, talking: bool) -> None:
        """Take the next 20 ms, and whether the coach's own voice may be in it."""
        level = 10 * float(np.log10(float(np.mean(block**2)) + 1e-12))
        self._levels.append(level)
        self._talking.append(talking)
        if not talking:
            self._room.append(level)
            self._voices.append(level)
        self._clipped.append(int((np.abs(block) >= CLIPPED_AT).sum()))

    def now(self) -> Loud:
        """All of it as it stands, at the cost of looking through four seconds of levels."""
        levels = np.array(self._levels)
        if not len(levels):
            return Loud(0.0, alone=False, spoken_s=0.0)
        floor = float(floor_of(levels))
        peak = float(levels[-round(PEAK_S * 1000 / BLOCK_MS) :].max())
        loud = levels > max(peak - BELOW_PEAK_DB, floor + ABOVE_FLOOR_DB)
        sound = levels > max(float(levels.max()) - SOUND_BELOW_PEAK_DB, floor + ABOVE_FLOOR_DB)
        before = round(ALONE_AFTER_S * 1000 / BLOCK_MS)
        calm_blocks, burst_blocks = int(np.argmax(loud[::-1]) if loud.any() else len(loud)), _burst_blocks(loud)
        alone = not sound[:before].any() and 0 < int(sound.sum()) * BLOCK_MS / 1000 <= ALONE_AT_MOST_S
        begun_blocks = len(sound) - int(np.argmax(sound)) if alone else burst_blocks and calm_blocks + burst_blocks
        return Loud(
            calm_s=calm_blocks * BLOCK_MS / 1000,
            alone=alone,
            spoken_s=float((loud & ~np.array(self._talking, np.bool_)).sum()) * BLOCK_MS / 1000,
            burst_s=burst_blocks * BLOCK_MS / 1000,
            begun_s=begun_blocks * BLOCK_MS / 1000,
        )

    def gain_db(self) -> float:
        """How much louder the recognisers should hear it all, 0 to MOST_GAIN_DB, by what was not the coach's own voice."""
        if not self._room:
            return 0.0
        room_dbfs = float(floor_of(np.array(self._room)))
        voice_dbfs = self._voice_dbfs(room_dbfs)
        wanted_db = ROOM_BEFORE_DBFS - room_dbfs
        if voice_dbfs is not None:
            wanted_db = min(ROOM_AT_MOST_DBFS - room_dbfs, VOICE_AT_DBFS - voice_dbfs)
        return float(np.clip(wanted_db, 0.0, MOST_GAIN_DB))

    def _voice_dbfs(self, room_dbfs: float) -> float | None:
        """The loudest 20 ms of what has just been said, or else of most of what was said lately; None if that was nothing."""
        levels = np.array(self._voices)
        voiced = levels > room_dbfs + VOICE_DB
        just = levels[-round(JUST_S * 1000 / BLOCK_MS) :]
        if voiced[-len(just) :].sum() * BLOCK_MS >= LEAST_VOICE_S * 1000:
            return float(just.max())
        if voiced.sum() * BLOCK_MS >= LEAST_VOICE_S * 1000:
            return float(np.median(levels[voiced])) + LOUDEST_ABOVE_MEDIAN_DB
        return None

    def level(self) -> Level | None:
        """Of what has just been said; None while the coach talked along."""
        recent = round(UTTERANCE_S * 1000 / BLOCK_MS)
        if not self._levels or any(list(self._talking)[-recent:]):
            return None
        voice_dbfs = max(list(self._levels)[-recent:])
        over_room_db = voice_dbfs - float(floor_of(np.array(self._levels)))
        troubles = (
            (Trouble.CLIPPED, sum(self._clipped) >= CLIPPED_SAMPLES),
            (Trouble.NOISY, over_room_db < NOISY_DB),
            (Trouble.FAINT, voice_dbfs < FAINT_DBFS),
        )
        return Level(round(voice_dbfs, 1), round(over_room_db, 1), next((trouble for trouble, is_so in troubles if is_so), None))


KNEE = 0.5
"""Half of full scale: nothing below it is changed."""


def softly_limited(samples: Samples, gain_db: float) -> Samples:
    """`samples` so much louder, within -1 and 1: bent from KNEE on instead of cut off."""
    samples = samples * np.float32(10 ** (gain_db / 20))
    over = np.maximum(np.abs(samples) - KNEE, 0.0)
    return np.asarray(np.where(over > 0, np.sign(samples) * (KNEE + (1 - KNEE) * np.tanh(over / (1 - KNEE))), samples), np.float32)


def _burst_blocks(loud: NDArray[np.bool_]) -> int:
    """From the first to the last loud block after the last gap."""
    at = np.flatnonzero(loud)
    if not len(at):
        return 0
    after_gaps = at[1:][np.diff(at) * BLOCK_MS > GAP_S * 1000]
    return int(at[-1] - (after_gaps[-1] if len(after_gaps) else at[0]) + 1)


def floor_of(levels_db: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the room does all the time, along the first axis: the level below which FLOOR_SHARE of them are."""
    nth = int(FLOOR_SHARE * len(levels_db))
    return np.asarray(np.partition(levels_db, nth, axis=0)[nth])
