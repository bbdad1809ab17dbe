"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from dataclasses import dataclass, field

from voicecoach.coach.names import Names


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One part a file of prompts/<locale>/."""

    names: Names = field(default_factory=Names)
    voices: tuple[str, ...] = ()
    """Those that somebody may choose from, in the order in which they are offered."""
    units: str = "imperial"
    """In which lengths and weights are said to those who have not asked for others."""
