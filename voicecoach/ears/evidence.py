"""What the judge weighs: hypotheses over time, and the words in them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.ears.recognizer import UNKNOWN, Hypothesis
from voicecoach.messages.heard import has_words

Words = tuple[str, ...]

SPARE_WORDS = 1
"""Words more than its own that a phrase may have in dictation, which splits and doubles some."""

STORY_S = 1.4
STORY_S_A_WORD = 0.35
"""More sound lately than this and so much for each further word of the phrase, or each time it is said: it is a piece of a story until
dictation hears it too, and a pause follows."""


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
    spoken_s: float = 0.0
    """How much of the last seconds was sound, and not the coach's."""
    burst_s: float = 0.0
    """How long the last sound between two pauses was."""
    begun_s: float = 0.0
    """How long ago that sound began, or all of the few words that stand alone."""

    @property
    def apart(self) -> bool:
        """Whether what is said now is no piece of somebody's talk: it stands alone, or the coach talks and nobody knows."""
        return self.alone or self.talking

    @property
    def by_itself(self) -> bool:
        """Whether it surely stands alone: what is left of the coach's own voice sounds like this word or that."""
        return self.alone and not self.talking


@dataclass(frozen=True, slots=True)
class Opinions:
    """What costs something to know, and is asked for only then."""

    dictated: Callable[[], Words]
    """Dictation's words of the utterance so far."""
    odds: Callable[[str], float | None]
    """The word model's odds, as a natural logarithm, that this single word has just ended; None where it has no opinion."""
    odds_lately: Callable[[str], float | None]
    """The best of them since Vosk, which says some words late, may have heard it too."""
    heard_again: Callable[[float], tuple[Words, Words]]
    """What a new wide recogniser and new dictation make of the last so many seconds by themselves."""
    recorded: frozenset[str] = frozenset()
    """Words that it has heard from real people."""


@dataclass(slots=True)
class Track:
    """One recogniser's hypothesis, and since when it has been this one."""

    words: Words = ()
    since_s: float = 0.0
    final: bool = False

    def follow(self, hypothesis: Hypothesis, at_s: float) -> None:
        """Take the next hypothesis."""
        words = tuple(hypothesis.text.split())
        if said_once(words) != said_once(self.words) or self.final:
            self.since_s = at_s
        self.words, self.final = words, hypothesis.final

    @property
    def known(self) -> Words:
        """The words, if there is not more than one unknown sound among them."""
        known = without_unknown(self.words)
        return known if len(self.words) - len(known) <= 1 else ()

    @property
    def phrase(self) -> str:
        """The known words as one phrase, without repetition of the whole."""
        return " ".join(said_once(self.known))

    @property
    def quiet(self) -> bool:
        """Nothing is being said, as far as this recogniser knows."""
        return not self.words or self.final

    def steady(self, now: "Moment", for_s: float, calm_s: float = 0.0) -> bool:
        """Whether it has been this one for so long and calm for so long, or is the last word on the utterance."""
        return self.final or (now.at_s - self.since_s >= for_s and now.calm_s >= calm_s)


@dataclass(frozen=True, slots=True)
class Tracks:
    """What the three that listen all the time make of it."""

    wide: Track = field(default_factory=Track)
    narrow: Track = field(default_factory=Track)
    spotted: Track = field(default_factory=Track)
    """The word model's single words."""
    again: Track = field(default_factory=Track)
    """What was said alone or between two pauses, heard again by itself."""

    @property
    def quiet(self) -> bool:
        """Nothing is being said, as far as Vosk knows."""
        return self.wide.quiet and self.narrow.quiet

    @property
    def over(self) -> bool:
        """Vosk has ended an utterance in which there were words."""
        return self.wide.final and bool(self.wide.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A safety phrase that may have been said, the track that says so, and what dictation must say to bear it out."""

    phrase: str
    track: Track
    most_words: int
    dictated_too: bool = False
    """Dictation has to have the phrase's words as well: there are other words around it, or before it."""
    repeated: bool = False
    """It has been said again and again in this utterance."""
    in_a_story: bool = False
    """Much was said lately, so that this may be a piece of it."""

    @property
    def last(self) -> str:
        """The phrase's last word, which the word model may know."""
        return last_word(self.phrase)


def without_unknown(words: Words) -> Words:
    """`words` as far as they are words."""
    return tuple(word for word in words if word != UNKNOWN)


def last_word(phrase: str) -> str:
    """The word in which a phrase ends."""
    return phrase.rsplit(maxsplit=1)[-1]


def said_once(words: Words) -> Words:
    """`words` without repetition of the whole: "stop stop stop" is "stop"."""
    for length in range(1, len(words) // 2 + 1):
        if len(words) % length == 0 and words[:length] * (len(words) // length) == words:
            return words[:length]
    return words


def one_in_the_other(one: str, other: str) -> bool:
    """Whether one phrase is a stretch of the other, in whole words: "pain" is in "chest pain"."""
    return has_words(one, other) or has_words(other, one)


def parts(words: Words) -> list[Words]:
    """Every stretch of `words`, the longest first."""
    return [words[at : at + length] for length in range(len(words), 0, -1) for at in range(len(words) - length + 1)]
