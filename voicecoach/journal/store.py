"""The journal on disk: SQLite, append-only, each event safe before `append` returns.

When the disk is full, read-only or gone, nothing is lost and nobody is stopped in the middle of a lift: what can't be written waits in
memory, in order, and goes to disk with the first write that succeeds. Belongs to one thread.
"""

import contextlib
import json
import os
import sqlite3
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

from voicecoach.errors import Unreadable
from voicecoach.journal.rows import INTERRUPTED, TELLING, Event, SessionRow, summed_up

_APPLICATION_ID = 0x564F4943  # "VOIC", so that `file` and this program know a journal when they see one
_LAYOUT = 1
_BUSY_S = 0.25  # as long as another voicecoach's write may take; the coach must not stand still for longer


class _NotAJournalError(Exception):
    """The file is no journal, or a damaged one; the text says which, as half a sentence."""


@dataclass(frozen=True, slots=True)
class _Begun:
    session: int
    started_at: str
    versions: str


@dataclass(frozen=True, slots=True)
class _Happened:
    session: int
    at_s: float
    event: str
    fields: str


@dataclass(frozen=True, slots=True)
class _Ended:
    session: int
    outcome: str


class Journal:
    """The journal in the file `path`, made with its folder, for its owner only, when it isn't there yet.

    A file that is no journal, or a damaged one, is renamed and a new journal begun; `trouble()` says so. Raises Unreadable when the
    file was written by a newer voicecoach.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._waiting: deque[_Begun | _Happened | _Ended] = deque()
        self._real: dict[int, int] = {}
        self._untold: list[str] = []
        self._failing = False
        self._refused = False
        self._write()

    def begin(self, started_at: str, versions: Mapping[str, object]) -> int:
        """Begin a session and give its number for `append` and `end`: negative, and this object's own, while the disk refuses."""
        session = -1 - len(self._real)
        self._real[session] = session
        self._waiting.append(_Begun(session, started_at, _json(versions)))
        self._write()
        return self._real[session]

    def append(self, session: int, event: Event) -> None:
        """Keep one event of the event log, at_s (seconds) and event among its fields. What JSON has no form for is kept as text."""
        self._waiting.append(_Happened(session, float(str(event["at_s"])), str(event["event"]), _json(event)))
        self._write()

    def end(self, session: int, outcome: str) -> None:
        """Say how a session ended. The first ending counts."""
        self._waiting.append(_Ended(session, outcome))
        self._write()

    @property
    def behind(self) -> int:
        """How many rows wait in memory for a disk that can be written; each `append` tries again. 0: all is on disk."""
        return len(self._waiting)

    def trouble(self) -> str | None:
        """Give the next sentence that the person should read, once: a file set aside, or a disk that can't be written."""
        return self._untold.pop(0) if self._untold else None

    def refuse(self, *, refused: bool) -> None:
        """Have SQLite itself refuse to write, as on a full or read-only disk: for rehearsals of that."""
        self._refused = refused
        if self._connection is not None:
            self._connection.execute(f"PRAGMA query_only = {int(refused)}")

    def sessions(self) -> list[SessionRow]:
        """Sum up every session on disk, oldest first. A session that never ended shows as interrupted; so does one still going on."""
        rows = self._read(
            "SELECT s.id, s.started_at, coalesce(e.outcome, ?), coalesce((SELECT max(at_s) FROM events WHERE session = s.id), 0.0)"
            " FROM sessions s LEFT JOIN endings e ON e.session = s.id ORDER BY s.id",
            (INTERRUPTED,),
        )
        telling: dict[int, list[Event]] = {}
        marks = ", ".join("?" * len(TELLING))
        for session, fields in self._read(f"SELECT session, fields FROM events WHERE event IN ({marks}) ORDER BY id", TELLING):  # noqa: S608
            telling.setdefault(session, []).append(json.loads(fields))
        return [summed_up(session, at, outcome, last_s, telling.get(session, [])) for session, at, outcome, last_s in rows]

    def events(self, session: int) -> list[dict[str, object]]:
        """Give the events of one session that are on disk, in the order in which they were appended."""
        real = self._real.get(session, session)
        return [json.loads(fields) for (fields,) in self._read("SELECT fields FROM events WHERE session = ? ORDER BY id", (real,))]

    def close(self) -> None:
        """Try once more to write what waits, and let go of the file."""
        self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, query: str, values: tuple[object, ...]) -> list[Any]:
        try:
            if self._connection is None:
                self._connection = self._open()
            return self._connection.execute(query, values).fetchall()
        except (sqlite3.Error, OSError) as e:
            raise Unreadable(f"The journal {self._path} can't be read ({e}).", "Check the disk and the file's permissions.") from e

    def _write(self) -> None:
        """Write all that waits, all of it or nothing, and remember whether that went well."""
        try:
            if self._connection is None:
                self._connection = self._open()
            if self._waiting:
                self._insert(self._connection)
        except (sqlite3.Error, OSError) as e:
            if not self._failing:
                self._untold.append(f"The journal {self._path} can't be written ({e}). It is kept in memory, and written when it can be.")
            self._failing = True
        else:
            self._failing = False

    def _insert(self, connection: sqlite3.Connection) -> None:
        real = dict(self._real)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for row in self._waiting:
                session = real.get(row.session, row.session)
                match row:
                    case _Begun():
                        begun = connection.execute(
                            "INSERT INTO sessions (started_at, versions) VALUES (?, ?)", (row.started_at, row.versions)
                        )
                        real[row.session] = begun.lastrowid or session
                    case _Happened():
                        connection.execute(
                            "INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)",
                            (session, row.at_s, row.event, row.fields),
                        )
                    case _Ended():
                        connection.execute("INSERT OR IGNORE INTO endings (session, outcome) VALUES (?, ?)", (session, row.outcome))
            connection.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):  # some failures have rolled back already
                connection.execute("ROLLBACK")
            raise
        self._real = real
        self._waiting.clear()

    def _open(self) -> sqlite3.Connection:
        try:
            connection = _opened(self._path)
        except _NotAJournalError as e:
            aside = _set_aside(self._path)
            self._untold.append(f"{self._path} could not be used as the journal: {e}. It is kept as {aside.name}, and a new one is begun.")
            connection = _opened(self._path)
        connection.execute(f"PRAGMA query_only = {int(self._refused)}")
        return connection


