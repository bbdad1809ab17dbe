"""From hypotheses over time to what was said: suspected, confirmed or withdrawn. Pure: the only time is the stream's.

Two recognisers report at every step. The wide one knows every phrase of the moment. The narrow one knows only single words, the safety
words and the answers expected now, and hears them in noise and in voices in which the wide one takes them for pieces of longer phrases.
Both make a phrase out of the first syllables of any sentence. So two more are asked for an opinion (evidence.Opinions). Dictation tells
something else: how many words there were. A command is a short utterance; a story isn't. The word model knows nothing of sentences, only
what single words sound like: it denies what the recognisers make up, and where a word stands alone it is heard by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from voicecoach.ears.again import Again
from voicecoach.ears.candidates import SAME_AGAIN_S, Candidates
from voicecoach.ears.evidence import SPARE_WORDS, Candidate, Moment, Opinions, Tracks, Words, without_unknown
from voicecoach.ears.recognizer import Hypothesis
from voicecoach.ears.spotted import NO_LIMIT, SpottedNumbers, denied, spotted_word
from voicecoach.ears.worry import Worry
from voicecoach.messages.heard import Grammar, Heard, Stage

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

SLOWER_IN_TALK = 2.0
"""So many times as long in the middle of talk, where the recognisers soon take back most of what they make up, unless the word model can
tell."""

SUSPECTED_AT_MOST_S = 2.0
"""What has been borne out for so long is believed: nobody waits longer, hushed, for a decision."""

UNHEARD_OVER_S = 0.8
"""A number that only the word model has heard is over after so long a calm; Vosk would have begun to say something by then."""

PARDON_WORDS = 6
"""Speech that is nothing known is handed on only if it is short and stands alone: never a radio's sentences in a row."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A safety phrase that was told to be suspected, and neither confirmed nor withdrawn yet."""

    phrase: str
    at_s: float
    recorded: bool
    """Real people have taught the word model its last word: a withdrawal is no mere guess."""


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
        self._patience, self._single = patience, sorted(expected)
        tracks = Tracks()
        self._tracks, self._again, self._worry = tracks, Again(grammar), Worry(grammar.worrying)
        self._wide, self._narrow, self._spotted = tracks.wide, tracks.narrow, tracks.spotted
        self._suspicion: Suspicion | None = None
        self._said = dict(said or {})
        self._candidates = Candidates(grammar, expected, tracks, self._said)
        self._began_s = 0.0
        self._answer: Words = ()
        self._numbers = SpottedNumbers(self._free & set(expected))

    @property
    def idle(self) -> bool:
        """Nothing is being said, as far as the recognisers know."""
        return not self._suspicion and self._tracks.quiet and not self._numbers.surest

    @property
    def suspecting(self) -> bool:
        """A safety phrase is suspected, or was withdrawn on a guess and has not been told yet."""
        return self._suspicion is not None or self._worry.pending

    @property
    def said(self) -> dict[str, float]:
        """What has been confirmed, and when."""
        return self._said

    def hear(self, wide: Hypothesis, narrow: Hypothesis, now: Moment, ask: Opinions) -> list[Heard]:
        """Take both hypotheses as they stand, and ask for further opinions where it matters."""
        self._worry.pass_to(now.at_s)
        faded = self.idle and self._worry.pending and now.alone and now.calm_s >= SUSPECT_CALM_S
        if self.idle or self._tracks.over:
            self._began_s, self._answer = now.at_s, ()
        self._wide.follow(wide, now.at_s)
        self._narrow.follow(narrow, now.at_s)
        self._numbers.hear(now, ask)
        self._spotted.follow(Hypothesis(spotted_word(self._single, self._urgent, now, ask), final=False), now.at_s)
        self._tracks.again.follow(Hypothesis(self._again.phrase(self._tracks, now, ask), final=False), now.at_s)
        self._answer = self._narrow.known if self._narrow.words else self._answer
        heard = self._urgently(now, ask)
        if not heard and not self._suspicion:
            heard = self._ordinarily(now, ask)
        acted = self._suspicion or max(self._said.values(), default=-1.0) >= self._began_s
        unheard_over = bool(self._numbers.surest) and self._tracks.quiet and now.calm_s >= UNHEARD_OVER_S
        pending = not self._narrow.quiet and self._narrow.phrase in self._expected - self._urgent
        if not acted and (self._tracks.over or unheard_over):
            heard += [one for one in self._otherwise(now, ask) if one.worrying or not pending]
        elif faded and not heard and self.idle:
            heard = [Heard(Stage.CONFIRMED, "", "", now.at_s, worrying=True)]
        if heard or acted:
            self._numbers.forget()
        if any(one.stage is Stage.CONFIRMED for one in heard):
            self._again.forget()
            self._worry.forget()
        return heard

    def _urgently(self, now: Moment, ask: Opinions) -> list[Heard]:
        held, overdue = False, self._suspicion is not None and now.at_s - self._suspicion.at_s >= SUSPECTED_AT_MOST_S
        for candidate in self._candidates.at(now):
            track, sure = candidate.track, overdue or self._sure(candidate, now)
            times = self._patience * (1.0 if now.apart or candidate.last in ask.recorded else SLOWER_IN_TALK)
            if now.talking:
                ask.dictated()  # its first look takes a third of a second of a core: it is over by the time the phrase has held
            holds = track.steady(now, 0.0, SUSPECT_CALM_S * times) or track.steady(now, SUSPECT_ANYWAY_S * times)
            if not (sure or self._suspicion or holds):
                continue
            odds = None if candidate.repeated else ask.odds_lately(candidate.last)
            least, enough = self._candidates.limits(candidate, now, ask)
            if self._suspicion and self._suspicion.phrase == candidate.phrase:
                least = NO_LIMIT
            enough = NO_LIMIT if overdue else enough
            if (odds is not None and odds < least) or not self._candidates.borne_out(candidate, ask.dictated()):
                continue
            if sure and (odds is None or odds >= enough):
                self._said[candidate.phrase] = now.at_s
                self._suspicion = None
                return [Heard(Stage.CONFIRMED, candidate.phrase, " ".join(track.words), now.at_s)]
            recorded = candidate.last in ask.recorded
            if self._suspicion:
                held, self._suspicion = True, replace(self._suspicion, recorded=self._suspicion.recorded and recorded)
                continue
            self._suspicion = Suspicion(candidate.phrase, now.at_s, recorded)
            return [Heard(Stage.SUSPECTED, candidate.phrase, " ".join(track.words), now.at_s)]
        return [] if held else self._withdraw(now.at_s)

    def _sure(self, candidate: Candidate, now: Moment) -> bool:
        track, times = candidate.track, self._patience
        if candidate.repeated:
            return True
        if candidate.in_a_story:
            return track.steady(now, STEADY_S * times, OVER_S * times)
        return track.steady(now, STEADY_S * times, CALM_S * times) or track.steady(now, STEADY_IF_DOUBTFUL_S * times)

    def _withdraw(self, at_s: float) -> list[Heard]:
        """What is suspected was not said after all."""
        if not self._suspicion:
            return []
        if not self._suspicion.recorded or not self._candidates.telling():
            self._worry.suspected(at_s)
        phrase, self._suspicion = self._suspicion.phrase, None
        return [Heard(Stage.WITHDRAWN, phrase, " ".join(self._wide.words), at_s)]

    def _ordinarily(self, now: Moment, ask: Opinions) -> list[Heard]:
        track, phrase = self._wide, self._wide.phrase
        answer = self._narrow.phrase
        spotted = " ".join(self._spotted.words)
        if answer in self._expected - self._urgent and len(self._wide.words) <= 1:
            track, phrase = self._narrow, answer
        elif spotted in self._expected - self._urgent and not self._wide.known:
            track, phrase = self._spotted, spotted
        if phrase not in self._phrases or phrase in self._urgent or self._candidates.same_again(phrase, track) or denied(phrase, ask):
            return []
        if any(track.since_s < said_at_s + SAME_AGAIN_S for said, said_at_s in self._said.items() if said in self._urgent):
            return []
        doubtful = now.talking or phrase in self._beginnings
        if not track.steady(now, STEADY_IF_DOUBTFUL_S if doubtful else STEADY_S, CALM_S):
            return []
        dictated = ask.dictated()
        if len(dictated) > len(track.known) + (SPARE_WORDS_ALONE if now.alone else SPARE_WORDS):
            return []
        over = now.alone and now.calm_s >= OVER_S
        if track is self._wide and not (dictated if over else set(dictated) & set(track.known)):
            return []
        self._said[phrase] = now.at_s
        return [Heard(Stage.CONFIRMED, phrase, " ".join(track.words), now.at_s)]

    def _otherwise(self, now: Moment, ask: Opinions) -> list[Heard]:
        """What to make of an utterance at its end in which nothing has been confirmed."""
        known, number = without_unknown(self._wide.words), self._numbers.surest
        for words in (known if len(known) > 1 else (), self._answer, known, (number,) if number else ()):
            if words and self._free.issuperset(words):
                worrying = self._worry.pending and not set(words) & set(self._single)
                return [Heard(Stage.CONFIRMED, "", " ".join(self._numbers.corrected(words)), now.at_s, worrying=worrying)]
        dictated = ask.dictated() if now.alone else ()
        if not 0 < len(dictated) <= PARDON_WORDS:
            return []
        text = " ".join(known or dictated)
        return [Heard(Stage.CONFIRMED, "", text, now.at_s, worrying=self._worry.about(text, " ".join(dictated)))]
