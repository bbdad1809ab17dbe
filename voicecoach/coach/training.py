"""What is done, as exercises.toml says it: the ladder, the warm-up and cool-down, the routines and kinds of session."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Level:
    """A rung of the ladder. `reps` are those of a set; with one leg those of each leg."""

    id: str
    legs: str
    """none (squeezes only), one, both."""
    sets: int
    reps: int
    top_s: float
    say: str
    """The line that tells what is done; with "_once" behind it where it is one set."""
    offer: str
    """The line that asks whether it is wanted."""
    weight: Mapping[str, str] = field(default_factory=dict)
    """What is tied to each ankle, in words, by units; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of a part of the warm-up or cool-down. `takes`: seconds, or the piece of the tempo that gives them."""

    takes: float | str
    say: str = ""
    counts: str = ""
    """The line with the number, from the second time on if there is a `say` for the first."""
    tone: str = ""
    """With one, the cue is never left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the warm-up or cool-down. `count`: how often, with the whole of it; `say`: the line before it, "" for none."""

    id: str
    count: int
    beats: tuple[Moment, ...]
    say: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a session differs from the usual one: limits beside the level's, and shares of what is set."""

    id: str
    most_sets: int = 5
    most_reps: int = 30
    heaviest: str = ""
    """The hardest level that it is done at; "": any."""
    warm_up: float = 1.0
    rest: float = 1.0
    cool_down: float = 1.0
    parts: tuple[str, ...] = ()
    """The parts of the warm-up that it has; empty: all."""
    slower: bool = False
    trains: bool = True
    """Whether the session tells something about the level."""


@dataclass(frozen=True, slots=True)
class Training:
    """exercises.toml. `levels` from the easiest to the hardest."""

    start: str = ""
    levels: tuple[Level, ...] = ()
    warm_up: tuple[Part, ...] = ()
    warm_up_full_s: float = 240.0
    cool_down: tuple[Part, ...] = ()
    cool_down_full_s: float = 180.0
    routines: tuple[Style, ...] = ()
    kinds: tuple[Style, ...] = ()

    @property
    def most_counted(self) -> int:
        """The highest number that is counted to in the whole warm-up."""
        return max(part.count for part in self.warm_up)
