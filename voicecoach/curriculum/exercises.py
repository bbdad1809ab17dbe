"""exercises.toml: the ladder, the parts of warm-up and cool-down, the routines and kinds of session."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.coach.plan import CHOICES, LIMITS, Range
from voicecoach.coach.training import Level, Moment, Part, Style, Training
from voicecoach.errors import Unreadable
from voicecoach.tables import only_keys, read_prompts

NAME = "exercises.toml"
TABLES = ("level", "warm_up", "cool_down", "routine", "kind")
TEMPO = ("settle", "lift", "top", "lower")
LONGEST_BEAT_S = 20.0
UNITS = ("imperial", "metric")


class Key(NamedTuple):
    """What may stand under a key."""

    fits: Callable[[object], bool]
    allowed: str
    needed: bool = True


def load_training(folder: Path, lines: Collection[str]) -> Training:
    """What `folder` says is done; `lines` are the ids that says.toml has. Raises Unreadable."""
    path = folder / NAME
    table = read_prompts(folder, NAME)
    only_keys(table, ("start", "warm_up_full_s", "cool_down_full_s", *TABLES), str(path))
    line = _out_of(lines, "the name of a line of says.toml")
    levels = tuple(Level(**_fields(raw, _level(lines), place)) for raw, place in _tables(table, "level", path))
    names = tuple(level.id for level in levels)
    warm_up = _parts(table, "warm_up", line, path)
    parts = tuple(part.id for part in warm_up)
    training = Training(
        start=_one(table, "start", _out_of(names), path),
        levels=levels,
        warm_up=warm_up,
        warm_up_full_s=_one(table, "warm_up_full_s", _number(Range(1, LIMITS["warm_up_s"].most)), path),
        cool_down=_parts(table, "cool_down", line, path),
        cool_down_full_s=_one(table, "cool_down_full_s", _number(Range(1, LIMITS["cool_down_s"].most)), path),
        routines=_styles(table, "routine", names, parts, path),
        kinds=_styles(table, "kind", names, parts, path),
    )
    for group in ("routines", "kinds", "levels", "warm_up", "cool_down"):
        ids = [entry.id for entry in getattr(training, group)]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise Unreadable(f'{path} has two of "{twice[0]}".', "Give each its own id.")
    return training


def _level(lines: Collection[str]) -> dict[str, Key]:
    return {
        "id": _text(),
        "legs": _out_of(("none", "one", "both")),
        "sets": _whole(LIMITS["sets"]),
        "reps": _whole(LIMITS["reps"]),
        "top_s": _number(LIMITS["top_s"]),
        "say": _out_of([line for line in lines if f"{line}_once" in lines], 'a line of says.toml that is there with "_once" too'),
        "offer": _out_of(lines, "the name of a line of says.toml"),
        "weight": Key(_weighs, '{ imperial = "…", metric = "…" }', needed=False),
    }


def _parts(table: Mapping[str, object], name: str, line: Key, path: Path) -> tuple[Part, ...]:
    keys = {
        "id": _text(),
        "say": line._replace(needed=False),
        "count": _whole(Range(2, LIMITS["reps"].most)),
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
    for raw, place in _tables(table, name, path):
        fields = _fields(raw, keys, place)
        beats = [Moment(**_fields(one, beat, f"{place}, beats")) for one in fields.pop("beats")]
        parts.append(Part(beats=tuple(beats), **fields))
    return tuple(parts)


def _styles(table: Mapping[str, object], name: str, levels: Collection[str], parts: Collection[str], path: Path) -> tuple[Style, ...]:
    keys = {
        "id": _out_of(CHOICES[name]),
        "most_sets": _whole(LIMITS["sets"]),
        "most_reps": _whole(LIMITS["reps"]),
        "heaviest": _out_of(levels),
        "warm_up": _number(Range(0, 2)),
        "rest": _number(Range(0.5, 2)),
        "cool_down": _number(Range(0, 2)),
        "parts": Key(lambda value: isinstance(value, list) and set(map(str, value)) <= set(parts), f"a list of: {', '.join(parts)}"),
        "slower": Key(lambda value: isinstance(value, bool), "true, false"),
        "trains": Key(lambda value: isinstance(value, bool), "true, false"),
    }
    keys = {key: rule._replace(needed=key == "id") for key, rule in keys.items()}
    styles = []
    for raw, place in _tables(table, name, path):
        fields = _fields(raw, keys, place)
        fields["parts"] = tuple(fields.get("parts", ()))
        styles.append(Style(**fields))
    missing = [choice for choice in CHOICES[name] if choice not in {style.id for style in styles}]
    if missing:
        raise Unreadable(f'{path} has no [[{name}]] with id = "{missing[0]}".', "Add it, with nothing else under it if it is as usual.")
    return tuple(styles)


def _tables(table: Mapping[str, object], name: str, path: Path) -> list[tuple[object, str]]:
    raw = table.get(name)
    if not isinstance(raw, list) or not raw:
        raise Unreadable(f"{path} has no [[{name}]].", f"Write at least one table under [[{name}]].")
    return [(one, f"{path} [[{name}]] {one.get('id', n) if isinstance(one, dict) else n}") for n, one in enumerate(raw, 1)]


def _fields(raw: object, keys: Mapping[str, Key], place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Unreadable(f"{place} has to be a table.", f"Write it with the keys {', '.join(keys)}.")
    only_keys(raw, keys, place)
    for key, rule in keys.items():
        if key in raw and not rule.fits(raw[key]):
            raise Unreadable(f"{place}, {key}: {raw[key]!r} can't be.", f"Allowed: {rule.allowed}.")
        if key not in raw and rule.needed:
            raise Unreadable(f"{place} has no {key}.", f"Allowed: {rule.allowed}.")
    return dict(raw)


def _one(table: Mapping[str, object], key: str, rule: Key, path: Path) -> Any:  # noqa: ANN401 - whatever the rule lets through
    return _fields({key: table[key]} if key in table else {}, {key: rule}, str(path))[key]


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
