"""exercises.toml: the ladder, the parts of warm-up and cool-down, the routines and kinds of session."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.coach.plan import CHOICES, Range
from voicecoach.coach.training import Level, Moment, Part, Style, Training
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import UNITS
from voicecoach.tables import Placed, only_keys, read_prompts

NAME = "exercises.toml"
TABLES = ("level", "warm_up", "cool_down", "routine", "kind")
TEMPO = ("settle", "lift", "top", "lower")
LONGEST_BEAT_S = 20.0


class Key(NamedTuple):
    """What may stand under a key."""

    fits: Callable[[object], bool]
    allowed: str
    needed: bool = True


def load_training(folder: Path, lines: Collection[str], limits: Mapping[str, Range]) -> Training:
    """What `folder` says is done; `lines` are the ids of all lines, `limits` those of the plan's numbers. Raises Unreadable."""
    table = read_prompts(folder, NAME)
    only_keys(table, ("start", "warm_up_full_s", "cool_down_full_s", *TABLES))
    line = _out_of(lines, "the name of a line of says.toml")
    levels = tuple(Level(**_fields(raw, _level(lines, limits))) for raw in _tables(table, "level"))
    names = tuple(level.id for level in levels)
    warm_up = _parts(table, "warm_up", line, limits)
    styles = _style(names, tuple(part.id for part in warm_up), limits)
    training = Training(
        start=_one(table, "start", _out_of(names)),
        levels=levels,
        warm_up=warm_up,
        warm_up_full_s=_one(table, "warm_up_full_s", _number(Range(1, limits["warm_up_s"].most))),
        cool_down=_parts(table, "cool_down", line, limits),
        cool_down_full_s=_one(table, "cool_down_full_s", _number(Range(1, limits["cool_down_s"].most))),
        routines=_styles(table, "routine", styles),
        kinds=_styles(table, "kind", styles),
    )
    for name in TABLES:
        ids = [raw.get("id") for raw in _tables(table, name)]
        for raw in _tables(table, name):
            if ids.count(raw.get("id")) > 1:
                raise Unreadable(f'{raw.at("id")}: there are two of "{raw["id"]}".', "Give each its own id.")
    return training


def _level(lines: Collection[str], limits: Mapping[str, Range]) -> dict[str, Key]:
    return {
        "id": _text(),
        "legs": _out_of(("none", "one", "both")),
        "sets": _whole(limits["sets"]),
        "reps": _whole(limits["reps"]),
        "top_s": _number(limits["top_s"]),
        "say": _out_of([line for line in lines if f"{line}_once" in lines], 'a line of says.toml that is there with "_once" too'),
        "offer": _out_of(lines, "the name of a line of says.toml"),
        "weight": Key(_weighs, '{ imperial = "…", metric = "…" }', needed=False),
    }


def _parts(table: Placed, name: str, line: Key, limits: Mapping[str, Range]) -> tuple[Part, ...]:
    keys = {
        "id": _text(),
        "say": line._replace(needed=False),
        "count": _whole(Range(2, limits["reps"].most)),
        "beats": Key(lambda value: isinstance(value, list) and bool(value), "[{ takes = …, say = … }]"),
    }
    beat = {
        "takes": Key(
            lambda value: _out_of(TEMPO).fits(value) or _number(Range(0.5, LONGEST_BEAT_S)).fits(value),
            f"0.5 to {LONGEST_BEAT_S:g}, {', '.join(TEMPO)}",
        ),
        "say": line._replace(needed=False),
        "counts": line._replace(needed=False),
        "tone": _out_of(("lift", "lower"))._replace(needed=False),
    }
    parts = []
    for raw in _tables(table, name):
        fields = _fields(raw, keys)
        beats = [Moment(**_fields(_table(one, raw.at("beats")), beat)) for one in fields.pop("beats")]
        parts.append(Part(beats=tuple(beats), **fields))
    return tuple(parts)


def _style(levels: Collection[str], parts: Collection[str], limits: Mapping[str, Range]) -> dict[str, Key]:
    keys = {
        "most_sets": _whole(limits["sets"]),
        "most_reps": _whole(limits["reps"]),
        "heaviest": _out_of(levels),
        "warm_up": _number(Range(0, 2)),
        "rest": _number(Range(0.5, 2)),
        "cool_down": _number(Range(0, 2)),
        "parts": Key(lambda value: isinstance(value, list) and set(map(str, value)) <= set(parts), f"a list of: {', '.join(parts)}"),
        "slower": Key(lambda value: isinstance(value, bool), "true, false"),
        "trains": Key(lambda value: isinstance(value, bool), "true, false"),
    }
    return {key: rule._replace(needed=False) for key, rule in keys.items()}


def _styles(table: Placed, name: str, keys: Mapping[str, Key]) -> tuple[Style, ...]:
    styles = []
    for raw in _tables(table, name):
        fields = _fields(raw, {"id": _out_of(CHOICES[name]), **keys})
        fields["parts"] = tuple(fields.get("parts", ()))
        styles.append(Style(**fields))
    missing = [choice for choice in CHOICES[name] if choice not in {style.id for style in styles}]
    if missing:
        raise Unreadable(
            f'{table.at(name)}: there is no [[{name}]] with id = "{missing[0]}".', "Add it, with nothing else under it if it is as usual."
        )
    return tuple(styles)


def _tables(table: Placed, name: str) -> list[Placed]:
    raw = table.get(name)
    if not isinstance(raw, list) or not raw:
        raise Unreadable(f"{table.at(name)}: there is no [[{name}]].", f"Write at least one table under [[{name}]].")
    return [_table(one, table.at(name)) for one in raw]


def _table(one: object, place: str) -> Placed:
    if not isinstance(one, Placed):
        raise Unreadable(f"{place}: {one!r} has to be a table.", "Write it with its keys, as the others are.")
    return one


def _fields(raw: Placed, keys: Mapping[str, Key]) -> dict[str, Any]:
    only_keys(raw, keys)
    for key, rule in keys.items():
        if key in raw and not rule.fits(raw[key]):
            raise Unreadable(f"{raw.at(key)}: {raw[key]!r} can't be.", f"Allowed: {rule.allowed}.")
        if key not in raw and rule.needed:
            raise Unreadable(f"{raw.at()} has no {key}.", f"Allowed: {rule.allowed}.")
    return dict(raw)


def _one(table: Placed, key: str, rule: Key) -> Any:  # noqa: ANN401 - whatever the rule lets through
    if key not in table or not rule.fits(table[key]):
        raise Unreadable(f"{table.at(key)}: {key} is missing, or can't be.", f"Allowed: {rule.allowed}.")
    return table[key]


def _out_of(known: Collection[str], allowed: str = "") -> Key:
    return Key(lambda value: isinstance(value, str) and value in known, allowed or ", ".join(f'"{one}"' for one in known))


def _text() -> Key:
    return Key(lambda value: isinstance(value, str) and value.isidentifier(), "a name of letters, digits and _")


def _number(limits: Range) -> Key:
    return Key(
        lambda value: isinstance(value, int | float) and not isinstance(value, bool) and limits.least <= value <= limits.most,
        f"{limits.least:g} to {limits.most:g}",
    )


def _whole(limits: Range) -> Key:
    allowed = f"a whole number from {limits.least:g} to {limits.most:g}"
    return Key(lambda value: isinstance(value, int) and _number(limits).fits(value), allowed)


def _weighs(value: object) -> bool:
    return isinstance(value, dict) and sorted(value) == sorted(UNITS) and all(isinstance(text, str) for text in value.values())
