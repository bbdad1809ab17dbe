"""Whether somebody stands out of what is left of the coach's voice behind the canceller.

What is left is a share of the echo, and the share is measured: it shrinks while the canceller settles, and grows when the speaker is
moved. A person's word is louder than that share, or nobody could make it out.
"""

from collections import deque

import numpy as np

from voicecoach.messages.sound import BLOCK_MS, Samples

STANDS_OUT_DB = 6.0
"""Above the share that is expected. In two rooms, echo 0 to 18 dB above the person, what is left of the coach never did by more than 5.5;
words 18 dB below the coach did by 8 and more."""
STANDING_BLOCKS = 3
"""60 ms of a word: less is a knock."""
SHARE_S = 5.0
SHARE_PERCENTILE = 75
"""Of what was left of the echo lately: a person who speaks in a quarter of that time doesn't raise it."""
LEAST_SHARE_S = 1.0
SETTLED_DB = -10.0
"""With less of the coach heard, or more of it left, nothing new is known of what will be left."""
LEAST_PLAYED_S = 3.0
PAUSE_PERCENTILE = 5
"""In three seconds of talk there are pauses enough: what is hardly louder in the microphone than then isn't the coach."""
SETTLING_S = 8.0
"""Of the coach's talk, about two sentences: a canceller that takes out less by then won't get better."""
LOUD_ECHO = 10.0
"""The share is measured where the echo is so many times the room's noise, in power."""
SMOOTHING_BLOCKS = 5
TAIL_BLOCKS = 300 // BLOCK_MS
TAIL_SHARE = 0.03
"""An echo outlives its sound by so much, 15 dB down."""
FLOOR_S = 6.0
FLOOR_PERCENT = 15
FLOOR_MARGIN = 1.5
"""The room's own noise, with its small ups and downs."""
NOISE_MARGIN = 2.0
LEAST_OF_COACH = 0.1
"""Noise by itself doesn't stand out, nor does it hide a word that stands a little above it: of twelve "stop" 5 dB above a running tap five
came through where the noise counted as left over from the coach, and eleven where it doesn't."""
WORD_S = 0.8
"""How far back a word is sought."""
UTTERANCE_BLOCKS = 2000 // BLOCK_MS
"""A few words, and the ears' time to see that they were no phrase."""
STILL_BLOCKS = 200 // BLOCK_MS
"""Between the words of one breath is less."""
LOOK_BLOCKS = 5
"""Every tenth of a second is often enough to look at the last 0.8 s."""
OVER_BLOCKS = 6 + SMOOTHING_BLOCKS - 1
"""So much of a word's time has to stand out for the coach to give way, 0.12 s: a knock is shorter, the vowel of "slower" longer."""
LEAST_VOICE_DBFS = -60.0
"""Below this is nobody's voice, but what the canceller makes of a microphone that is otherwise silent."""
LONGEST_OVER_S = 2.5
"""The longest thing that anybody says to the coach. What goes on for longer is none, but a vacuum cleaner or a television."""
TINY = 1e-12


