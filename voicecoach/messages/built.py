"""Frozen dataclasses from what JSON gives, with their types looked at: a log may have been through other hands."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


def built(kind: type[Made], raw: object) -> Made:
    """A `kind` out of those of its fields that `raw` has; other keys are passed over. ValueError: one is missing, or no such thing."""
    if not isinstance(raw, Mapping):
        raise ValueError(f"no {kind.__name__}: {raw!r}")  # noqa: TRY004 - it is what was read that is wrong
    hints = get_type_hints(kind)
    given: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in raw:
            given[field.name] = fitting(raw[field.name], hints[field.name], field.name)
        elif field.default is MISSING:
            raise ValueError(f"{kind.__name__} without {field.name}")
    return kind(**given)


def fitting(value: object, hint: object, name: str) -> object:
    """`value`, of the field `name`, as its type `hint` has it. ValueError: it can't be that."""
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    for kind in kinds:
        if get_origin(kind) is tuple and isinstance(value, list | tuple):
            return tuple(fitting(one, get_args(kind)[0], name) for one in value)
        if is_dataclass(kind) and isinstance(value, Mapping):
            return built(kind, value)  # type: ignore[arg-type]
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(value)
        if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if isinstance(kind, type) and isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
    raise ValueError(f"{name} can't be {value!r}")
