"""From hypotheses over time to what was said: suspected, confirmed or withdrawn. Pure: the only time is the stream's.

Two recognisers report at every step. The wide one knows every phrase of the moment. The narrow one knows only single words, the safety
words and the answers expected now, and hears them in noise and in voices in which the wide one takes them for pieces of longer phrases.
Both make a phrase out of the first syllables of any sentence. So dictation is asked for a third opinion, only then and about something
else: how many words there were (`look`). A command is a short utterance; a story isn't.
"""

from collections.abc import Callable, Collection, Iterator

from voicecoach.ears.evidence import Candidate, Moment, Track, Words, one_in_the_other, parts, said_once, without_unknown
from voicecoach.ears.recognizer import UNKNOWN, Hypothesis
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

SAME_AGAIN_S = 1.0
"""A hypothesis that began before so long after a phrase was confirmed is that same phrase, heard by the other recogniser or heard on."""

SPARE_WORDS = 1
"""Words more than its own that a phrase may have in dictation, which splits and doubles some."""

SPARE_WORDS_ALONE = 2
"""The same for a few words that stand alone: an accent that dictation splits, not a story."""

OVER_S = 0.5
"""A few words that stand alone, and calm for so long after them: the first word of a sentence has its second by then."""

SPARE_WORDS_AROUND = 3
"""Words around a safety phrase: "please stop it now" is meant, the middle of a story isn't."""

STORY_S = 1.4
STORY_S_A_WORD = 0.35
"""More sound lately than this and so much for each further word of the phrase: it is a piece of a story until dictation hears it too, and
a pause follows."""

AROUND_ALONE = 1
"""So many words around a safety phrase need no dictation to bear it out, in a few words that stand alone: "oh it hurts", "not hurts"."""

PARDON_WORDS = 6
"""Speech that is nothing known is handed on only if it is short and stands alone: never a radio's sentences in a row."""


class Judge:
    """Weighs the hypotheses for one grammar. `expected` are the words in which the narrow recogniser is believed by itself.

    `patience` is how many times as long as usual a safety phrase has to hold before it is suspected or confirmed.
    """

    def __init__(self, grammar: Grammar, expected: Collection[str], patience: float = 1.0) -> None:
        self._urgent = grammar.urgent
        self._phrases = frozenset(grammar.phrases)
        self._expected = frozenset(expected) & self._phrases
        self._beginnings = {phrase.rsplit(" ", cut)[0] for phrase in grammar.phrases for cut in range(1, phrase.count(" ") + 1)}
        self._free = frozenset(grammar.free)
        self._telling = (self._phrases | set(grammar.decoys)) - grammar.vague
        self._patience = patience
        self._wide, self._narrow = Track(), Track()
        self._suspected = ""
        self._said: dict[str, float] = {}
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
        for candidate in self._urgent_candidates(now):
            track, sure = candidate.track, self._sure(candidate, now)
            soon, anyway = SUSPECT_CALM_S * self._patience, SUSPECT_ANYWAY_S * self._patience
            suspicious = sure or self._suspected or track.steady(now, 0.0, soon) or track.steady(now, anyway)
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

    def _sure(self, candidate: Candidate, now: Moment) -> bool:
        track, times = candidate.track, self._patience
        if candidate.in_a_story:
            return track.steady(now, STEADY_S * times, OVER_S * times)
        return track.steady(now, STEADY_S * times, CALM_S * times) or track.steady(now, STEADY_IF_DOUBTFUL_S * times)

    def _withdrawn(self, at_s: float) -> list[Heard]:
        if not self._suspected:
            return []
        phrase, self._suspected = self._suspected, ""
        return [Heard(Stage.WITHDRAWN, phrase, " ".join(self._wide.words), at_s)]

    def _urgent_candidates(self, now: Moment) -> Iterator[Candidate]:
        """Safety phrases in the hypotheses, the longest first. "Pain" within "no pain" is none, where "no pain" may be said."""
        once = said_once(self._wide.known)
        word = " ".join(said_once(self._narrow.known))
        whole = " ".join(once)
        if whole in self._phrases - self._urgent and one_in_the_other(word, whole):
            return
        harmless = ""
        for words in parts(once):
            phrase, around = " ".join(words), len(once) - len(words) + self._wide.words.count(UNKNOWN)
            if phrase in self._phrases and phrase not in self._urgent:
                harmless = harmless or phrase
            if phrase not in self._urgent or phrase in harmless.split() or around > SPARE_WORDS_AROUND:
                continue
            if self._same_again(phrase, self._wide):
                continue
            story = self._in_a_story(phrase, now)
            if around and not story:
                by_itself = now.alone and around <= AROUND_ALONE
                yield Candidate(phrase, self._wide, len(words) + SPARE_WORDS_AROUND, dictated_too=not by_itself)
            elif not around and (len(words) > 1 or phrase == word or (self._wide.final and now.alone)):
                yield Candidate(phrase, self._wide, len(self._wide.known) + SPARE_WORDS, dictated_too=story, in_a_story=story)
        if word in self._urgent & self._expected and not self._same_again(word, self._narrow):
            # The narrow recogniser has no other words to choose from: where the wide one hears another command, dictation decides.
            doubtful = UNKNOWN in self._narrow.words or whole in self._phrases - self._urgent
            story = self._in_a_story(word, now)
            yield Candidate(word, self._narrow, len(self._narrow.known) + SPARE_WORDS, dictated_too=doubtful or story, in_a_story=story)

    def _in_a_story(self, phrase: str, now: Moment) -> bool:
        return not now.talking and now.spoken_s > STORY_S + STORY_S_A_WORD * phrase.count(" ")

    def _borne_out(self, candidate: Candidate, dictated: Words) -> bool:
        if len(dictated) > candidate.most_words:
            return False
        if candidate.dictated_too:
            return set(candidate.phrase.split()) <= set(dictated)
        if candidate.track is self._wide:
            return " " not in candidate.phrase or dictated != ()
        another = " ".join(said_once(self._wide.known))
        return another == candidate.phrase or another not in self._telling or dictated != self._wide.known

    def _same_again(self, phrase: str, track: Track) -> bool:
        return any(
            track.since_s < said_at_s + SAME_AGAIN_S and (phrase == said or (said in self._urgent and one_in_the_other(said, phrase)))
            for said, said_at_s in self._said.items()
        )

    def _ordinarily(self, now: Moment, look: Look) -> list[Heard]:
        track, phrase = self._wide, " ".join(said_once(self._wide.known))
        answer = " ".join(said_once(self._narrow.known))
        if answer in self._expected - self._urgent and len(self._wide.words) <= 1:
            track, phrase = self._narrow, answer
        if phrase not in self._phrases or phrase in self._urgent or self._same_again(phrase, track):
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
