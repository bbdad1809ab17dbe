"""From hypotheses over time to what was said: suspected, confirmed or withdrawn. Pure: the only time is the stream's.

Two recognisers report at every step. The wide one knows every phrase of the moment. The narrow one knows only single words, the safety
words and the answers expected now, and hears them in noise and in voices in which the wide one takes them for pieces of longer phrases.
Both make a phrase out of the first syllables of any sentence. So dictation is asked for a third opinion, only then and about something
else: how many words there were (`look`). A command is a short utterance; a story isn't.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from voicecoach.ears.recognizer import UNKNOWN, Hypothesis
from voicecoach.messages.heard import Grammar, Heard, Stage

Words = tuple[str, ...]
Look = Callable[[], Words]

STEADY_S = 0.28
CALM_S = 0.16
"""A phrase that has been the whole hypothesis for so long, and after which it has been calm for so long, is confirmed. The recognisers
move every 200 ms, so it has survived one move; what comes before a pause of that length is a word's end and not the gap before a "p"."""

STEADY_IF_DOUBTFUL_S = 0.6
"""Without that calm a safety phrase is confirmed after so long. So is an ordinary one with it, if it is the beginning of a longer one or
the coach itself talks."""

SUSPECT_CALM_S = 0.12
SUSPECT_ANYWAY_S = 0.36
"""A safety phrase is suspected once it has been calm for so long, which is longer than the gap before the "p" of "stop", or if two more
moves still say so."""

SAME_AGAIN_S = 1.0
"""A hypothesis that began before so long after a phrase was confirmed is that same phrase, heard by the other recogniser or heard on."""

SPARE_WORDS = 1
"""Words more than its own that a phrase may have in dictation, which splits and doubles some."""

SPARE_WORDS_AROUND = 3
"""Words around a safety phrase: "please stop it now" is meant, the middle of a story isn't."""

PARDON_WORDS = 6
"""Speech that is nothing known is handed on only if it is short and stands alone: never a radio's sentences in a row."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What else there is to know when the hypotheses are weighed."""

    at_s: float
    """How much sound has been consumed."""
    calm_s: float
    """For how long it has been calm; 0 in the middle of a word."""
    alone: bool
    """Whether what was said lately is a few words by themselves."""
    talking: bool = False
    """Whether the coach's own voice may be in the sound."""


@dataclass(slots=True)
class Track:
    """One recogniser's hypothesis, and since when it has been this one."""

    words: Words = ()
    since_s: float = 0.0
    final: bool = False

    def follow(self, hypothesis: Hypothesis, at_s: float) -> None:
        """Take the next hypothesis."""
        words = tuple(hypothesis.text.split())
        if words != self.words or self.final:
            self.words, self.since_s = words, at_s
        self.final = hypothesis.final

    @property
    def known(self) -> Words:
        """The words, if there is not more than one unknown sound among them."""
        known = _without_unknown(self.words)
        return known if len(self.words) - len(known) <= 1 else ()

    @property
    def quiet(self) -> bool:
        """Nothing is being said, as far as this recogniser knows."""
        return not self.words or self.final

    def steady(self, now: "Moment", for_s: float, calm_s: float = 0.0) -> bool:
        """Whether it has been this one for so long and calm for so long, or is the last word on the utterance."""
        return self.final or (now.at_s - self.since_s >= for_s and now.calm_s >= calm_s)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A safety phrase that may have been said, the track that says so, and what dictation must say to bear it out."""

    phrase: str
    track: Track
    most_words: int
    dictated_too: bool = False
    """Dictation has to have the phrase's words as well: there are other words around it."""


