"""One session at a time in a home: two coaches on one microphone would answer each other."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from voicecoach.durable import PRIVATE, private_folder
from voicecoach.errors import Missing

FILE = "session.lock"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """While the block lasts no other process gets in for `home`: to that Missing is raised. A program started anew in its place gets in.

    On a disk that can't be written the folder itself is held. Where there is none, nobody is kept out: the session matters more.
    """
    with ExitStack() as ends:
        for opened in (_file, _folder):
            with suppress(OSError):
                held = opened(home)
                ends.callback(os.close, held)
                if not _taken(held):
                    raise Missing(f"A session is going on already in {home}.", "End it first, or name another folder with --home.")
                break
        yield


def _file(home: Path) -> int:
    private_folder(home)
    return os.open(home / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)


def _folder(home: Path) -> int:
    return os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _taken(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
