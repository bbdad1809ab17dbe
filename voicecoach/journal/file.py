"""The journal's file: opened, examined, laid out. The one door to SQLite.

Each layout is a step from the one before it, `layout_N.sql`; a new file goes through all of them, an old one through those it lacks, in
one transaction: whoever pulls the plug in between finds the old layout, whole.
"""

import contextlib
import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from voicecoach.durable import PRIVATE, SET_ASIDE, private_folder, set_aside, sync_folder
from voicecoach.errors import Unreadable

Connection = sqlite3.Connection
REFUSALS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises, whatever it is; where it wants to name what is damaged, Python may stumble over the name."""
SIDES = ("-wal", "-shm", "-journal")
"""How SQLite's side files end: part of what is in a journal may stand in them."""
LAYOUT = 2
_APPLICATION_ID = 0x564F4943  # "VOIC", so that `file` and this program know a journal when they see one
_BUSY_S = 0.25  # as long as another voicecoach's write may take; the coach must not stand still for longer
_CHECKED_WHOLE_BYTES = 16_000_000
"""A larger journal is only looked at as a whole by `voicecoach check`: a slow card would take more than a second to read it at each start.
What a start needs of it is read in any case."""
_CHECKPOINT_PAGES = 128
"""A quarter of a megabyte of new events, then they go from the side file to their place: a short stop now and then, and on a full disk
the side file doesn't grow by megabytes."""


class NotAJournalError(Exception):
    """The file is no journal, or a damaged one; the text says which, as half a sentence."""


def set_journal_aside(path: Path) -> Path:
    """Rename the journal, and SQLite's side files with it, to the next free name, and give that. Raises OSError.

    The side files go first: left behind, they would be taken for the new journal's.
    """
    return set_aside(path, (*SIDES, ""))


def opened_or_begun(path: Path) -> tuple[Connection, list[str]]:
    """Open the journal `path`; what is there and is none is set aside, a new one begun, and a sentence says so. Raises as `opened` does."""
    try:
        return opened(path), []
    except NotAJournalError as e:
        aside = set_journal_aside(path)
        told = f"{path} could not be used as the journal: {e}. It is kept as {aside.name}, and a new one is begun."
        return opened(path), [told]


def opened(path: Path) -> Connection:
    """Open or make the journal `path`, readable by its owner only.

    Raises NotAJournalError, Unreadable (a newer program's journal), and sqlite3.OperationalError or OSError when the disk doesn't let it.
    """
    _made(path)
    connection = _connected(path.absolute().as_uri())
    with _closed_unless_sound(connection):
        connection.execute("PRAGMA synchronous = FULL")  # an event is on the disk, not in its cache, when `append` returns
        layout = _examined(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        connection.execute("PRAGMA user_version").fetchone()  # now the side file is there
        sync_folder(path.parent)  # Debian's SQLite leaves that out: a side file's name is on the disk before anything is in it
        if layout < LAYOUT:
            _step_up(connection)
    return connection


def opened_to_read(path: Path) -> Connection:
    """Open a journal on a disk that can't be written. Raises as `opened` does, and changes nothing in it."""
    path.stat()
    connection = _connected(f"{path.absolute().as_uri()}?mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:  # SQLite wants to make its side files; without them it reads what was in the file at its last rest
        connection.close()
        connection = _connected(f"{path.absolute().as_uri()}?immutable=1")
    with _closed_unless_sound(connection):
        if not _examined(connection, path):
            raise NotAJournalError("it is empty")
    return connection


def out_of_room(error: Exception) -> bool:
    """Whether the disk refused for want of room; SQLite can't always tell that from a broken one."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def reason(error: Exception) -> str:
    """Why the file can't be used just now, as half a sentence."""
    busy = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return "another voicecoach has it open" if busy else str(error)


def flaw_in(connection: Connection) -> str:
    """What SQLite finds wrong with any page, row or index of the journal; "" for nothing. Reads all of it. Raises REFUSALS."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else str(found)


def stamped(content: bytes) -> bool:
    """Whether these bytes of a file, or of a side file, are a journal's, damaged or not: by its stamp, or by what its triggers say."""
    return content[68:72] == _APPLICATION_ID.to_bytes(4) or b"the journal is append-only" in content


def set_aside_beside(path: Path) -> list[Path]:
    """The files that once stood in the place of the journal `path` and could not be used. What is in them is as personal as the journal."""
    return sorted(file for file in path.parent.glob(f"{path.name}{SET_ASIDE}*") if not file.name.endswith(SIDES))


def _connected(address: str) -> Connection:
    connection = sqlite3.connect(address, timeout=_BUSY_S, isolation_level=None, uri=True)
    connection.text_factory = lambda text: text.decode("utf-8", "replace")  # a card that forgets a bit costs a letter, not the history
    return connection


def _made(path: Path) -> None:
    """There is a file, for its owner only, if the disk lets it."""
    private_folder(path.parent)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK | os.O_CLOEXEC, PRIVATE)
    except IsADirectoryError as e:
        raise NotAJournalError("it is a folder") from e
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise NotAJournalError("it is no ordinary file")
        os.fchmod(file, PRIVATE)  # what a person says about their body; SQLite gives its side files the same mode
    finally:
        os.close(file)


@contextlib.contextmanager
def _closed_unless_sound(connection: Connection) -> Iterator[None]:
    """Raises NotAJournalError for what SQLite can't make sense of."""
    try:
        yield
    except sqlite3.OperationalError:
        connection.close()
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as e:  # SQLite tells of a damaged page with what is on it
        connection.close()
        raise NotAJournalError(f"it is damaged, or no journal at all ({e})") from e
    except BaseException:
        connection.close()
        raise


def _examined(connection: Connection, path: Path) -> int:
    """The layout of this journal, 0 for an empty file. What a start needs of it is sound; so is all of it, unless it is large."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    layout: int = connection.execute("PRAGMA user_version").fetchone()[0]
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if (application, layout, tables) == (0, 0, 0):
        return 0
    if application != _APPLICATION_ID:
        raise NotAJournalError("it is another program's")
    if layout > LAYOUT:
        raise Unreadable(f"The journal {path} was written by a newer voicecoach.", "Update this one, or name another folder with --home.")
    whole = path.stat().st_size <= _CHECKED_WHOLE_BYTES
    for check in ("quick_check(1)",) if whole else ("quick_check(sessions)", "quick_check(endings)"):
        (found,) = connection.execute(f"PRAGMA {check}").fetchone()
        if found != "ok":
            raise NotAJournalError(f"it is damaged ({found})")
    return layout


def _step_up(connection: Connection) -> None:
    """From whatever layout it has to this program's. Another program may have done it meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        for step in range(layout + 1, LAYOUT + 1):
            for statement in _statements(f"layout_{step}.sql"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.execute("COMMIT")
    except REFUSALS:
        with contextlib.suppress(*REFUSALS):  # some failures have rolled back already
            connection.execute("ROLLBACK")
        raise


def _statements(name: str) -> Iterator[str]:
    """One by one: run as a script, they would not be part of the transaction."""
    statement = ""
    for line in resources.files("voicecoach.journal").joinpath(name).read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
