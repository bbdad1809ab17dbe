"""What there is to ask and to teach, as prompts/ says it: frozen, and handed to the session."""

from dataclasses import dataclass, field


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
    more: frozenset[str] = frozenset()
    """The questions of which there is more to tell than the short answer."""


@dataclass(frozen=True, slots=True)
class Curriculum:
    """One part a file of prompts/<locale>/."""

    teaching: Teaching = field(default_factory=Teaching)
