"""Take the model out of an archive or a folder: only files that the manifest lists, each read to its stated size and checked on the way.

Nothing that an archive says about paths, links or sizes is ever believed, so none can write outside the model's folder or fill the disk.
"""

import hashlib
import lzma
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from voicecoach.durable import SHARED, read_whole, write_whole
from voicecoach.speech_model.manifest import Part


class OtherModelError(Exception):
    """It isn't the model; the text says why, as half a sentence."""


class NoArchiveError(OtherModelError):
    """It isn't even a whole archive."""


def unpack(archive: Path, parts: tuple[Part, ...], model: Path) -> None:
    """Copy the model out of a zip or aar, whatever folder it is in there."""
    mark = parts[0].path
    try:
        with zipfile.ZipFile(archive) as pack:
            prefix = next((name[: -len(mark)] for name in pack.namelist() if f"/{name}".endswith(f"/{mark}")), None)
            for part in parts:
                if f"{prefix}{part.path}" not in pack.NameToInfo:
                    raise OtherModelError(f"it has no {part.path}")
                with pack.open(f"{prefix}{part.path}") as file:
                    _take(file.read(part.bytes + 1), part, model)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, RuntimeError, ValueError) as e:
        raise NoArchiveError(f"it is no whole zip archive ({e})") from e


def gather(folder: Path, parts: tuple[Part, ...], model: Path) -> None:
    """Copy the model out of `folder`, or out of the first folder below it that holds one."""
    mark = parts[0].path
    found = next((path for path in sorted(folder.rglob(PurePosixPath(mark).name)) if path.as_posix().endswith(f"/{mark}")), None)
    if found is None:
        raise OtherModelError(f"it has no {mark}")
    root = found.parents[len(PurePosixPath(mark).parts) - 1]
    for part in parts:
        try:
            content = read_whole(root / part.path, part.bytes)
        except FileNotFoundError as e:
            raise OtherModelError(f"it has no {part.path}") from e
        except OSError as e:
            raise OtherModelError(f"its {part.path} can't be read ({e.strerror})") from e
        _take(content, part, model)


def _take(content: bytes, part: Part, model: Path) -> None:
    """Write one file of the model durably, and check it on the way."""
    if len(content) != part.bytes or hashlib.sha256(content).hexdigest() != part.sha256:
        raise OtherModelError(f"its {part.path} is another")
    path = model / part.path
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, SHARED)
