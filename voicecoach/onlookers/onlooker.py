"""What all onlookers have in common, and how one that fails is let go."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from voicecoach.messages.intents import Intent


class Onlooker(Protocol):
    """Watches a session."""

    def event(self, event: Mapping[str, object]) -> None:
        """One event of the log, already kept. The main thread; returns at once, whatever is slow or away."""


Hands: TypeAlias = Callable[[Intent], None]
"""What somebody does without a voice: an intent is obeyed as if its phrase had been typed, and an urgent one hushes the speaker at once.

Any thread; returns at once. What means nothing at this moment does nothing.
"""


class Onlookers:
    """All of a session's. `tell` takes a sentence about one that is let go, since it failed. One thread."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._watching: list[Onlooker] = []

    def add(self, *onlookers: Onlooker) -> None:
        """From now on they are shown everything."""
        self._watching += onlookers

    def event(self, event: Mapping[str, object]) -> None:
        """Shows it to all."""
        for onlooker in list(self._watching):
            try:
                onlooker.event(event)
            except Exception as error:  # noqa: BLE001 - whatever it is, the session goes on without it
                self._watching.remove(onlooker)
                self._tell(f"{type(onlooker).__name__} has failed ({error}), and the session goes on without it.")
