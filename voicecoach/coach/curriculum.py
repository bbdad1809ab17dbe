"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from dataclasses import dataclass

from voicecoach.coach.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Locale:
    """What a country or a language brings with it. `voices`, the usual one first; `urgent` is "" where there is no such number."""

    name: str
    language: str
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
class Curriculum:
    """One part a file of prompts/<locale>/."""

    locale: Locale
    numbers: Numbers
