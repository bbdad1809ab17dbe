"""models/manifest.toml: who has the speech model, and every file of it with its size and sha256."""

import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from voicecoach.errors import Unreadable


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
    """What the model is made of and who has it."""

    sources: tuple[Source, ...]
    parts: tuple[Part, ...]


def read_manifest(path: Path) -> Manifest:
    """Read models/manifest.toml. Raises Unreadable when it is absent, torn or names a file outside the model's folder."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        parts = tuple(Part(str(f["path"]), int(f["bytes"]), str(f["sha256"])) for f in table["file"])
        sources = tuple(Source(**s) for s in table["source"])
    except (OSError, ValueError, KeyError, TypeError) as e:
        raise Unreadable(f"{path} can't be used ({e}).", "Install voicecoach again: the file comes with it.") from e
    for part in parts:
        if not PurePosixPath(part.path).parts or PurePosixPath(part.path).is_absolute() or ".." in PurePosixPath(part.path).parts:
            raise Unreadable(f"{path} names {part.path!r}, which is outside the model's folder.", "Install voicecoach again.")
    if not parts:
        raise Unreadable(f"{path} lists no file.", "Install voicecoach again.")
    return Manifest(sources, parts)