def _json(fields: Mapping[str, object]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, default=str)


def _opened(path: Path) -> sqlite3.Connection:
    """Open or make the journal `path`, readable by its owner only.

    Raises _NotAJournalError, Unreadable (a newer program's journal), and sqlite3.OperationalError or OSError when the disk doesn't let it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.fchmod(file, 0o600)  # what a person says about their body; SQLite gives its side files the same mode
    finally:
        os.close(file)
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    try:
        _examine(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # an event is on the disk, not in its cache, when `append` returns
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError as e:
        connection.close()
        raise _NotAJournalError(f"it is damaged, or no journal at all ({e})") from e
    except BaseException:
        connection.close()
        raise
    return connection


def _examine(connection: sqlite3.Connection, path: Path) -> None:
    """See that this is a sound journal of this layout; lay an empty file out."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (layout,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (application, layout, tables) == (0, 0, 0):
        schema = resources.files("voicecoach.journal").joinpath("schema.sql").read_text(encoding="utf-8")
        stamp = f"PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {_LAYOUT};"
        connection.executescript(f"BEGIN IMMEDIATE; {schema} {stamp} COMMIT;")
    elif application != _APPLICATION_ID:
        raise _NotAJournalError("it is another program's")
    elif layout > _LAYOUT:
        raise Unreadable(f"The journal {path} was written by a newer voicecoach.", "Update this one, or name another folder with --home.")
    elif (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise _NotAJournalError(f"it is damaged ({found})")


def _set_aside(path: Path) -> Path:
    """Rename the file, and SQLite's side files with it, to the next free name, and give that."""
    number = next(n for n in count(1) if not path.with_name(f"{path.name}.set-aside-{n}").exists())
    aside = path.with_name(f"{path.name}.set-aside-{number}")
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside
