"""The second guard against obeying oneself: the coach knows which words it is saying, and when.

The first guard is the echo canceller. What is left of the coach's own "stop" is still a "stop", and what is left of its "buttocks" may
be taken for "hurts"; but it is no louder than what is always left. A word that stands out is somebody else's, whenever it comes; and while
somebody else speaks over the coach, the coach speaks lower. What stood out counts until it is understood: the coach's next sentence
begins right after somebody's "yes", and isn't theirs. In its first two sentences nobody knows what is usually left: a safety word
then makes it hush and ask; any other is left out, since nothing has been asked for yet. Where that never comes to be known, a word is
the coach's if it comes just when the coach says it.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from voicecoach.ears.residue import Residue
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import Samples

EARLY_S = 0.3
"""Where a word is in its sentence is reckoned by letters; it may be off by so much."""
LATE_S = 1.3
"""The echo's delay, 0.3 s at most, and the ears' time to be sure, some 0.9 s."""
AGAIN_S = 1.5
"""A word that was sure at once may be told a second time when its utterance is over."""
REMEMBERED_LINES = 8
FIRST_LINES = 2
"""Of the greeting: nothing has been asked for by then."""
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

    @property
    def beginning(self) -> bool:
        """Whether the coach has hardly begun to talk, since the program began: renewed ears have to learn anew, and are amid a session."""
        return len(self._lines) <= FIRST_LINES

    def saying(self, text: str, from_s: float, to_s: float) -> None:
        """`text` is spoken from `from_s` to `to_s` on the audio clock."""
        words = tuple(self._numbers.get(word, word) for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+", text.lower()))
        self._lines.append(_Spoken(words, from_s, to_s))

    def hushed(self, at_s: float) -> None:
        """What would have come after `at_s` is not said."""
        for n, line in enumerate(list(self._lines)):
            if line.to_s > at_s:
                self._lines[n] = _begun(line, at_s)

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


def _begun(line: _Spoken, at_s: float) -> _Spoken:
    """As much of `line` as was begun by `at_s`, before its end; of a line that comes later nothing."""
    if at_s <= line.from_s:
        return replace(line, words=())
    share = (at_s - line.from_s) / (line.to_s - line.from_s)
    return _Spoken(line.words[: round(share * len(line.words)) + 1], line.from_s, at_s)


def _is_like(spoken: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether these words sound like those wanted: the last may go on, as "stopped" does after "stop"."""
    *before, last = wanted
    return list(spoken[:-1]) == before and (spoken[-1] == last or (len(last) >= TELLING_LETTERS and spoken[-1].startswith(last)))


class Listening(Protocol):
    """The ears, as far as they are guarded."""

    @property
    def cleaned(self) -> Samples:
        """The last block behind the echo canceller."""

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""

    def forget(self) -> None:
        """Sound was missing: begin anew."""

    def unsaid(self, phrase: str) -> None:
        """What was confirmed was the coach's own."""

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
        self._urgent: frozenset[str] = frozenset()
        self._suspected = self._doubtful = False
        """Whether a suspicion has been told that is not decided yet, and whether it may have been the coach."""
        self._left_out = ("", 0.0)

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on."""
        self._urgent = grammar.urgent
        self._ears.scope(grammar)

    def forget(self) -> None:
        """Sound was missing: begin anew, but for what is known of the echo. The feeding thread."""
        self._ears.forget()

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        """Take the next block of both, 320 samples at 16 kHz each, and say what was heard that somebody else said."""
        found = self._ears.feed(microphone, played)
        self._residue.add(microphone, self._ears.cleaned, played)
        if self._residue.spoken_over:
            self._duck()
        return [one for heard in found for one in self._others(heard)]

    def _others(self, heard: Heard) -> list[Heard]:
        told, self._suspected = self._suspected, heard.stage is Stage.SUSPECTED
        if heard.stage is Stage.WITHDRAWN:
            return [heard] if told else []
        self._doubtful = self._residue.settling or (told and self._doubtful)
        if self._doubtful and heard.phrase in self._urgent:
            return self._unsure(heard, told=told)
        ordinary = not heard.worrying and heard.phrase not in self._urgent
        unknown = ordinary and self._residue.settling and self._own.beginning
        if not unknown and not self._is_own(heard.phrase or heard.text, heard.at_s):  # numbers come as text alone
            if heard.stage is Stage.CONFIRMED and heard.phrase and ordinary:
                self._residue.understood()
            return [heard]
        self._suspected = False
        if heard.stage is Stage.CONFIRMED:
            self._ears.unsaid(heard.phrase)
        # A suspicion that was told has to be taken back, or the coach would wait for the end of it.
        return [replace(heard, stage=Stage.WITHDRAWN)] if told else []

    def _unsure(self, heard: Heard, *, told: bool) -> list[Heard]:
        """Whether it was the coach nobody can tell yet: it hushes, and then asks."""
        if heard.stage is Stage.SUSPECTED:
            return [heard]
        asking = replace(heard, phrase="", text=heard.text or heard.phrase, worrying=True)
        return [replace(heard, stage=Stage.WITHDRAWN), asking] if told else [asking]

    def _is_own(self, words: str, at_s: float) -> bool:
        """Whether nobody stands out of what is left of the coach, though it talks; or, where that isn't known, the coach says `words`."""
        if self._residue.may_be_all():
            return True
        left_out, left_out_at_s = self._left_out
        said = self._own.said(words, at_s) or (words == left_out and at_s - left_out_at_s < AGAIN_S)
        if not said or self._residue.exceeded() or self._residue.inaudible():
            return False
        self._left_out = (words, at_s)
        return True
