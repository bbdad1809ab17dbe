"""Strict reading of one table of a scenario: every complaint names the file, the table, the key and what is allowed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys

_ENDLESS = 1e9


class Table:
    """One table of a file. `place` is what a complaint calls it: file and table."""

    def __init__(self, raw: object, place: str, keys: Iterable[str]) -> None:
        """Raise Unreadable if `raw` isn't a table, or has a key that isn't among `keys`."""
        allowed = tuple(keys)
        if not isinstance(raw, Mapping):
            raise Unreadable(f"{place} is not a table.", f"Write it as a table with the keys {', '.join(sorted(allowed))}.")
        self._raw = raw if isinstance(raw, Placed) else Placed(raw, ())
        only_keys(self._raw, allowed)
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def refuse(self, key: str, problem: str, allowed: str) -> Unreadable:
        """The complaint about `key`, to be raised."""
        return Unreadable(f"{self._raw.at(key)}: {problem}.", f"Allowed: {allowed}.")

    def value(self, key: str) -> object:
        """Whatever stands there, None if nothing does."""
        return self._raw.get(key)

    def number(self, key: str, low: float, high: float = _ENDLESS) -> float | None:
        """A number from `low` to `high`; None if absent."""
        value = self._raw.get(key)
        if value is None:
            return None
        allowed = f"a number from {low:g} to {high:g}" if high < _ENDLESS else f"a number of at least {low:g}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refuse(key, f"{value!r} is not a number", allowed)
        if not low <= value <= high:
            raise self.refuse(key, f"{value!r} is out of range", allowed)
        return float(value)

    def count(self, key: str, default: int) -> int:
        """A whole number of at least 1."""
        value = self._raw.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.refuse(key, f"{value!r} doesn't count anything", "a whole number of at least 1")
        return value

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        value = self._raw.get(key, False)
        if not isinstance(value, bool):
            raise self.refuse(key, f"{value!r} is neither true nor false", "true, false")
        return value

    def text(self, key: str) -> str | None:
        """A text with something in it; None if absent."""
        value = self._raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.refuse(key, f"{value!r} is not a text", "a text in quotes, not empty")
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of `allowed`; absent is `default`, or refused if there is none."""
        known = tuple(allowed)
        value = self._raw.get(key, default)
        if value is None:
            raise self.refuse(key, "it is missing", ", ".join(known))
        if value not in known:
            raise self.refuse(key, f"{value!r} is not known", ", ".join(known))
        return str(value)

    def file(self, key: str, folder: Path) -> Path | None:
        """A file that exists, relative to `folder`; None if absent."""
        name = self.text(key)
        if name is None:
            return None
        path = folder / name
        if not path.is_file():
            raise self.refuse(key, f"there is no file {path}", "a sound file, relative to the scenario's folder")
        return path
