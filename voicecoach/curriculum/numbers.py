"""Reads prompts/*/numbers.toml: every number with its limits and its source, within what the program allows at all."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_type_hints

from voicecoach.coach.numbers import CEILINGS, EVERY, Numbers
from voicecoach.coach.plan import CHOICES, NAMES, Plan, Range
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
    kinds = {name: kind for name, kind in get_type_hints(Plan).items() if name in NAMES and name != "emergency"}
    only_keys(table, kinds)
    limits: dict[str, Range] = {}
    values: dict[str, Any] = {}
    for name, kind in kinds.items():
        if name in CHOICES:
            values[name] = _choice(_row(table, name, ("value", "source")), CHOICES[name])
        else:
            values[name], limits[name] = _number(_row(table, name, KEYS), CEILINGS.get(("plan", name), EVERY), kind)
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
    for key in ("value", "least", "most"):
        value = row.get(key)
        if isinstance(value, bool) or not isinstance(value, int if kind is int else (int, float)):
            what = "a whole number" if kind is int else "a number"
            raise Unreadable(f"{row.at(key)} has to be {what}, not {value!r}.", f"Write for example {key} = 2.")
    value, least, most = (float(str(row[key])) for key in ("value", "least", "most"))
    if not ceiling.least <= least <= most <= ceiling.most:
        allowed = f"from {ceiling.least:g} to {ceiling.most:g}, beyond which no file may go"
        raise Unreadable(f"{row.at()}: {least:g} to {most:g} can't be its limits.", f"They have to be in order, and {allowed}.")
    if not least <= value <= most:
        raise Unreadable(f"{row.at('value')} = {value:g} is out of range.", f"It has to be from {least:g} to {most:g}.")
    return (int(value) if kind is int else value), Range(least, most)
