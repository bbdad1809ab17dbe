"""What people are called."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """`known` are the names that the ears know; who has none of them is called `unnamed`, with their number in its place {n}."""

    known: frozenset[str] = frozenset()
    unnamed: str = "{n}"
