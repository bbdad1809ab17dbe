"""Which logged event sets something off."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

Logged = Mapping[str, object]
"""One line of the event log: `at_s`, `event` and the event's own fields."""


def at_s(event: Logged) -> float:
    """When it happened, in seconds on the audio clock; 0 if it doesn't say."""
    moment = event.get("at_s")
    return float(moment) if isinstance(moment, int | float) else 0.0


def as_text(value: object) -> str:
    """A field as patterns see it: 2 and 2.0 are "2", true is "true"."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Glob patterns, one a field: all named fields of an event have to match. Case matters.

    Fires once, on match number `nth`; with `every` on each `nth` match (with `nth` 1: on all).
    """

    patterns: tuple[tuple[str, str], ...]
    nth: int = 1
    every: bool = False

    def matches(self, event: Logged) -> bool:
        """Whether every pattern finds its field and fits it."""
        return all(name in event and fnmatchcase(as_text(event[name]), pattern) for name, pattern in self.patterns)


class Watch:
    """A trigger with its memory: how often it matched, whether it fired."""

    def __init__(self, trigger: Trigger) -> None:
        self._trigger = trigger
        self._matched = 0
        self.fired = False

    def sees(self, event: Logged) -> bool:
        """Count `event` if it matches. True if the trigger may fire on it: whoever lets it says so by setting `fired`."""
        trigger = self._trigger
        if not trigger.matches(event):
            return False
        self._matched += 1
        if trigger.every:
            return self._matched % trigger.nth == 0
        return not self.fired and trigger.nth in (1, self._matched)
