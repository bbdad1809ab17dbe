"""The recognisers and the judge at work on one grammar."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from voicecoach.ears.again import AT_MOST_S, BEFORE_S, PAUSE_S
from voicecoach.ears.evidence import Moment, Opinions
from voicecoach.ears.judge import Judge
from voicecoach.ears.loudness import softly_limited
from voicecoach.ears.recognizer import Hypothesis, Recognizer, SpeechModel
from voicecoach.ears.word_model import Spotter
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

LOOK_BACK_S = 2.0
"""Dictation hears at most so much of an utterance: a noise that never ends is one utterance, and its words would be counted with the
command's."""

KEPT_S = AT_MOST_S + PAUSE_S + BEFORE_S + 0.1
"""Sound of the utterance that is kept: what a second look takes, and two steps more."""

URGENT_TIMES = 4
"""So many times likelier is a safety phrase than any other phrase of the moment."""

STORY_WORDS = 12
"""An utterance of more words than this is no command, however it goes on: dictation needn't hear the rest."""

NO_SINGLE_WORDS = Hypothesis("", final=False)
"""What the narrow recogniser would hear where the grammar has none for it."""


@dataclass(frozen=True, slots=True)
class Birth:
    """When recognisers begin, up to where those before them have acted upon the sound, and what they have confirmed when."""

    at_s: float
    used_up_s: float = 0.0
    said: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Means:
    """What hears: the same from one change of grammar to the next."""

    model: SpeechModel
    spotter: Spotter
    emphasis: Mapping[str, int]
    patience: float


class Hearing:
    """Two recognisers, dictation in reserve, and a judge, from one change of grammar to the next. One thread."""

    def __init__(self, means: Means, grammar: Grammar, gain_db: float, born: Birth) -> None:
        model, emphasis = means.model, means.emphasis
        expected = {word: times for word, times in emphasis.items() if word in grammar.phrases or word in grammar.free}
        narrow = sorted({phrase for phrase in grammar.urgent if " " not in phrase} | set(expected))
        self.grammar = grammar
        self.used_up_s = born.used_up_s
        """Up to where the sound has been acted upon, on the audio clock."""
        self.gain_db = gain_db
        """The same for all that these recognisers hear, so that it never pumps."""
        self._model = model
        self._spotter = means.spotter
        self._looked = False
        # A phrase listed so many times is so many times likelier to Vosk than one listed once.
        self._wide_words = (*grammar.phrases, *grammar.free, *grammar.decoys, *sorted(grammar.urgent) * URGENT_TIMES)
        self._wide = Recognizer(model, self._wide_words)
        self._narrow = Recognizer(model, [word for word in narrow for _ in range(expected.get(word, 1))]) if narrow else None
        self._dictation: Recognizer | None = None
        self._dictated = ("", "")
        self._story = False
        self._judge = Judge(grammar, frozenset(expected), means.patience, born.said)
        self._born_s = born.at_s
        self._sound: deque[Samples] = deque()
        self._sound_samples = 0

    @property
    def idle(self) -> bool:
        """Nothing is being said, as far as the recognisers know."""
        return self._judge.idle

    @property
    def suspecting(self) -> bool:
        """Something is suspected that has to be confirmed or withdrawn, or a doubt has still to be told."""
        return self._judge.suspecting

    def unsaid(self, phrase: str) -> None:
        """It was the coach's own: the same word from somebody else is no repetition."""
        self._judge.said.pop(phrase, None)

    def heir(self, at_s: float) -> Birth:
        """What the recognisers after these have to know."""
        return Birth(at_s, self.used_up_s, self._judge.said)

    def age_s(self, at_s: float) -> float:
        """How long these recognisers have been at work."""
        return at_s - self._born_s

    def feed(self, samples: Samples, now: Moment) -> list[Heard]:
        """Take the next stretch of sound, any length; `now` is its end."""
        samples = softly_limited(samples, self.gain_db)
        self._keep(samples)
        wide, narrow = self._wide.feed(samples), self._narrow.feed(samples) if self._narrow else NO_SINGLE_WORDS
        self._dictate(samples)
        self._looked = False
        heard = self._judge.hear(wide, narrow, now, self._opinions(now.at_s))
        if any(one.stage is Stage.CONFIRMED for one in heard):
            self.used_up_s = now.at_s
            self._spotter.forget()
        if wide.final or (self._judge.idle and not self._looked):
            self._dictation, self._dictated, self._story = None, ("", ""), False
        if wide.final:
            self._sound.clear()
            self._sound_samples = 0
        return heard

    def _opinions(self, at_s: float) -> Opinions:
        """Made anew for each step: kept, it and this object would hold each other, and the recognisers outlive their time."""
        odds, odds_lately = partial(self._spotter.odds, self.gain_db), partial(self._spotter.odds_lately, self.gain_db)
        return Opinions(self._look, odds, odds_lately, partial(self._hear_again, at_s), self._spotter.recorded)

    def _keep(self, samples: Samples) -> None:
        self._sound.append(samples)
        self._sound_samples += len(samples)
        while self._sound_samples - len(self._sound[0]) > KEPT_S * EARS_RATE_HZ:
            self._sound_samples -= len(self._sound.popleft())

    def _look(self) -> tuple[str, ...]:
        """Dictation's words of the utterance so far: from the first look, which starts with the sound that was kept, to its end."""
        self._looked = True
        if self._dictation is None and not self._story:
            self._dictation = Recognizer(self._model, ())
            self._dictate(np.concatenate(self._sound)[-round(LOOK_BACK_S * EARS_RATE_HZ) :])
        words = tuple(" ".join(self._dictated).split())
        if len(words) > STORY_WORDS:
            self._dictation, self._story = None, True
        return words

    def _hear_again(self, at_s: float, last_s: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a new wide recogniser and new dictation make of the last sound by itself.

        Nothing where its beginning has been acted upon or not been kept: of half a word they make a whole one.
        """
        length = round(last_s * EARS_RATE_HZ)
        if length > self._sound_samples or at_s - last_s < self.used_up_s:
            return (), ()
        samples = np.concatenate(self._sound)[-length:]
        texts = []
        for words in (self._wide_words, ()):
            recognizer = Recognizer(self._model, words)
            heard = recognizer.feed(samples)
            texts.append(tuple(f"{heard.text if heard.final else ''} {recognizer.finish().text}".split()))
        return texts[0], texts[1]

    def _dictate(self, samples: Samples) -> None:
        if self._dictation is None:
            return
        hypothesis = self._dictation.feed(samples)
        said, _ = self._dictated
        self._dictated = (f"{said} {hypothesis.text}", "") if hypothesis.final else (said, hypothesis.text)