class Residue:
    """Says whether what is heard may all be the coach itself, and whether somebody speaks over it. One thread."""

    def __init__(self) -> None:
        self._echoes: deque[float] = deque(maxlen=TAIL_BLOCKS)
        self._left: deque[float] = deque(maxlen=SMOOTHING_BLOCKS)
        self._floors: deque[float] = deque(maxlen=round(FLOOR_S * 1000 / BLOCK_MS))
        self._shares_db: deque[float] = deque(maxlen=round(SHARE_S * 1000 / BLOCK_MS))
        self._standing: deque[bool] = deque(maxlen=round(WORD_S * 1000 / BLOCK_MS))
        self._over: deque[bool] = deque(maxlen=self._standing.maxlen)
        self._expected_share: float | None = None
        self._while_played: deque[float] = deque(maxlen=self._shares_db.maxlen)
        self._floor = TINY
        self._tail_blocks = self._over_blocks = self._played_blocks = 0
        self._talk_blocks_ago = self._voice_blocks_ago = UTTERANCE_BLOCKS
        self.spoken_over = False
        """Whether somebody speaks while the coach does, or did a moment ago, and hasn't done so for long."""

    def add(self, microphone: Samples, cleaned: Samples, played: Samples) -> None:
        """The next block before and behind the canceller, and what the speaker played meanwhile. Equally long."""
        self._tail_blocks = TAIL_BLOCKS if np.any(played) else max(self._tail_blocks - 1, 0)
        self._talk_blocks_ago = 0 if self._tail_blocks else self._talk_blocks_ago + 1
        if np.any(played):
            self._played_blocks += 1
            self._while_played.append(float(np.var(microphone)))
        left = float(np.mean(cleaned**2))
        self._echoes.append(float(np.var(microphone - cleaned)))
        self._left.append(left)
        self._floors.append(left)
        stands_out = self._stands_out()
        self._standing.append(stands_out)
        self._over.append(stands_out and self._tail_blocks > 0 and 10 * np.log10(left + TINY) > LEAST_VOICE_DBFS)
        self._voice_blocks_ago += 1
        if self._voice_blocks_ago % LOOK_BLOCKS == 0:
            self._look()

    def may_be_all(self) -> bool:
        """Whether the coach has talked in the time of an utterance, and nobody else stood out of what is known to be left of its voice."""
        return self._expected_share is not None and self._talk_blocks_ago < UTTERANCE_BLOCKS <= self._voice_blocks_ago

    def understood(self) -> None:
        """What stood out was somebody's command; unless they speak on, what is heard from here on has to stand out anew."""
        if any(list(self._standing)[-STILL_BLOCKS:]):
            return
        self._standing.clear()
        self._voice_blocks_ago = UTTERANCE_BLOCKS

    @property
    def settling(self) -> bool:
        """Whether the coach has just talked, and how much is left of its voice is not known yet: what is heard may be anybody."""
        early = self._played_blocks * BLOCK_MS < SETTLING_S * 1000
        return early and self._expected_share is None and self._talk_blocks_ago < UTTERANCE_BLOCKS and not self.inaudible()

    def inaudible(self) -> bool:
        """Whether the coach isn't in the microphone at all, as with headphones: then nothing that is heard can be its own."""
        played_s = self._played_blocks * BLOCK_MS / 1000
        if self._shares_db or played_s < LEAST_PLAYED_S:
            return False
        pauses, talk = np.percentile(self._while_played, [PAUSE_PERCENTILE, SHARE_PERCENTILE])
        return bool(talk < LOUD_ECHO * pauses) or played_s > SETTLING_S

    def exceeded(self) -> bool:
        """Whether somebody else has spoken in the last second."""
        return sum(self._standing) >= STANDING_BLOCKS

    def _stands_out(self) -> bool:
        """Whether the last block is louder than what can be left of the coach, and than the room."""
        lately = list(self._echoes)[-SMOOTHING_BLOCKS:]
        echo = max(sum(lately) / len(lately), TAIL_SHARE * max(self._echoes))
        left = sum(self._left) / len(self._left)
        if echo > LOUD_ECHO * self._floor:
            # Without the room's noise, of which the canceller takes out nothing.
            of_coach = max(left - self._floor / FLOOR_MARGIN, LEAST_OF_COACH * left) + TINY
            self._shares_db.append(10 * float(np.log10(of_coach / echo)))
        if self._expected_share is None:
            return False
        return left > echo * self._expected_share * 10 ** (STANDS_OUT_DB / 10) + NOISE_MARGIN * self._floor

    def _look(self) -> None:
        floors = np.array(self._floors)
        nth = FLOOR_PERCENT * len(floors) // 100
        self._floor = FLOOR_MARGIN * float(np.partition(floors, nth)[nth]) + TINY
        share_db = float(np.percentile(self._shares_db, SHARE_PERCENTILE)) if self._shares_db else 0.0
        known = len(self._shares_db) * BLOCK_MS >= LEAST_SHARE_S * 1000 and share_db < SETTLED_DB
        self._expected_share = 10 ** (share_db / 10) if known else self._expected_share
        self._voice_blocks_ago = 0 if self.exceeded() else self._voice_blocks_ago
        self._over_blocks = self._over_blocks + LOOK_BLOCKS if sum(self._over) >= OVER_BLOCKS else 0
        self.spoken_over = 0 < self._over_blocks * BLOCK_MS <= LONGEST_OVER_S * 1000
