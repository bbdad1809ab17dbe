"""The speech model: fetched once, checked byte by byte, put in place whole or not at all.

`manifest` (what is wanted) · `fetching` (an archive from a source) · `unpacking` (its files, checked) · here: the order of things.
Everything happens in a temporary folder beside the target, which takes the target's place by a rename at the very end.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.durable import private_folder
from voicecoach.errors import CheckFailed, Missing, Unreadable
from voicecoach.speech_model.fetching import NotHadError, Say, fetch
from voicecoach.speech_model.manifest import Manifest, Part, read_manifest
from voicecoach.speech_model.unpacking import NoArchiveError, OtherModelError, gather, unpack

_TEMPORARY = ".fetching-"


def installed(target: Path, manifest: Path) -> bool:
    """Tell whether every file of the model is in `target` with its size: quick enough for each start (contents: `verify`)."""
    return all(_size(target / part.path) == part.bytes for part in read_manifest(manifest).parts)


def verify(target: Path, manifest: Path) -> None:
    """Read every file of the model, some 70 MB.

    Raises Missing when there is no model, CheckFailed naming the first file that is not as it should be.
    """
    if not target.is_dir():
        raise Missing(f"There is no speech model in {target}.", "Run: voicecoach model")
    for part in read_manifest(manifest).parts:
        if not _sound(target / part.path, part):
            raise CheckFailed(f"The speech model is damaged: {target / part.path} is not as it should be.", "Run: voicecoach model")


def verify_own(manifest: Path) -> None:
    """Read what came with the program. Raises CheckFailed naming the first file that is not as it should be."""
    for part in read_manifest(manifest).own:
        path = manifest.parent / part.path
        if not _sound(path, part):
            raise CheckFailed(
                f"{path} is damaged, or not what came with this program.", "Install voicecoach again: the file comes with it."
            )


def install_model(target: Path, manifest: Path, source: Path | None, say: Say) -> str:
    """Put the model into the folder `target` and give one sentence on where it came from.

    `source` is an archive (zip or aar) or a folder with the model somewhere in it; None: a model already in place is checked, and only
    a missing or damaged one is fetched from the manifest's sources. `say` is told the progress, a line at a time.
    Raises Missing (no source could be reached, no space, no right to write), Unreadable (`source` is absent or no archive), CheckFailed
    (it holds another model). A failure leaves what was in `target` as it was.
    """
    wanted = read_manifest(manifest)
    if source is None and target.is_dir():
        try:
            verify(target, manifest)
        except CheckFailed as damaged:
            say(f"{damaged.what} Fetching it again.")
        else:
            return f"The speech model is in place and sound: {target}"
    try:
        with _workshop(target) as bench:
            came = _from(source, wanted.parts, bench / "model") if source else _from_sources(wanted, bench, say)
            _swap(bench, target)
    except OSError as e:
        need_mb = sum(part.bytes for part in wanted.parts) * 2 // 1_000_000  # the archive, unpacked and packed
        raise Missing(
            f"The speech model can't be written to {target.parent} ({e.strerror or e}).",
            f"It needs {need_mb} MB there and the right to write.",
        ) from e
    return f"The speech model is installed, from {came}: {target}"


def _sound(path: Path, part: Part) -> bool:
    return _size(path) == part.bytes and _sha256(path) == part.sha256


def _size(path: Path) -> int:
    """-1 for what is no file."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except OSError:
        return -1


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as e:
        return f"unreadable: {e}"


@contextmanager
def _workshop(target: Path) -> Iterator[Path]:
    """Lend a temporary folder beside `target` to one installer at a time, and clear what a killed one left there."""
    private_folder(target.parent)
    parent = os.open(target.parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(parent, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as e:
            raise Missing(f"Another `voicecoach model` is at work in {target.parent}.", "Wait until it has ended.") from e
        for stale in target.parent.glob(f"{_TEMPORARY}*"):
            if (stale / "before").exists() and not target.exists():  # killed between the two renames of `_swap`
                (stale / "before").rename(target)
            shutil.rmtree(stale, ignore_errors=True)
        bench = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=target.parent))
        try:
            yield bench
        finally:
            shutil.rmtree(bench, ignore_errors=True)
        os.fsync(parent)
    finally:
        os.close(parent)


def _from_sources(wanted: Manifest, bench: Path, say: Say) -> str:
    reasons = []
    for source in wanted.sources:
        say(f"Fetching the speech model ({source.bytes // 1_000_000} MB) from {source.name}.")
        try:
            archive = fetch(source, bench, say)
            if _size(archive) != source.bytes or _sha256(archive) != source.sha256:
                raise NotHadError("what came is not the model, or only a part of it")
            unpack(archive, wanted.parts, bench / "model")
        except (NotHadError, OtherModelError) as e:
            say(f"Not to be had from {source.name}: {e}.")
            reasons.append(f"{source.name}: {e}")
        else:
            return source.name
    urls = " or ".join(source.url for source in wanted.sources if source.url)
    raise Missing(
        f"The speech model could not be fetched ({'; '.join(reasons)}).",
        f"Try again with a network, or bring the file from {urls} and run: voicecoach model --from FILE",
    )


def _from(source: Path, parts: tuple[Part, ...], model: Path) -> str:
    next_step = "Name the model's zip, its aar or its folder; models/README.md says where they are."
    try:
        if source.is_dir():
            gather(source, parts, model)
        elif source.is_file():
            unpack(source, parts, model)
        else:
            raise Unreadable(f"There is no file or folder {source}.", next_step)
    except NoArchiveError as e:
        raise Unreadable(f"{source} can't be unpacked: {e}.", next_step) from e
    except OtherModelError as e:
        raise CheckFailed(f"{source} is not the speech model: {e}.", next_step) from e
    return str(source)


def _swap(bench: Path, target: Path) -> None:
    """Put the finished model in the target's place, for other users of this checkout too; what was there goes with the bench."""
    for path in ((bench / "model"), *(bench / "model").rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = bench / "before"
    if target.exists():
        target.rename(before)
    try:
        (bench / "model").rename(target)
    except OSError:
        if before.exists():
            before.rename(target)
        raise
