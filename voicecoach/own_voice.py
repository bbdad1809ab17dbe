"""The second guard against obeying oneself: the coach knows which words it is saying, and when.

The first guard is the echo canceller. What is left of the coach's own "stop" is still a "stop"; but it comes just when the coach says
it, and is no louder than what is left of its other words. A word that stands out is somebody else's, whenever it comes; and while
somebody else speaks over the coach, the coach speaks lower.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, Samples
from voicecoach.voice.mixing import DUCK_BACK_MS, DUCK_HOLD_MS

EARLY_S = 0.3
"""Where a word is in its sentence is reckoned by letters; it may be off by so much."""
LATE_S = 1.3
"""The echo's delay, 0.3 s at most, and the ears' time to be sure, some 0.9 s."""
AGAIN_S = 1.5
"""A word that was sure at once may be told a second time when its utterance is over."""
REMEMBERED_LINES = 8
TELLING_LETTERS = 4
"""A shorter word is the beginning of too many: "no" of "now" and "not"."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    words: tuple[str, ...]
    from_s: float
    to_s: float


class OwnWords:
    """What the coach said lately. The main thread writes, the ears' thread reads; one deque's operations need no lock.

    `numbers` are the number words that the ears know, by their value.
    """

    def __init__(self, numbers: Mapping[int, str]) -> None:
        self._numbers = {str(value): word for value, word in numbers.items()}
        self._lines: deque[_Spoken] = deque(maxlen=REMEMBERED_LINES)

    def saying(self, text: str, from_s: float, to_s: float) -> None:
        """`text` is spoken from `from_s` to `to_s` on the audio clock."""
        words = tuple(self._numbers.get(word, word) for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+", text.lower()))
        self._lines.append(_Spoken(words, from_s, to_s))

    def hushed(self, at_s: float) -> None:
        """What would have come after `at_s` is not said."""
        for n, line in enumerate(list(self._lines)):
            if line.to_s > at_s:
                share = max(at_s - line.from_s, 0.0) / (line.to_s - line.from_s)
                kept = line.words[: round(share * len(line.words)) + 1] if share else ()
                self._lines[n] = _Spoken(kept, line.from_s, max(at_s, line.from_s + 0.01))

    def said(self, phrase: str, at_s: float) -> bool:
        """Whether the coach itself was saying `phrase` when the ears heard it, which they said at `at_s`."""
        wanted = tuple(phrase.split())
        return bool(wanted) and any(self._in_line(line, wanted, at_s) for line in list(self._lines))

    @staticmethod
    def _in_line(line: _Spoken, wanted: tuple[str, ...], at_s: float) -> bool:
        letters = sum(len(word) + 1 for word in line.words)
        for n in range(len(line.words) - len(wanted) + 1):
            if _is_like(line.words[n : n + len(wanted)], wanted):
                before, through = (sum(len(word) + 1 for word in line.words[:end]) for end in (n, n + len(wanted)))
                length_s = line.to_s - line.from_s
                if line.from_s + length_s * before / letters - EARLY_S <= at_s <= line.from_s + length_s * through / letters + LATE_S:
                    return True
        return False


def _is_like(spoken: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether these words sound like those wanted: the last may go on, as "stopped" does after "stop"."""
    *before, last = wanted
    return list(spoken[:-1]) == before and (spoken[-1] == last or (len(last) >= TELLING_LETTERS and spoken[-1].startswith(last)))


STANDS_OUT_DB = 6.0
"""Twice the amplitude of what is usually left of the coach's voice; its own words differ less among themselves, at the
percentiles below."""
WORD_S = 0.8
"""How far back a word's loudest part is sought."""
RESIDUE_S = 6.0
TALK_TAIL_S = 0.3
"""An echo outlives its sound by so much."""
UTTERANCE_BLOCKS = 2000 // BLOCK_MS
"""A few words, and the ears' time to see that they were no phrase."""
LOOK_BLOCKS = 5
"""Every tenth of a second is often enough to look at the last 0.8 s."""
LEAST_RESIDUE_S = 1.0
"""With less of the coach heard, nothing is known of what is left of it."""
OVER_BLOCKS = 6
"""So much of a word's time has to stand out, 0.12 s: a knock is shorter, the vowel of "slower" longer."""
LEAST_VOICE_DBFS = -60.0
"""Below this is nobody's voice, but what the canceller makes of a microphone that is otherwise silent."""
LONGEST_OVER_S = 2.5
"""The longest thing that anybody says to the coach. What goes on for longer is none, but a vacuum cleaner or a television."""
LOW_BLOCKS = round((WORD_S + TALK_TAIL_S) * 1000 + DUCK_HOLD_MS + DUCK_BACK_MS) // BLOCK_MS
"""From the beginning of the voice that the coach gives way to, or from the last moment of that, until what is left of the coach can be
as loud as ever."""


class Residue:
    """How loud what is left of the coach's voice usually is, behind the canceller, and whether something stands out of it. One thread."""

    def __init__(self) -> None:
        self._levels_db: deque[float] = deque(maxlen=round(RESIDUE_S * 1000 / BLOCK_MS))
        self._recent_db: deque[float] = deque(maxlen=round(WORD_S * 1000 / BLOCK_MS))
        self._talking: deque[bool] = deque(maxlen=self._recent_db.maxlen)
        self._tail_blocks = self._over_blocks = 0
        self._talk_blocks_ago = self._voice_blocks_ago = UTTERANCE_BLOCKS
        self._low_blocks_ago = LOW_BLOCKS
        self.spoken_over = False
        """Whether somebody speaks while the coach does, or did a moment ago, and hasn't done so for long."""

    def add(self, cleaned: Samples, played: Samples) -> None:
        """The next block behind the canceller, and what the speaker played meanwhile."""
        self._tail_blocks = round(TALK_TAIL_S * 1000 / BLOCK_MS) if np.any(played) else max(self._tail_blocks - 1, 0)
        level_db = 10 * float(np.log10(float(np.mean(cleaned**2)) + 1e-12))
        # What was said lower tells nothing of how loud the coach usually is, and another's voice nothing of the coach at all.
        if self._tail_blocks and len(self._recent_db) == self._recent_db.maxlen and self._low_blocks_ago >= LOW_BLOCKS:
            self._levels_db.append(self._recent_db[0])
        self._recent_db.append(level_db)
        self._talking.append(self._tail_blocks > 0)
        self._talk_blocks_ago = 0 if self._tail_blocks else self._talk_blocks_ago + 1
        self._low_blocks_ago = 0 if self.spoken_over else self._low_blocks_ago + 1
        self._voice_blocks_ago += 1
        if self._voice_blocks_ago % LOOK_BLOCKS == 0:
            self._look()

    def may_be_all(self) -> bool:
        """Whether the coach has talked in the time of an utterance, and nobody else stood out of what is known to be left of its voice."""
        return self._known and self._talk_blocks_ago < UTTERANCE_BLOCKS <= self._voice_blocks_ago

    def exceeded(self) -> bool:
        """Whether the last second was louder than the coach's remains are: somebody else speaks."""
        return bool(self._known and np.percentile(self._recent_db, 85) > self._usual_db + STANDS_OUT_DB)

    @property
    def _known(self) -> bool:
        return len(self._levels_db) * BLOCK_MS >= LEAST_RESIDUE_S * 1000

    @property
    def _usual_db(self) -> float:
        return float(np.percentile(self._levels_db, 85))

    def _look(self) -> None:
        exceeded = self.exceeded()
        self._voice_blocks_ago = 0 if exceeded else self._voice_blocks_ago
        over = exceeded and sum(self._stands_out()) >= OVER_BLOCKS
        self._over_blocks = self._over_blocks + LOOK_BLOCKS if over else 0
        self.spoken_over = 0 < self._over_blocks * BLOCK_MS <= LONGEST_OVER_S * 1000

    def _stands_out(self) -> list[bool]:
        """Of each recent block whether it is another's voice, and over the coach's: an answer that has just ended is over nothing."""
        limit_db = max(self._usual_db + STANDS_OUT_DB, LEAST_VOICE_DBFS)
        return [talking and level_db > limit_db for level_db, talking in zip(self._recent_db, self._talking, strict=True)]


class Listening(Protocol):
    """The ears, as far as they are guarded."""

    @property
    def cleaned(self) -> Samples:
        """The last block behind the echo canceller."""

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        """Take the next block of both, and say what was heard."""


class GuardedEars:
    """Ears that leave out what the coach itself said.

    `duck` is called, on the ears' thread, for every block in which somebody speaks over the coach.
    """

    def __init__(self, ears: Listening, own: OwnWords, duck: Callable[[], None]) -> None:
        self._ears = ears
        self._own = own
        self._duck = duck
        self._residue = Residue()
        self._suspected = False
        self._left_out = ("", 0.0)

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""
        self._ears.scope(grammar)

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        """Take the next block of both, 320 samples at 16 kHz each, and say what was heard that somebody else said."""
        found = self._ears.feed(microphone, played)
        self._residue.add(self._ears.cleaned, played)
        if self._residue.spoken_over:
            self._duck()
        return [one for heard in found for one in self._others(heard)]

    def _others(self, heard: Heard) -> list[Heard]:
        own = heard.stage is not Stage.WITHDRAWN and self._is_own(heard.phrase or heard.text, heard.at_s)  # numbers come as text alone
        if own and not self._suspected:
            return []
        self._suspected = heard.stage is Stage.SUSPECTED and not own
        if own:
            # A suspicion that was told has to be taken back, or the coach would wait for the end of it.
            return [replace(heard, stage=Stage.WITHDRAWN)]
        return [replace(heard, worrying=heard.worrying and not self._residue.may_be_all())]

    def _is_own(self, words: str, at_s: float) -> bool:
        """Whether the coach says `words`, and nobody else stands out of what is left of it."""
        left_out, left_out_at_s = self._left_out
        if self._residue.exceeded() or not (self._own.said(words, at_s) or (words == left_out and at_s - left_out_at_s < AGAIN_S)):
            return False
        self._left_out = (words, at_s)
        return True
