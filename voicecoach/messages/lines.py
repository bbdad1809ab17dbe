"""What the coach says, by name; the words are in prompts/."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of says.toml: its id and what goes into its {places}."""

    id: str
    values: tuple[tuple[str, str | int], ...] = ()
