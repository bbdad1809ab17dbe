"""Coach and person talk at once: the coach's real mixer, the rehearsal's room, the coach's real ears, and a hush where it is due."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import Canceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.events import Unclear
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, EARS_RATE_HZ, VOICE_BLOCK, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.rehearsal.echo_path import Retimed
from voicecoach.rehearsal.levels import word_end
from voicecoach.rehearsal.room import Room
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker

PAUSE_S = 0.6
"""Between two of the coach's lines."""
HUSHED_S = 2.5
"""How long the coach holds its tongue after a suspicion: until the ears are sure."""
EARLIEST_S = 0.4
"""After the beginning of the coach's line the person begins, at the earliest."""
LONG_ENOUGH_S = 1.5
"""A line into which somebody speaks has to be so long."""
SIGN_S, SURE_S = 1.0, 2.0
"""A suspicion, or a confirmation, so long after the word's end is still for this word."""
SOONEST_S = 0.1
"""Nobody can have heard a word so soon after its beginning."""


@dataclass(frozen=True, slots=True)
class CoachLine:
    """What the coach says, and the moment in which the ears listen meanwhile."""

    text: str
    pcm: Pcm
    moment: str = "set"


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said and what came of it: seconds from the word's end to the hush and to the confirmation, None if there was none."""

    name: str
    hushed_s: float | None
    sure_s: float | None


@dataclass(frozen=True, slots=True)
class Own:
    """Something that the ears heard although the person had said nothing: the coach's own doing.

    `urgent`: a safety phrase. `asked`: nothing known, but the coach would pause and ask.
    """

    line: str
    heard: Heard
    urgent: bool
    asked: bool


@dataclass(slots=True)
class _Word:
    name: str
    from_s: float
    to_s: float
    hushed_at_s: float | None = None
    sure_at_s: float | None = None

    def said(self) -> Said:
        return Said(self.name, *(None if at_s is None else at_s - self.to_s for at_s in (self.hushed_at_s, self.sure_at_s)))


class Conversation:
    """One of them. The person speaks into every second line that is long enough; a word into which the coach doesn't talk doesn't count."""

    def __init__(
        self, room: Room, canceller: Canceller, means: tuple[SpeechModel, WordModel, Phrasebook], rng: np.random.Generator, *, guarded: bool
    ) -> None:
        """`guarded`: behind the ears stands what leaves out the coach's own words, and lowers its voice."""
        model, words, phrasebook = means
        self._room = room
        self._phrasebook = phrasebook
        self._rng = rng
        self._own_words = OwnWords({value: word for word, value in phrasebook.numbers.words.items()})
        self._speaker = Speaker()
        ears = Ears(model, words, canceller, phrasebook.emphasis)
        self._ears: GuardedEars | Ears = GuardedEars(ears, self._own_words, self._speaker.duck) if guarded else ears
        self._reference = Retimed()
        self._blocks = 0
        self._next_line_s = 0.5
        self._turn = False
        self._line: CoachLine | None = None
        self._word: _Word | None = None
        self._waiting: list[tuple[int, Samples]] = []
        self.said: list[Said] = []
        self.own: list[Own] = []
        self.talked_lines = 0

    @property
    def _now_s(self) -> float:
        return self._blocks * BLOCK_MS / 1000

    def run(self, opening: Sequence[CoachLine], lines: Sequence[CoachLine], words: Sequence[tuple[str, Samples]]) -> None:
        """The opening undisturbed; then every line once or, if there are `words` by name, lines until each of them has been said."""
        left = deque(words)
        for line in opening:
            self._say(line, deque())
        for line in cycle(lines) if words else lines:
            if words and not left:
                break
            self._say(line, left)
        self._until(self._now_s + SURE_S)
        self._finish_word()

    def _say(self, line: CoachLine, left: deque[tuple[str, Samples]]) -> None:
        while self._now_s < self._next_line_s:  # a hush puts it off
            self._step()
        self._begin(line, left)

    def _until(self, at_s: float) -> None:
        while self._now_s < at_s:
            self._step()

    def _begin(self, line: CoachLine, left: deque[tuple[str, Samples]]) -> None:
        self._finish_word()
        self._line = line
        self.talked_lines += 1
        self._ears.scope(self._phrasebook.grammar(line.moment))
        self._speaker.say(self.talked_lines, line.pcm)
        self._own_words.saying(line.text, self._now_s, self._now_s + line.pcm.duration_s)
        self._next_line_s = self._now_s + line.pcm.duration_s + PAUSE_S
        self._turn = not self._turn
        if left and self._turn and line.pcm.duration_s >= LONG_ENOUGH_S:
            name, samples = left.popleft()
            latest_s = max(line.pcm.duration_s - len(samples) / EARS_RATE_HZ, EARLIEST_S)
            at_s = self._now_s + float(self._rng.uniform(EARLIEST_S, latest_s))
            end_s = at_s + word_end(samples) / EARS_RATE_HZ
            self._word = _Word(name, at_s, end_s)
            self._waiting.append((round(at_s * EARS_RATE_HZ), samples))
            self._next_line_s = max(self._next_line_s, end_s + SURE_S)

    def _finish_word(self) -> None:
        if self._word is not None:
            self.said.append(self._word.said())
            self._word = None

    def _step(self) -> None:
        start = self._blocks * EARS_BLOCK
        for at_sample, samples in [one for one in self._waiting if one[0] < start + EARS_BLOCK]:
            self._waiting.remove((at_sample, samples))
            if self._speaker.busy:
                self._room.say(samples, at_sample)
            else:
                self._word = None
        played = self._speaker.pull(VOICE_BLOCK)
        microphone = self._room.capture(played)
        self._blocks += 1
        for heard in self._ears.feed(microphone, self._reference.push(played)):
            self._take(heard)

    def _take(self, heard: Heard) -> None:
        line = self._line or CoachLine("", Pcm(np.zeros(0, np.float32), VOICE_RATE_HZ))
        meant = interpret(heard, line.moment, self._phrasebook)
        urgent, asked = heard.phrase in self._phrasebook.grammar(line.moment).urgent, isinstance(meant, Unclear)
        if heard.stage is Stage.WITHDRAWN or (asked and not heard.worrying):
            return
        word, now_s = self._word, self._now_s
        if urgent and word and word.from_s + SOONEST_S <= now_s <= word.to_s + SURE_S:
            if word.hushed_at_s is None and now_s <= word.to_s + SIGN_S:
                word.hushed_at_s = now_s
            if heard.stage is Stage.CONFIRMED and word.sure_at_s is None:
                word.sure_at_s = now_s
        elif (urgent or heard.stage is Stage.CONFIRMED) and not (word and now_s >= word.from_s):
            self.own.append(Own(line.text, heard, urgent, asked))
        if urgent:
            self._speaker.hush()
            self._own_words.hushed(now_s)
            self._next_line_s = max(self._next_line_s, now_s + HUSHED_S)
