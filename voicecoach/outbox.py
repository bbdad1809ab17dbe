"""What waits to be sent to others: a file each in one folder, whole, for its owner only, until somebody has it.

A file outlives a power cut and a broker that is away for weeks. Whoever is forgotten takes along what still waits, and what was left where
it can be seen is taken back with the next sending.
"""

import json
import re
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from voicecoach.durable import overwrite, private_folder, read_whole, sync_folder, write_whole
from voicecoach.messages.built import built

MOST_BYTES = 100_000
"""A summary has some 300."""
LAST_SESSION = "last_session"
"""Where the last summary stays to be seen."""
_NAME = re.compile(r"(\d{8,})-([0-9a-f]{32})\.json")


@dataclass(frozen=True, slots=True)
class Post:
    """One thing to send. `id` is a `new_id`, `topic` below the speaker's own, `people` whom it tells of, by their numbers."""

    id: str
    topic: str
    text: str
    kept: bool = False
    """It stays to be seen by whoever comes later, in the place of the one before; with an empty `text`, nothing stays there."""
    receipt: bool = False
    """It is sent until a reader says that it has it, not only until it is taken."""
    people: tuple[int, ...] = ()


def new_id() -> str:
    """An id that nobody else has, on no speaker."""
    return uuid.uuid4().hex


def beside(journal: Path) -> Path:
    """Give the folder of what waits, whether or not there is any."""
    return journal.with_name("outbox")


def put(folder: Path, post: Post) -> None:
    """Puts it behind all that waits there. Raises OSError."""
    private_folder(folder)
    number = max((int(_number(path)) for path in waiting(folder)), default=0) + 1
    write_whole(folder / f"{number:08}-{post.id}.json", json.dumps(asdict(post)).encode())


def waiting(folder: Path) -> list[Path]:
    """What waits, the oldest first. Raises OSError."""
    found = [path for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=lambda path: (int(_number(path)), path.name))


def read(path: Path) -> Post | None:
    """What stands in a file; None where that is no post, or it is gone. Raises OSError."""
    try:
        return built(Post, json.loads(read_whole(path, MOST_BYTES)))
    except (FileNotFoundError, ValueError, RecursionError):
        return None


def gone(path: Path) -> None:
    """Deletes it, its bytes first, so that a disk which writes in place keeps nothing. Raises OSError."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as opened:
            overwrite(opened.fileno())
        path.unlink()
        sync_folder(path.parent)


def forget(folder: Path, person: int) -> None:
    """Deletes what waits and tells of `person`, and what can't be read; what was left to be seen is to be taken back. Raises OSError."""
    if not folder.is_dir():
        return
    for path in [path for path in folder.iterdir() if path.is_file()]:
        post = read(path) if _NAME.fullmatch(path.name) else None
        if post is None or person in post.people:
            gone(path)
    put(folder, Post(new_id(), LAST_SESSION, "", kept=True))


def id_in(path: Path) -> str:
    """The id of the post in a file that waits."""
    return path.stem.partition("-")[2]


def _number(path: Path) -> str:
    return path.name.partition("-")[0]
