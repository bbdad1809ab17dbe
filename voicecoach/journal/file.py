"""The journal's file: opened, examined, laid out. The one door to SQLite."""

import contextlib
import os
import sqlite3
from importlib import resources
from itertools import count
from pathlib import Path

from voicecoach.errors import Unreadable

Connection = sqlite3.Connection
Refusal = sqlite3.Error
"""What SQLite raises, whatever it is."""
SIDES = ("-wal", "-shm", "-journal")
"""How SQLite's side files end: part of what is in a journal may stand in them."""
_APPLICATION_ID = 0x564F4943  # "VOIC", so that `file` and this program know a journal when they see one
_LAYOUT = 1
_BUSY_S = 0.25  # as long as another voicecoach's write may take; the coach must not stand still for longer


class NotAJournalError(Exception):
    """The file is no journal, or a damaged one; the text says which, as half a sentence."""


def opened_or_begun(path: Path) -> tuple[Connection, list[str]]:
    """Open the journal `path`; what is there and is none is set aside, a new one begun, and a sentence says so. Raises as `opened` does."""
    try:
        return opened(path), []
    except NotAJournalError as e:
        aside = _set_aside(path)
        told = f"{path} could not be used as the journal: {e}. It is kept as {aside.name}, and a new one is begun."
        return opened(path), [told]


def opened(path: Path) -> sqlite3.Connection:
    """Open or make the journal `path`, readable by its owner only.

    Raises NotAJournalError, Unreadable (a newer program's journal), and sqlite3.OperationalError or OSError when the disk doesn't let it.
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
    except (sqlite3.DatabaseError, UnicodeDecodeError) as e:  # SQLite tells of a damaged page with what is on it
        connection.close()
        raise NotAJournalError(f"it is damaged, or no journal at all ({e})") from e
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
        raise NotAJournalError("it is another program's")
    elif layout > _LAYOUT:
        raise Unreadable(f"The journal {path} was written by a newer voicecoach.", "Update this one, or name another folder with --home.")
    elif (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise NotAJournalError(f"it is damaged ({found})")


def _set_aside(path: Path) -> Path:
    """Rename the file, and SQLite's side files with it, to the next free name, and give that."""
    number = next(n for n in count(1) if not path.with_name(f"{path.name}.set-aside-{n}").exists())
    aside = path.with_name(f"{path.name}.set-aside-{number}")
    for ending in ("", *SIDES):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside
