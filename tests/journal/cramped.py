"""A journal on a disk of its own, which is filled or made read-only for real.

`python -m tests.journal.cramped SCENE FOLDER` prints what came of it. It is to be run in a namespace of its own (`unshare -rm`): it mounts
a disk of 4 MB in FOLDER.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.journal.reserve import RESERVE_BYTES
from voicecoach.journal.store import Journal
from voicecoach.notes import troubles

AT = "2026-11-24T18:00:00+01:00"
TEXT = "Squeeze your buttocks, then lift both legs a hand above the floor, and hold."
MANY = 1500
"""Events of a long session."""


def mounted(folder: Path, *options: str) -> None:
    """A small disk in `folder`; with options it is the one that is there."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(["size=4m", *options]), "tmpfs", str(folder)], check=True)  # noqa: S607


def filled(folder: Path) -> Path:
    """A file that leaves no room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return filler


def append(journal: Journal, session: int, first: int, count: int) -> int:
    """So many events; gives how many wait in memory then."""
    for n in range(first, first + count):
        journal.append(session, {"at_s": float(n), "event": "line_started", "n": n, "text": TEXT})
    return journal.behind


def numbers(path: Path, session: int) -> list[object]:
    """What another program finds on the disk."""
    journal = Journal(path)
    found = [event["n"] for event in journal.events(session)]
    journal.close()
    return found


def full_for_a_while(path: Path) -> dict[str, object]:
    """The disk is full in the middle of a session, and later there is room again."""
    journal = Journal(path)
    session = journal.begin(AT, {})
    append(journal, session, 0, 5)
    filler = filled(path.parent)
    behind = append(journal, session, 5, 400)
    told = list(troubles(journal))
    filler.unlink()
    behind_after = append(journal, session, 405, 1)
    journal.close()
    return {
        "behind": behind, "told": told, "behind_after": behind_after, "told_after": list(troubles(journal)),
        "whole": numbers(path, session) == list(range(406)),
    }  # fmt: skip


def full_to_the_end(path: Path) -> dict[str, object]:
    """There is no room any more when the session is over."""
    journal = Journal(path)
    session = journal.begin(AT, {})
    filler = filled(path.parent)
    behind = append(journal, session, 0, 400)
    list(troubles(journal))
    journal.close()
    filler.unlink()
    return {"behind": behind, "told": list(troubles(journal)), "kept": len(numbers(path, session))}


def full_with_a_reserve(path: Path) -> dict[str, object]:
    """The disk is full from the first event to the last, and room was kept for that."""
    journal = Journal(path, RESERVE_BYTES)
    session = journal.begin(AT, {})
    filled(path.parent)
    behind = append(journal, session, 0, MANY)
    journal.end(session, "finished")
    journal.close()
    told = list(troubles(journal))
    return {"behind": behind, "told": told, "whole": numbers(path, session) == list(range(MANY))}


def full_from_the_start(path: Path) -> dict[str, object]:
    """There is no room for a first journal."""
    filler = filled(path.parent)
    journal = Journal(path, RESERVE_BYTES)
    session = journal.begin(AT, {})
    behind = append(journal, session, 0, 20)
    told = list(troubles(journal))
    filler.unlink()
    behind_after = append(journal, session, 20, 1)
    journal.close()
    return {"behind": behind, "told": told, "behind_after": behind_after, "whole": numbers(path, 1) == list(range(21))}


def read_only(path: Path) -> dict[str, object]:
    """The card has become read-only: what was kept is known, what happens is kept in memory."""
    journal = Journal(path)
    first = journal.begin(AT, {})
    journal.append(first, {"at_s": 1.0, "event": "remembered", "fact": "name", "value": "Anneliese"})
    journal.end(first, "pain")
    journal.close()
    mounted(path.parent, "remount", "ro")
    journal = Journal(path, RESERVE_BYTES)
    people = [(person.name, [past.outcome for past in person.sessions]) for person in journal.people()]
    session = journal.begin(AT, {})
    behind = append(journal, session, 0, 20)
    told = list(troubles(journal))
    try:
        journal.forget(1)
        forgot = ""
    except Unreadable as error:
        forgot = str(error)
    mounted(path.parent, "remount", "rw")
    behind_after = append(journal, session, 20, 1)
    journal.close()
    return {
        "people": people, "behind": behind, "told": told, "forgot": forgot, "behind_after": behind_after,
        "whole": numbers(path, 2) == list(range(21)),
    }  # fmt: skip


SCENES: tuple[Callable[[Path], dict[str, object]], ...] = (
    full_for_a_while, full_to_the_end, full_with_a_reserve, full_from_the_start, read_only,
)  # fmt: skip


if __name__ == "__main__":
    mounted(Path(sys.argv[2]))
    (scene,) = (scene for scene in SCENES if scene.__name__ == sys.argv[1])
    print(json.dumps(scene(Path(sys.argv[2], "journal.db"))))  # noqa: T201 - a program
