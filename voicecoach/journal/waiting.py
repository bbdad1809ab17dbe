"""What is to be written, in order, until it is on the disk."""

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voicecoach.journal.file import REFUSALS, Connection


@dataclass(frozen=True, slots=True)
class Begun:
    """A session has begun. Its number is negative and only a stand-in until the file gives it one."""

    session: int
    started_at: str
    versions: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, with all its fields as JSON."""

    session: int
    at_s: float
    event: str
    fields: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A session is over."""

    session: int
    outcome: str


Waiting = deque[Begun | Happened | Ended]


def told_as_lost(waiting: Waiting, path: Path) -> list[str]:
    """A sentence about what still waits for the journal `path` when nobody can wait any longer; none where that is nothing."""
    count = sum(isinstance(row, Happened) for row in waiting)
    lost = f"{count} events of this session could not be written to {path}, and are lost: the next one won't know of them."
    told = f"{lost} See to the disk or card first."
    return [told] if count else []


def written(connection: Connection, waiting: Waiting, real: Mapping[int, int]) -> dict[int, int]:
    """Write all that waits, all of it or nothing. Give the sessions' numbers in the file, those in `real` among them. Raises REFUSALS."""
    numbers = dict(real)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for row in waiting:
            session = numbers.get(row.session, row.session)
            match row:
                case Begun():
                    begun = connection.execute("INSERT INTO sessions (started_at, versions) VALUES (?, ?)", (row.started_at, row.versions))
                    numbers[row.session] = begun.lastrowid or session
                case Happened():
                    connection.execute(
                        "INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)", (session, row.at_s, row.event, row.fields)
                    )
                case _:
                    connection.execute("INSERT OR IGNORE INTO endings (session, outcome) VALUES (?, ?)", (session, row.outcome))
        connection.execute("COMMIT")
    except REFUSALS:
        with suppress(*REFUSALS):  # some failures have rolled back already
            connection.execute("ROLLBACK")
        raise
    return numbers
