"""models/manifest.toml: who has the speech model, and every file of it with its size and sha256."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import TypeVar

from voicecoach.durable import read_whole
from voicecoach.errors import Unreadable

_MOST_BYTES = 1_000_000
_LARGEST_BYTES = 1_000_000_000
"""Of a file of the model, or of an archive of it: fifty times those that there are."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the model. `path` is relative, with slashes."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Source:
    """A place that has the whole model as one archive: `url`, or a Maven `artifact`; the other is ""."""

    name: str
    bytes: int
    sha256: str
    url: str = ""
    artifact: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the model is made of and who has it. `own`: files of the program's own, beside the manifest."""

    sources: tuple[Source, ...]
    parts: tuple[Part, ...]
    own: tuple[Part, ...] = ()


_Entry = TypeVar("_Entry", Part, Source)


def read_manifest(path: Path) -> Manifest:
    """Read models/manifest.toml. Raises Unreadable when it is absent, torn or names a file outside the model's folder."""
    try:
        table = tomllib.loads(read_whole(path, _MOST_BYTES).decode())
        parts, own = (tuple(_fitting(Part(**file)) for file in files) for files in (table["file"], table.get("own", [])))
        sources = tuple(_fitting(Source(**source)) for source in table["source"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as e:
        what = e.strerror if isinstance(e, OSError) else f"there is no {e}" if isinstance(e, KeyError) else e
        raise Unreadable(f"{path} can't be used ({what}).", "Install voicecoach again: the file comes with it.") from e
    for part in (*parts, *own):
        inside = PurePosixPath(part.path)
        if not part.path.isprintable() or not inside.parts or inside.is_absolute() or ".." in inside.parts:
            raise Unreadable(f"{path} names {part.path!r}, which is outside the model's folder.", "Install voicecoach again.")
    if not parts:
        raise Unreadable(f"{path} lists no file.", "Install voicecoach again.")
    return Manifest(sources, parts, own)


def _fitting(entry: _Entry) -> _Entry:
    """Raises TypeError or ValueError for what can't be the size of a file, or no text."""
    for field in fields(entry):
        value = getattr(entry, field.name)
        if not isinstance(value, int if field.name == "bytes" else str) or isinstance(value, bool):
            raise TypeError(f"{field.name} can't be {value!r}")
    if not 0 < entry.bytes <= _LARGEST_BYTES:
        raise ValueError(f"bytes can't be {entry.bytes}")
    return entry
