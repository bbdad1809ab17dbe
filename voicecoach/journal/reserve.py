"""Room on the disk that only the journal may use: on a full one it is given up, and a whole session fits in it."""

from contextlib import suppress
from pathlib import Path

from voicecoach.durable import write_whole
from voicecoach.journal.file import out_of_room

RESERVE_BYTES = 2_000_000
"""A session of 1,500 events: some 0.5 MB, the journal's side file as much again, and as much to spare."""

GIVEN_UP = "The disk is full. There is room for this session in {} yet; make more before the next."


def kept(journal: Path, size: int) -> None:
    """There is a reserve beside `journal`, if there is room for one."""
    path = _place(journal)
    if size <= 0 or path.exists():
        return
    with suppress(OSError):
        write_whole(path, bytes(size))


def given_up(journal: Path, error: Exception) -> bool:
    """Whether there is room again, because `error` said that there was none and there was a reserve."""
    full = out_of_room(error)
    try:
        if full:
            _place(journal).unlink()
    except OSError:
        return False
    return full


def _place(journal: Path) -> Path:
    return journal.with_name(f"{journal.name}.reserve")
