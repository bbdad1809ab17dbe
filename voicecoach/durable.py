"""Files that are whole or not there: written beside their place, brought to the disk, moved there; and read only if they are files.

Nothing else in the program opens a file for writing, but for the few that tests/house/test_writing.py names.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from io import FileIO
from itertools import count
from pathlib import Path

PRIVATE = 0o600
"""For its owner only: what tells of somebody's body."""
PRIVATE_FOLDER = 0o700
SHARED = 0o644
SET_ASIDE = ".set-aside-"
"""What stands in the name of a file that could not be used, before its number."""
_CHUNK = 1 << 20
_MOST_BESIDE = 16
"""So many write the same file at once, or so many things that aren't ours lie where it is to be written first: more is no accident."""
_TAKEN = {errno.ELOOP, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENXIO, errno.ETXTBSY, errno.EWOULDBLOCK}


def write_whole(path: Path, content: bytes, mode: int = PRIVATE, *, synced: bool = True) -> None:
    """Puts `content` into the place of the file `path`: whoever reads finds the old one or the new one, whole, also after a power cut.

    Several processes may do so at once; the last one's stays. Unless it is `synced`, a power cut may leave a torn file, which the reader
    has to notice. Raises OSError: then `path` is as it was. What a killed process left beside it is used again.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    path = Path(os.path.realpath(path))  # a link stays one
    descriptor, beside = _lent(path, mode)
    try:
        try:
            _fill(descriptor, content, mode)
            if synced:
                os.fsync(descriptor)
            os.replace(beside, path)  # noqa: PTH105 - Path.replace answers with a Path nobody needs
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    finally:
        os.close(descriptor)
    if synced:
        sync_folder(path.parent)


def opened_to_grow(path: Path, mode: int = 0o666) -> FileIO:
    """The file `path`, emptied, for what grows and can be read at any moment. Raises OSError, for a pipe that nobody reads too."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    return FileIO(os.open(path, flags, mode), "wb")


def read_whole(path: Path, most_bytes: int) -> bytes:
    """All that is in the file `path`. Raises OSError, for a pipe, a device and a file of more bytes than that too: those may never end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(most_bytes + 1)
    finally:
        os.close(descriptor)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, "it is far too large", str(path))
    return content


def private_folder(path: Path) -> None:
    """There is a folder `path`; what was missing of it is made, for its owner only, and on the disk. Raises OSError."""
    if not path.is_dir():
        private_folder(path.parent)
        path.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        sync_folder(path.parent)


def set_aside(path: Path, endings: Sequence[str] = ("",)) -> Path:
    """Renames `path`, with the files beside it whose names end so too, in that order, to the next free name, and gives that. OSError."""
    number = next(n for n in count(1) if not os.path.lexists(path.with_name(f"{path.name}{SET_ASIDE}{n}")))
    aside = path.with_name(f"{path.name}{SET_ASIDE}{number}")
    for ending in endings:
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    sync_folder(path.parent)
    return aside


def overwrite(descriptor: int) -> None:
    """Nothing of a file that is to go stays readable on a disk that writes in place."""
    size = os.fstat(descriptor).st_size
    os.lseek(descriptor, 0, os.SEEK_SET)
    while size > 0:
        size -= os.write(descriptor, bytes(min(size, _CHUNK)))
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """What was renamed in `folder` stays so after a power cut. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lent(path: Path, mode: int) -> tuple[int, Path]:
    """A file beside `path` that nobody else writes, and its name. Who writes holds its lock, which goes with the process."""
    refused = OSError(errno.EWOULDBLOCK, "too many write it at once", str(path))
    for beside in (path.with_name(f"{path.name}.part{n or ''}") for n in range(_MOST_BESIDE)):
        try:
            return _locked(beside, mode), beside
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            refused = error
    raise refused


def _locked(beside: Path, mode: int) -> int:
    """Raises OSError, an errno of _TAKEN among them, where it is somebody else's or no file."""
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, mode)
    try:
        here = os.fstat(descriptor)
        if not stat.S_ISREG(here.st_mode) or here.st_nlink != 1:
            raise OSError(errno.EACCES, "it is no ordinary file", str(beside))
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(here, beside.lstat()):  # it was moved to its place between the two
            raise OSError(errno.EWOULDBLOCK, "it is being written", str(beside))
    except FileNotFoundError:
        os.close(descriptor)
        raise OSError(errno.EWOULDBLOCK, "it is being written", str(beside)) from None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _fill(descriptor: int, content: bytes, mode: int) -> None:
    os.fchmod(descriptor, mode)
    os.ftruncate(descriptor, 0)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
