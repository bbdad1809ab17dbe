"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One part a file of prompts/<locale>/."""
