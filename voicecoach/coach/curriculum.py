"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.coach.names import Names
from voicecoach.coach.numbers import Numbers
from voicecoach.coach.training import Training
from voicecoach.messages.intents import Intent


class Concern(StrEnum):
    """What a worrying answer to a safety question leads to; screening.toml says which question has which."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    CLEARANCE = "clearance"
    PREGNANCY = "pregnancy"
    ABILITY = "ability"


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """A group of signs that are asked about together. `id` is the question's and its line's, and so is each of `parts`."""

    id: str
    concern: Concern
    clear: Intent = Intent.NO
    """The answer that raises no concern; any other does."""
    parts: tuple[str, ...] = ()
    """Its signs one by one, for whoever asks which of them is meant."""
    if_yes: str = ""
    """What an emergency is answered with."""
    if_unsure: str = ""
    """And what somebody hears who isn't sure that it is one."""


@dataclass(frozen=True, slots=True)
class WordTest:
    """A safety word that is tried from the mat. `id` is the question's and its line's."""

    id: str
    word: str


@dataclass(frozen=True, slots=True)
class Locale:
    """What a country or a language brings with it. `voices`, the usual one first; `urgent` is "" where there is no such number."""

    name: str
    voices: tuple[str, ...]
    words_per_minute: int
    emergency: str
    urgent: str
    units: str
    """imperial or metric."""

    @property
    def voice(self) -> str:
        """The usual one."""
        return self.voices[0]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk-through: the line that says it, and the one said instead where one leg is lifted at a time ("": the same)."""

    line: str
    one_leg: str = ""


@dataclass(frozen=True, slots=True)
class Teaching:
    """The walk-through, and the usual mistakes as themes: one a set, in this order."""

    steps: tuple[Step, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One part a file of prompts/<locale>/."""

    locale: Locale
    numbers: Numbers
    screening: tuple[SafetyQuestion, ...]
    """All of them, in the order in which they are asked."""
    mat: tuple[WordTest, ...]
    training: Training
    teaching: Teaching
    names: Names
    spoken_s: Mapping[str, float]
    """How long each line takes to say, about, by its id."""
