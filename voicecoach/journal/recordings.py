"""Recordings of sessions: a folder each, named by the session's number in the journal they lie beside.

There are some only where somebody asked for them. A recording belongs to everybody who was on the mat in it: whoever is forgotten takes
it along.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from voicecoach.durable import PRIVATE_FOLDER, overwrite, private_folder

_NAME = re.compile(r"(\d+)(-\d+)?")
"""A second one of the same number is from a journal that was begun anew since; nobody knows any more whose the first is."""


def folder_for(journal: Path, session: int) -> Path:
    """Make a new, empty folder for the recording of `session`, for its owner only. Raises OSError."""
    within = beside(journal)
    private_folder(within)
    names = (f"{session:04}" if n == 1 else f"{session:04}-{n}" for n in count(1))
    folder = next(within / name for name in names if not os.path.lexists(within / name))
    folder.mkdir(mode=PRIVATE_FOLDER)
    return folder


def recorded(journal: Path) -> list[tuple[int, int]]:
    """Number and bytes of each recording there is. Raises OSError."""
    return [(session, sum(file.stat().st_size for file in folder.iterdir())) for session, folder in _kept(journal)]


def delete(journal: Path, sessions: Iterable[int]) -> None:
    """Delete the recordings of `sessions`, their bytes first, so that a disk which writes in place keeps nothing. Raises OSError."""
    gone = set(sessions)
    for session, folder in _kept(journal):
        if session in gone:
            for file in folder.iterdir():
                with file.open("r+b") as opened:
                    overwrite(opened.fileno())
            shutil.rmtree(folder)


def beside(journal: Path) -> Path:
    """Give the folder of all recordings, whether or not there are any."""
    return journal.with_name("recordings")


def _kept(journal: Path) -> Iterator[tuple[int, Path]]:
    within = beside(journal)
    for folder in sorted(within.iterdir()) if within.is_dir() else ():
        if (name := _NAME.fullmatch(folder.name)) and folder.is_dir():
            yield int(name[1]), folder
