"""The second guard against obeying oneself: the coach knows which words it is saying, and when.

The first guard is the echo canceller. What is left of the coach's own "stop" is still a "stop"; but it comes just when the coach says
it, and is no louder than what is left of its other words. A word that stands out is somebody else's, whenever it comes.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, Samples

EARLY_S = 0.3
"""Where a word is in its sentence is reckoned by letters; it may be off by so much."""
LATE_S = 1.3
"""The echo's delay, 0.3 s at most, and the ears' time to be sure, some 0.9 s."""
REMEMBERED_LINES = 8


@dataclass(frozen=True, slots=True)
class _Spoken:
    words: tuple[str, ...]
    from_s: float
    to_s: float


class OwnWords:
    """What the coach said lately. The main thread writes, the ears' thread reads; one deque's operations need no lock."""

    def __init__(self) -> None:
        self._lines: deque[_Spoken] = deque(maxlen=REMEMBERED_LINES)

    def saying(self, text: str, from_s: float, to_s: float) -> None:
        """`text` is spoken from `from_s` to `to_s` on the audio clock."""
        words = "".join(letter if letter.isalpha() or letter == "'" else " " for letter in text.lower()).split()
        self._lines.append(_Spoken(tuple(words), from_s, to_s))

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
            if line.words[n : n + len(wanted)] == wanted:
                before, through = (sum(len(word) + 1 for word in line.words[:end]) for end in (n, n + len(wanted)))
                length_s = line.to_s - line.from_s
                if line.from_s + length_s * before / letters - EARLY_S <= at_s <= line.from_s + length_s * through / letters + LATE_S:
                    return True
        return False


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


class Residue:
    """How loud what is left of the coach's voice usually is, behind the canceller, and whether something stands out of it. One thread."""

    def __init__(self) -> None:
        self._levels_db: deque[float] = deque(maxlen=round(RESIDUE_S * 1000 / BLOCK_MS))
        self._recent_db: deque[float] = deque(maxlen=round(WORD_S * 1000 / BLOCK_MS))
        self._tail_blocks = 0
        self._talk_blocks_ago = self._voice_blocks_ago = UTTERANCE_BLOCKS

    def add(self, cleaned: Samples, played: Samples) -> None:
        """The next block behind the canceller, and what the speaker played meanwhile."""
        self._tail_blocks = round(TALK_TAIL_S * 1000 / BLOCK_MS) if np.any(played) else max(self._tail_blocks - 1, 0)
        level_db = 10 * float(np.log10(float(np.mean(cleaned**2)) + 1e-12))
        if self._tail_blocks and len(self._recent_db) == self._recent_db.maxlen:
            self._levels_db.append(self._recent_db[0])
        self._recent_db.append(level_db)
        self._talk_blocks_ago = 0 if self._tail_blocks else self._talk_blocks_ago + 1
        self._voice_blocks_ago += 1
        if self._voice_blocks_ago % LOOK_BLOCKS == 0 and self.exceeded():
            self._voice_blocks_ago = 0

    def may_be_all(self) -> bool:
        """Whether the coach has talked in the time of an utterance, and nobody else stood out of what is known to be left of its voice."""
        return self._known and self._talk_blocks_ago < UTTERANCE_BLOCKS <= self._voice_blocks_ago

    @property
    def _known(self) -> bool:
        return len(self._levels_db) * BLOCK_MS >= LEAST_RESIDUE_S * 1000

    def exceeded(self) -> bool:
        """Whether the last second was louder than the coach's remains are: somebody else speaks."""
        if not self._known:
            return False
        return bool(np.percentile(self._recent_db, 85) > np.percentile(self._levels_db, 85) + STANDS_OUT_DB)


class Listening(Protocol):
    """The ears, as far as they are guarded."""

    @property
    def cleaned(self) -> Samples:
        """The last block behind the echo canceller."""

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""

    def forget(self) -> None:
        """Begin anew with the room and the echo."""

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        """Take the next block of both, and say what was heard."""


class GuardedEars:
    """Ears that leave out what the coach itself said."""

    def __init__(self, ears: Listening, own: OwnWords) -> None:
        self._ears = ears
        self._own = own
        self._residue = Residue()
        self._suspected = False

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""
        self._ears.scope(grammar)

    def forget(self) -> None:
        """The microphone is back, or another one is there: begin anew with the room and the echo. The feeding thread."""
        self._ears.forget()
        self._residue = Residue()

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        """Take the next block of both, 320 samples at 16 kHz each, and say what was heard that somebody else said."""
        found = self._ears.feed(microphone, played)
        self._residue.add(self._ears.cleaned, played)
        return [one for heard in found for one in self._others(heard)]

    def _others(self, heard: Heard) -> list[Heard]:
        own = heard.stage is not Stage.WITHDRAWN and self._own.said(heard.phrase, heard.at_s) and not self._residue.exceeded()
        if own and not self._suspected:
            return []
        self._suspected = heard.stage is Stage.SUSPECTED and not own
        if own:
            # A suspicion that was told has to be taken back, or the coach would wait for the end of it.
            return [replace(heard, stage=Stage.WITHDRAWN)]
        return [replace(heard, worrying=heard.worrying and not self._residue.may_be_all())]
