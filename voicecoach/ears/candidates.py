"""Which safety phrases may have been said, by what two recognisers and dictation make of the utterance. Pure."""

from collections.abc import Collection, Iterator

from voicecoach.ears.evidence import (
    SPARE_WORDS,
    STORY_S,
    STORY_S_A_WORD,
    Candidate,
    Moment,
    Opinions,
    Track,
    Tracks,
    Words,
    one_in_the_other,
    parts,
    said_once,
)
from voicecoach.ears.recognizer import UNKNOWN
from voicecoach.ears.spotted import limits_beside_vosk, limits_by_itself
from voicecoach.messages.heard import Grammar

SAME_AGAIN_S = 1.0
"""A hypothesis that began before so long after a phrase was confirmed is that same phrase, heard by the other recogniser or heard on."""

SPARE_WORDS_AROUND = 3
"""Words around a safety phrase: "please stop it now" is meant, the middle of a story isn't."""

SPARE_WORDS_AROUND_ALONE = 8
"""The same in one sentence that stands alone: "okay that is really too much stop"."""

TIMES_IN_A_ROW = 3
"""A safety word so often in one utterance is meant, whatever is heard between."""

ANY_WORDS = 1000


class Candidates:
    """Reads the tracks, which others keep up to date. `said` is what has been confirmed, and when; its owner adds to it."""

    def __init__(self, grammar: Grammar, expected: Collection[str], tracks: Tracks, said: dict[str, float]) -> None:
        self._urgent = grammar.urgent
        self._phrases = frozenset(grammar.phrases)
        self._expected = frozenset(expected) & self._phrases
        self._telling = (self._phrases | set(grammar.decoys)) - grammar.vague
        self._wide, self._narrow, self._spotted = tracks.wide, tracks.narrow, tracks.spotted
        self._again, self._grave = tracks.again, grammar.grave
        self._said = said

    def at(self, now: Moment) -> Iterator[Candidate]:
        """Safety phrases in the hypotheses, the longest first. "Pain" within "no pain" is none, where "no pain" may be said."""
        once = said_once(self._wide.known)
        word, whole = self._narrow.phrase, self._wide.phrase
        if whole in self._phrases - self._urgent and one_in_the_other(word, whole):
            return
        harmless: set[str] = set()
        spare = SPARE_WORDS_AROUND_ALONE if now.alone else SPARE_WORDS_AROUND
        yield from self._repeated()
        for words in parts(once):
            phrase, around = " ".join(words), len(once) - len(words) + self._wide.words.count(UNKNOWN)
            if phrase in self._phrases and phrase not in self._urgent:
                harmless |= set(words)
            if phrase not in self._urgent or phrase in harmless or around > spare:
                continue
            if self.same_again(phrase, self._wide):
                continue
            story = self._in_a_story(phrase, self._wide, now)
            if story and phrase == word == whole and phrase in self._expected:
                # Both recognisers heard this one word and no other: dictation writes the end of a story before it into it.
                yield Candidate(phrase, self._wide, ANY_WORDS, in_a_story=True)
            elif around and not story:
                yield Candidate(phrase, self._wide, len(words) + spare, dictated_too=True)
            elif not around and (len(words) > 1 or phrase == word or (self._wide.final and now.alone)):
                yield Candidate(phrase, self._wide, len(self._wide.known) + SPARE_WORDS, dictated_too=story, in_a_story=story)
        yield from self._single(word, whole, now)

    def _single(self, word: str, whole: str, now: Moment) -> Iterator[Candidate]:
        if word in self._urgent & self._expected and not self.same_again(word, self._narrow):
            # The narrow recogniser has no other words to choose from: where the wide one hears another command, dictation decides.
            doubtful = UNKNOWN in self._narrow.words or whole in self._phrases - self._urgent
            story = self._in_a_story(word, self._narrow, now)
            yield Candidate(word, self._narrow, len(self._narrow.known) + SPARE_WORDS, dictated_too=doubtful or story, in_a_story=story)
        spotted = " ".join(self._spotted.words)
        if spotted in self._urgent and not self.same_again(spotted, self._spotted):
            yield Candidate(spotted, self._spotted, 1 + SPARE_WORDS if now.by_itself else ANY_WORDS)
        again = " ".join(self._again.words)
        if again and not self.same_again(again, self._again):
            yield Candidate(again, self._again, ANY_WORDS, in_a_story=True)

    def _repeated(self) -> Iterator[Candidate]:
        for word in sorted(self._urgent & self._expected):
            if self._narrow.words.count(word) >= TIMES_IN_A_ROW and word in self._wide.words and not self.same_again(word, self._narrow):
                yield Candidate(word, self._narrow, ANY_WORDS, repeated=True)

    def _in_a_story(self, phrase: str, track: Track, now: Moment) -> bool:
        words = len(track.known) if said_once(track.known) != track.known else phrase.count(" ") + 1
        return not now.apart and now.spoken_s > STORY_S + STORY_S_A_WORD * (words - 1)

    def borne_out(self, candidate: Candidate, dictated: Words) -> bool:
        """Whether dictation's words of the utterance so far speak for it."""
        if len(dictated) > candidate.most_words:
            return False
        if candidate.track is self._narrow and self._spotted.words == (candidate.phrase,):
            return True
        if candidate.dictated_too:
            return set(candidate.phrase.split()) <= set(dictated)
        if candidate.track is self._wide:
            return " " not in candidate.phrase or dictated != ()
        another = self._wide.phrase
        return another == candidate.phrase or another not in self._telling or dictated != self._wide.known

    def telling(self) -> bool:
        """Whether the wide recogniser hears a word that says something."""
        return not self._telling.isdisjoint(self._wide.known)

    def limits(self, candidate: Candidate, now: Moment, ask: Opinions) -> tuple[float, float]:
        """The word model's least odds for a suspicion and for a word."""
        if candidate.track is self._spotted:
            return limits_by_itself(now)
        recorded = candidate.last in ask.recorded
        return limits_beside_vosk(now, recorded=recorded, another=self._another(candidate, recorded=recorded))

    def _another(self, candidate: Candidate, *, recorded: bool) -> bool:
        """Whether the word model hears another word; or the wide recogniser a telling one, where the word model can decide between them."""
        wide = self._wide.phrase
        if wide == self._narrow.phrase:
            return False
        if self._spotted.words and self._spotted.words[0] not in self._urgent:
            return True
        return recorded and candidate.track is self._narrow and wide in self._telling

    def same_again(self, phrase: str, track: Track) -> bool:
        """Whether it is what has just been confirmed, heard by the other recogniser or heard on.

        An emergency is no repetition of what is none: "pain", then "chest pain".
        """
        return any(
            track.since_s < said_at_s + SAME_AGAIN_S and (phrase == said or (said in self._urgent and one_in_the_other(said, phrase)))
            for said, said_at_s in self._said.items()
            if said in self._grave or phrase not in self._grave
        )
