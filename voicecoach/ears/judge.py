"""From hypotheses over time to what was said: suspected, confirmed or withdrawn. Pure: the only time is the stream's.

Two recognisers report at every step. The wide one knows every phrase of the moment. The narrow one knows only single words, the safety
words and the answers expected now, and hears them in noise and in voices in which the wide one takes them for pieces of longer phrases.
Both make a phrase out of the first syllables of any sentence. So dictation is asked for a third opinion, only then and about something
else: how many words there were (`look`). A command is a short utterance; a story isn't.
"""

from collections.abc import Callable, Collection, Mapping

from voicecoach.ears.candidates import SPARE_WORDS, Candidates
from voicecoach.ears.evidence import Candidate, Moment, Track, Words, said_once, without_unknown
from voicecoach.ears.recognizer import Hypothesis
from voicecoach.messages.heard import Grammar, Heard, Stage

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

SPARE_WORDS_ALONE = 2
"""The same for a few words that stand alone: an accent that dictation splits, not a story."""

OVER_S = 0.5
"""A few words that stand alone, and calm for so long after them: the first word of a sentence has its second by then."""

SUSPECTED_AT_MOST_S = 2.0
"""What has been borne out for so long is believed: nobody waits longer, hushed, for a decision."""

PARDON_WORDS = 6
"""Speech that is nothing known is handed on only if it is short and stands alone: never a radio's sentences in a row."""


class Judge:
    """Weighs the hypotheses for one grammar. `expected` are the words in which the narrow recogniser is believed by itself.

    `patience` is how many times as long as usual a safety phrase has to hold before it is suspected or confirmed. `said` is what the judge
    before this one has confirmed, and when.
    """

    def __init__(self, grammar: Grammar, expected: Collection[str], patience: float = 1.0, said: Mapping[str, float] | None = None) -> None:
        self._urgent = grammar.urgent
        self._phrases = frozenset(grammar.phrases)
        self._expected = frozenset(expected) & self._phrases
        self._beginnings = {phrase.rsplit(" ", cut)[0] for phrase in grammar.phrases for cut in range(1, phrase.count(" ") + 1)}
        self._free = frozenset(grammar.free)
        self._patience = patience
        self._wide, self._narrow = Track(), Track()
        self._suspected = ""
        self._suspected_at_s = 0.0
        self._said = dict(said or {})
        self._candidates = Candidates(grammar, expected, self._wide, self._narrow, self._said)
        self._began_s = 0.0
        self._answer: Words = ()

    @property
    def idle(self) -> bool:
        """Nothing is being said, as far as the recognisers know."""
        return not self._suspected and self._wide.quiet and self._narrow.quiet

    @property
    def suspecting(self) -> bool:
        """A safety phrase is suspected, and neither confirmed nor withdrawn yet."""
        return bool(self._suspected)

    @property
    def said(self) -> Mapping[str, float]:
        """What has been confirmed, and when."""
        return self._said

    def withdraw(self, at_s: float) -> list[Heard]:
        """Another judge takes over: what is still suspected is withdrawn."""
        return self._withdrawn(at_s)

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
        for candidate in self._candidates.at(now):
            track, sure = candidate.track, self._sure(candidate, now)
            soon, anyway = SUSPECT_CALM_S * self._patience, SUSPECT_ANYWAY_S * self._patience
            suspicious = sure or self._suspected or track.steady(now, 0.0, soon) or track.steady(now, anyway)
            if not suspicious or not self._candidates.borne_out(candidate, look()):
                continue
            if sure:
                self._said[candidate.phrase] = now.at_s
                self._suspected = ""
                return [Heard(Stage.CONFIRMED, candidate.phrase, " ".join(track.words), now.at_s)]
            if self._suspected:
                return []
            self._suspected, self._suspected_at_s = candidate.phrase, now.at_s
            return [Heard(Stage.SUSPECTED, candidate.phrase, " ".join(track.words), now.at_s)]
        return self._withdrawn(now.at_s)

    def _sure(self, candidate: Candidate, now: Moment) -> bool:
        track, times = candidate.track, self._patience
        if candidate.repeated or (self._suspected and now.at_s - self._suspected_at_s >= SUSPECTED_AT_MOST_S):
            return True
        if candidate.in_a_story:
            return track.steady(now, STEADY_S * times, OVER_S * times)
        return track.steady(now, STEADY_S * times, CALM_S * times) or track.steady(now, STEADY_IF_DOUBTFUL_S * times)

    def _withdrawn(self, at_s: float) -> list[Heard]:
        if not self._suspected:
            return []
        phrase, self._suspected = self._suspected, ""
        return [Heard(Stage.WITHDRAWN, phrase, " ".join(self._wide.words), at_s)]

    def _ordinarily(self, now: Moment, look: Look) -> list[Heard]:
        track, phrase = self._wide, " ".join(said_once(self._wide.known))
        answer = " ".join(said_once(self._narrow.known))
        if answer in self._expected - self._urgent and len(self._wide.words) <= 1:
            track, phrase = self._narrow, answer
        if phrase not in self._phrases or phrase in self._urgent or self._candidates.same_again(phrase, track):
            return []
        doubtful = now.talking or phrase in self._beginnings
        if not track.steady(now, STEADY_IF_DOUBTFUL_S if doubtful else STEADY_S, CALM_S):
            return []
        dictated = look()
        if len(dictated) > len(track.known) + (SPARE_WORDS_ALONE if now.alone else SPARE_WORDS):
            return []
        over = now.alone and now.calm_s >= OVER_S
        if track is self._wide and not (dictated if over else set(dictated) & set(track.known)):
            return []
        self._said[phrase] = now.at_s
        return [Heard(Stage.CONFIRMED, phrase, " ".join(track.words), now.at_s)]

    def _otherwise(self, now: Moment, look: Look) -> list[Heard]:
        """What to make of an utterance at its end in which nothing has been confirmed."""
        known = without_unknown(self._wide.words)
        for words in (known if len(known) > 1 else (), self._answer, known):
            if words and self._free.issuperset(words):
                return [Heard(Stage.CONFIRMED, "", " ".join(words), now.at_s)]
        dictated = look() if now.alone else ()
        if not 0 < len(dictated) <= PARDON_WORDS:
            return []
        return [Heard(Stage.CONFIRMED, "", " ".join(known or dictated), now.at_s)]