class Judge:
    """Weighs the hypotheses for one grammar. `expected` are the words in which the narrow recogniser is believed by itself."""

    def __init__(self, grammar: Grammar, expected: Collection[str]) -> None:
        self._urgent = grammar.urgent
        self._phrases = frozenset(grammar.phrases)
        self._expected = frozenset(expected) & self._phrases
        self._beginnings = {phrase.rsplit(" ", cut)[0] for phrase in grammar.phrases for cut in range(1, phrase.count(" ") + 1)}
        self._free = frozenset(grammar.free)
        self._wide, self._narrow = Track(), Track()
        self._suspected = ""
        self._said: dict[str, float] = {}
        self._began_s = 0.0
        self._answer: Words = ()

    @property
    def idle(self) -> bool:
        """Nothing is being said, as far as the recognisers know."""
        return not self._suspected and self._wide.quiet and self._narrow.quiet

    def hear(self, wide: Hypothesis, narrow: Hypothesis, now: Moment, look: Look) -> list[Heard]:
        """Take both hypotheses as they stand. `look` gives dictation's words of the utterance so far."""
        if self.idle:
            self._began_s, self._answer = now.at_s, ()
        self._wide.follow(wide, now.at_s)
        self._narrow.follow(narrow, now.at_s)
        if self._narrow.words:
            self._answer = self._narrow.known
        heard = self._urgently(now, look)
        if not heard and not self._suspected:
            heard = self._ordinarily(now, look)
        acted = heard or self._suspected or max(self._said.values(), default=-1.0) >= self._began_s
        if self._wide.final and self._wide.words and not acted:
            heard = self._otherwise(now, look)
        return heard

    def _urgently(self, now: Moment, look: Look) -> list[Heard]:
        for candidate in self._urgent_candidates():
            track = candidate.track
            sure = track.steady(now, STEADY_S, CALM_S) or track.steady(now, STEADY_IF_DOUBTFUL_S)
            suspicious = sure or self._suspected or track.steady(now, 0.0, SUSPECT_CALM_S) or track.steady(now, SUSPECT_ANYWAY_S)
            if not suspicious or not self._borne_out(candidate, look()):
                continue
            if sure:
                self._said[candidate.phrase] = now.at_s
                self._suspected = ""
                return [Heard(Stage.CONFIRMED, candidate.phrase, " ".join(track.words), now.at_s)]
            if self._suspected:
                return []
            self._suspected = candidate.phrase
            return [Heard(Stage.SUSPECTED, candidate.phrase, " ".join(track.words), now.at_s)]
        return self._withdrawn(now.at_s)

    def _withdrawn(self, at_s: float) -> list[Heard]:
        if not self._suspected:
            return []
        phrase, self._suspected = self._suspected, ""
        return [Heard(Stage.WITHDRAWN, phrase, " ".join(self._wide.words), at_s)]

    def _urgent_candidates(self) -> Iterator[Candidate]:
        once = _once(self._wide.known)
        word = " ".join(_once(self._narrow.known))
        whole = " ".join(once)
        if whole in self._phrases - self._urgent and _one_in_the_other(word, whole):
            return
        for words in _parts(once):
            phrase, around = " ".join(words), len(once) - len(words) + self._wide.words.count(UNKNOWN)
            if phrase not in self._urgent or around > SPARE_WORDS_AROUND or self._same_again(phrase, self._wide):
                continue
            if around:
                yield Candidate(phrase, self._wide, len(words) + SPARE_WORDS_AROUND, dictated_too=True)
            elif len(words) > 1 or phrase == word:
                yield Candidate(phrase, self._wide, len(self._wide.known) + SPARE_WORDS)
        if word in self._urgent & self._expected and not self._same_again(word, self._narrow):
            yield Candidate(word, self._narrow, len(self._narrow.known) + SPARE_WORDS, dictated_too=UNKNOWN in self._narrow.words)

    def _borne_out(self, candidate: Candidate, dictated: Words) -> bool:
        if len(dictated) > candidate.most_words:
            return False
        if candidate.dictated_too:
            return set(candidate.phrase.split()) <= set(dictated)
        if candidate.track is self._wide:
            return " " not in candidate.phrase or dictated != ()
        another = " ".join(_once(self._wide.known))
        return another == candidate.phrase or another not in self._phrases or dictated != self._wide.known

    def _same_again(self, phrase: str, track: Track) -> bool:
        return any(
            track.since_s < said_at_s + SAME_AGAIN_S and (phrase == said or (said in self._urgent and _one_in_the_other(said, phrase)))
            for said, said_at_s in self._said.items()
        )

    def _ordinarily(self, now: Moment, look: Look) -> list[Heard]:
        track, phrase = self._wide, " ".join(_once(self._wide.known))
        answer = " ".join(_once(self._narrow.known))
        if answer in self._expected and len(self._wide.words) <= 1:
            track, phrase = self._narrow, answer
        if phrase not in self._phrases or phrase in self._urgent or self._same_again(phrase, track):
            return []
        doubtful = now.talking or phrase in self._beginnings
        if not track.steady(now, STEADY_IF_DOUBTFUL_S if doubtful else STEADY_S, CALM_S):
            return []
        dictated = look()
        if len(dictated) > len(track.known) + SPARE_WORDS or (track is self._wide and not set(dictated) & set(track.known)):
            return []
        self._said[phrase] = now.at_s
        return [Heard(Stage.CONFIRMED, phrase, " ".join(track.words), now.at_s)]

    def _otherwise(self, now: Moment, look: Look) -> list[Heard]:
        """What to make of an utterance at its end in which nothing has been confirmed."""
        known = _without_unknown(self._wide.words)
        for words in (known if len(known) > 1 else (), self._answer, known):
            if words and self._free.issuperset(words):
                return [Heard(Stage.CONFIRMED, "", " ".join(words), now.at_s)]
        dictated = look() if now.alone else ()
        if not 0 < len(dictated) <= PARDON_WORDS:
            return []
        return [Heard(Stage.CONFIRMED, "", " ".join(known or dictated), now.at_s)]


def _without_unknown(words: Words) -> Words:
    return tuple(word for word in words if word != UNKNOWN)


def _once(words: Words) -> Words:
    """`words` without repetition of the whole: "stop stop stop" is "stop"."""
    for length in range(1, len(words) // 2 + 1):
        if len(words) % length == 0 and words[:length] * (len(words) // length) == words:
            return words[:length]
    return words


def _one_in_the_other(one: str, other: str) -> bool:
    """Whether one phrase is a stretch of the other, in whole words: "pain" is in "chest pain"."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _parts(words: Words) -> list[Words]:
    """Every stretch of `words`, the longest first."""
    return [words[at : at + length] for length in range(len(words), 0, -1) for at in range(len(words) - length + 1)]
