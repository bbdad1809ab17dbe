"""From a line's name to its sentence: reads says.toml, the words of the coach."""

import difflib
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.lines import Line

ALLOWED = ("say", "brief", "why", "metric")
"""What may stand under a line's name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of says.toml: `say` holds its variants (at least one), `brief` and `why` are "" where the file has none.

    `metric` takes the place of `say` for those who want centimetres and kilos, where it has any.
    """

    say: tuple[str, ...]
    brief: str
    why: str
    metric: tuple[str, ...] = ()

    def templates(self) -> tuple[str, ...]:
        """Every text of the line that isn't empty, places unfilled."""
        return tuple(text for text in (*self.say, *self.metric, self.brief, self.why) if text)


class Script:
    """All the coach's sentences by line id. Immutable after loading; any thread may use it."""

    def __init__(self, entries: Mapping[str, Entry], path: Path) -> None:
        self._entries = dict(entries)
        self._path = path

    @classmethod
    def load(cls, folder: Path) -> "Script":
        """Read `folder`/says.toml; Unreadable says which file and line of it must be mended, and what is allowed there."""
        path = folder / "says.toml"
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise Unreadable(f"The coach's sentences can't be read: {path} ({error.strerror}).", "Put the file back.") from error
        except UnicodeDecodeError as error:
            raise Unreadable(f"{path} isn't UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error
        except tomllib.TOMLDecodeError as error:
            raise Unreadable(f"{path} isn't valid TOML: {error}.", "Mend that line.") from error
        return cls({line_id: _entry(path, line_id, value) for line_id, value in table.items()}, path)

    def ids(self) -> frozenset[str]:
        """The ids of all lines in the file."""
        return frozenset(self._entries)

    def sentence(self, line: Line, turn: int = 0, brief: bool = False, metric: bool = False) -> str:
        """Give the words of `line`: variant `turn` (counted round), or the short form where `brief` is set and there is one.

        Unreadable: the file has no such line. ValueError: the values don't match the line's places.
        """
        entry = self._entry(line.id)
        variants = (metric and entry.metric) or entry.say
        template = entry.brief if brief and entry.brief else variants[turn % len(variants)]
        values = dict(line.values)
        known = {place for text in entry.templates() for place in _places(text)}
        if strange := set(values) - known:
            raise ValueError(f"line {line.id!r} has no place for {sorted(strange)}")
        if empty := set(_places(template)) - set(values):
            raise ValueError(f"line {line.id!r} is given no {sorted(empty)}")
        return template.format(**values)

    def why(self, line_id: str) -> str:
        """Give the reason for a line in one sentence, "" if the file has none. Unreadable: the file has no such line."""
        return self._entry(line_id).why

    def places(self, line_id: str) -> frozenset[str]:
        """The {places} that any text of a line has. Unreadable: the file has no such line."""
        return frozenset(place for text in self._entry(line_id).templates() for place in _places(text))

    def every_sentence(self) -> Iterator[tuple[str, str]]:
        """Every (id, text) of the file: all variants, short forms and reasons, places unfilled."""
        for line_id, entry in self._entries.items():
            for text in entry.templates():
                yield line_id, text

    def _entry(self, line_id: str) -> Entry:
        if line_id not in self._entries:
            near = difflib.get_close_matches(line_id, self._entries, 3, 0.5)
            hint = f" (nearest: {', '.join(near)})" if near else ""
            raise Unreadable(f'{self._path} has no line "{line_id}"{hint}.', f'Add ["{line_id}"] with its say.')
        return self._entries[line_id]


def _entry(path: Path, line_id: str, value: object) -> Entry:
    where = f'In {path}, ["{line_id}"]'
    if not isinstance(value, dict):
        raise Unreadable(f"{where} has to be a table.", f"Allowed in it: {', '.join(ALLOWED)}.")
    for key, inner in value.items():
        if key not in ALLOWED:
            quotes = f' A line\'s name stands in quotes: ["{line_id}.{key}"].' if isinstance(inner, dict) else ""
            raise Unreadable(f'{where} has the unknown key "{key}".', f"Allowed: {', '.join(ALLOWED)}.{quotes}")
    if "say" not in value:
        raise Unreadable(f"{where} has no say.", "Give it a sentence, or a list of them.")
    return Entry(
        say=_variants(where, value["say"]),
        brief=_text(where, "brief", value["brief"]) if "brief" in value else "",
        why=_reason(where, value["why"]) if "why" in value else "",
        metric=_variants(where, value["metric"], "metric") if "metric" in value else (),
    )


def _variants(where: str, value: object, key: str = "say") -> tuple[str, ...]:
    if isinstance(value, list):
        if not value:
            raise Unreadable(f"{where} has an empty {key}.", "Give it a sentence, or a list of them.")
        return tuple(_text(where, f"{key} number {n}", text) for n, text in enumerate(value, 1))
    return (_text(where, key, value),)


def _reason(where: str, value: object) -> str:
    text = _text(where, "why", value)
    if _places(text):
        raise Unreadable(f"{where} has a place in its why: {text!r}.", "A reason is a sentence without {places}.")
    return text


def _text(where: str, what: str, value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{where}, {what} is {value!r}, not a sentence.", "Write it in double quotes.")
    if not any(character.isalnum() for character in value):
        raise Unreadable(f"{where}, {what} has no word in it.", "Give it a sentence.")
    text = " ".join(value.split())
    try:
        _places(text)
    except ValueError as error:
        raise Unreadable(f"{where}, {what} has a bad place: {text!r}.", "A place is a name in braces, as {reps}.") from error
    return text


def _places(template: str) -> tuple[str, ...]:
    """Names of the {places} in `template`; ValueError for anything else in braces."""
    names = []
    for _, name, form, conversion in string.Formatter().parse(template):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.append(name)
    return tuple(names)
