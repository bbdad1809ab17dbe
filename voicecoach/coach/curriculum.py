"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from dataclasses import dataclass

from voicecoach.coach.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Locale:
    """What a country or a language brings with it. `urgent` is "" where there is no such number; `units` metric or imperial."""

    name: str
    language: str
    voice: str
    words_per_minute: int
    emergency: str
    urgent: str
    units: str


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One part a file of prompts/<locale>/."""

    locale: Locale
    numbers: Numbers
