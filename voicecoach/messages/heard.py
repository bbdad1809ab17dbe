"""What the ears are asked to listen for, and what they say they heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How sure the ears are."""

    SUSPECTED = "suspected"
    """An urgent phrase may be coming: hush and freeze, nothing else."""
    CONFIRMED = "confirmed"
    """It was said: act."""
    WITHDRAWN = "withdrawn"
    """What was suspected was not said after all: go on."""


def has_words(text: str, phrase: str) -> bool:
    """Whether `phrase` is a stretch of `text`, in whole words."""
    return f" {phrase} " in f" {text} "


def has_any(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of `phrases` is."""
    return any(has_words(text, phrase) for phrase in phrases)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What may be said at one moment. All phrases are lower-case words that the speech model knows.

    `phrases` count only as the whole of an utterance; `urgent` (a subset of them) are the safety phrases, suspected from early partial
    results and listened for at every moment. `decoys` are ordinary words that mean nothing here, so that talk isn't forced into phrases;
    `vague` are those among them that recognisers write for almost any short sound.
    `worrying` are pieces of safety phrases: an utterance that means nothing and has one of them in it is asked about.
    `grave` are those urgent ones that are an emergency by themselves.
    `free` are words that combine (numbers and their fillers): an utterance made of them is handed on at its end as text, without a phrase.
    """

    name: str
    phrases: tuple[str, ...]
    urgent: frozenset[str]
    free: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    vague: frozenset[str] = frozenset()
    worrying: frozenset[str] = frozenset()
    grave: frozenset[str] = frozenset()


class Trouble(StrEnum):
    """Why a voice is hard to hear."""

    CLIPPED = "clipped"
    """Louder than the microphone can take."""
    FAINT = "faint"
    """So quiet that a lower word would be lost."""
    NOISY = "noisy"
    """Hardly louder than the room."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud somebody was: the word's loudest 20 ms, and how far above the room's noise; `trouble` if something has to be done."""

    voice_dbfs: float
    over_room_db: float
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Something the ears heard. `phrase` is one of the grammar's phrases, or "" when only `free` words or nothing known was said.

    `text` is the recogniser's whole hypothesis. `at_s` is how much audio had been consumed when the ears said so, on the audio clock.
    A SUSPECTED one is always followed by a WITHDRAWN one or by a CONFIRMED one, be it of another safety phrase.
    """

    stage: Stage
    phrase: str
    text: str
    at_s: float
    level: Level | None = None
    """How loud it was; None before it is confirmed, and while the coach's own voice may be in the sound."""
    worrying: bool = False
    """It means nothing, but may have been a safety phrase."""
