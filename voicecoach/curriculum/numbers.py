"""Reads prompts/*/numbers.toml: every number with its limits and its source, within what the program allows at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_type_hints

from voicecoach.coach.numbers import CEILINGS, EVERY, Numbers
from voicecoach.coach.plan import BY_LEVEL, CHOICES, NAMES, WHOLE, Plan, Range
from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys, read_prompts, subtable, text

KEYS = ("value", "least", "most", "source")


def load(folder: Path, emergency: str) -> Numbers:
    """The numbers of the locale in `folder`, with what to call there. Raises Unreadable."""
    top = read_prompts(folder, "numbers.toml")
    kinds = get_type_hints(Numbers)
    only_keys(top, kinds)
    parts: dict[str, Any] = {
        name: _plan(subtable(top, name), emergency) if kind is Plan else _part(subtable(top, name), name, kind)
        for name, kind in kinds.items()
    }
    return Numbers(**parts)


def _plan(table: Placed, emergency: str) -> Plan:
    kinds = {name: int if name in WHOLE else float for name in NAMES if name not in (*CHOICES, "emergency", "level")}
    only_keys(table, {*kinds, *CHOICES})
    limits: dict[str, Range] = {}
    values: dict[str, Any] = {}
    for name, allowed in CHOICES.items():
        row = _row(table, name, ("source",) if name in BY_LEVEL else ("value", "source"))
        values[name] = None if name in BY_LEVEL else _choice(row, allowed)
    for name, kind in kinds.items():
        ceiling = CEILINGS.get(("plan", name), EVERY)
        if name in BY_LEVEL:
            values[name], limits[name] = None, _limits(_row(table, name, KEYS[1:]), ceiling, kind)
        else:
            values[name], limits[name] = _number(_row(table, name, KEYS), ceiling, kind)
    return Plan(**values, emergency=emergency, limits=limits)


def _part(table: Placed, part: str, kind: type) -> object:
    kinds = get_type_hints(kind)
    only_keys(table, kinds)
    return kind(**{name: _number(_row(table, name, KEYS), CEILINGS.get((part, name), EVERY), of)[0] for name, of in kinds.items()})


def _row(table: Placed, name: str, keys: Iterable[str]) -> Placed:
    row = subtable(table, name)
    if not row:
        raise Unreadable(f"{table.at()} has no {name}.", f"Write {name} = {{ {', '.join(f'{key} = …' for key in keys)} }}.")
    only_keys(row, keys)
    text(row, "source")
    return row


def _choice(row: Placed, allowed: tuple[str, ...]) -> str:
    value = row.get("value")
    if value not in allowed:
        raise Unreadable(f'{row.at("value")} can\'t be "{value}".', f"Choose one of: {', '.join(allowed)}.")
    return str(value)


def _number(row: Placed, ceiling: Range, kind: type) -> tuple[int | float, Range]:
    """The number and its limits."""
    limits, value = _limits(row, ceiling, kind), _digits(row, "value", kind)
    if not limits.least <= value <= limits.most:
        raise Unreadable(f"{row.at('value')} = {value:g} is out of range.", f"It has to be from {limits.least:g} to {limits.most:g}.")
    return (int(value) if kind is int else value), limits


def _limits(row: Placed, ceiling: Range, kind: type) -> Range:
    least, most = _digits(row, "least", kind), _digits(row, "most", kind)
    if not ceiling.least <= least <= most <= ceiling.most:
        allowed = f"from {ceiling.least:g} to {ceiling.most:g}, beyond which no file may go"
        raise Unreadable(f"{row.at()}: {least:g} to {most:g} can't be its limits.", f"They have to be in order, and {allowed}.")
    return Range(least, most)


def _digits(row: Placed, key: str, kind: type) -> float:
    value = row.get(key)
    if value is None:
        raise Unreadable(f"{row.at()} has no {key}.", f"Write for example {key} = 2.")
    if isinstance(value, bool) or not isinstance(value, int if kind is int else (int, float)):
        what = "a whole number" if kind is int else "a number"
        raise Unreadable(f"{row.at(key)} has to be {what}, not {value!r}.", f"Write for example {key} = 2.")
    return float(value)
