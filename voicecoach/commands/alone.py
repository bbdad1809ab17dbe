"""One session at a time in a home: two coaches on one microphone would answer each other."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicecoach.durable import PRIVATE, private_folder
from voicecoach.errors import Missing

FILE = "session.lock"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """While the block lasts no other process gets in for `home`: to that Missing is raised. A program started anew in its place gets in.

    Where there can be no such file, as on a disk that can't be written, nobody is kept out: the session matters more.
    """
    try:
        private_folder(home)
        held = os.open(home / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    except OSError:
        yield
        return
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Missing(f"A session is going on already in {home}.", "End it first, or name another folder with --home.") from None
        yield
    finally:
        os.close(held)
