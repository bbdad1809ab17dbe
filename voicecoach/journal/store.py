"""The journal on disk: SQLite, append-only, each event safe before `append` returns.

When the disk is full, read-only or gone, nothing is lost and nobody is stopped in the middle of a lift: what can't be written waits in
memory, in order, and goes to disk with the first write that succeeds. Belongs to one thread.
"""

import contextlib
import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from voicecoach.errors import Unreadable, shown
from voicecoach.journal import reserve, telling
from voicecoach.journal.cut_off import Event
from voicecoach.journal.file import REFUSALS, Connection, NotAJournalError, flaw_in, opened_or_begun, opened_to_read, reason
from voicecoach.journal.forgetting import forgotten_aside, without
from voicecoach.journal.recall import recalled
from voicecoach.journal.rows import SessionRow
from voicecoach.journal.waiting import Begun, Ended, Happened, Waiting, told_as_lost, written
from voicecoach.messages.memory import Person

T = TypeVar("T")


class Journal:
    """The journal in the file `path`, made with its folder, for its owner only, when it isn't there yet.

    A file that is no journal, or a damaged one, is renamed and a new journal begun; `trouble()` says so. Raises Unreadable when the
    file was written by a newer voicecoach. `reserve_bytes` are kept free beside it for the day on which the disk is full.
    """

    def __init__(self, path: Path, reserve_bytes: int = 0) -> None:
        self._path = path
        self._reserve_bytes = reserve_bytes
        self._connection: Connection | None = None
        self._waiting: Waiting = Waiting()
        self._real: dict[int, int] = {}
        self._untold: list[str] = []
        self._failing = False
        self._refused = False
        self._write()

    def begin(self, started_at: str, versions: Mapping[str, object]) -> int:
        """Begin a session and give its number for `append` and `end`: negative, and this object's own, while the disk refuses."""
        session = -1 - len(self._real)
        self._real[session] = session
        self._waiting.append(Begun(session, started_at, _json(versions)))
        self._write()
        return self._real[session]

    def append(self, session: int, event: Event) -> None:
        """Keep one event of the event log, at_s (seconds) and event among its fields. What JSON has no form for is kept as text."""
        self._waiting.append(Happened(session, float(str(event["at_s"])), str(event["event"]), _json(event)))
        self._write()

    def end(self, session: int, outcome: str) -> None:
        """Say how a session ended. The first ending counts."""
        self._waiting.append(Ended(session, outcome))
        self._write()

    @property
    def behind(self) -> int:
        """How many rows wait in memory for a disk that can be written; each `append` tries again. 0: all is on disk."""
        return len(self._waiting)

    def trouble(self) -> str | None:
        """Give the next sentence that the person should read, once: a file set aside, or a disk that can't be written."""
        return shown(self._untold.pop(0)) if self._untold else None

    def refuse(self, *, refused: bool) -> None:
        """Have SQLite itself refuse to write, as on a full or read-only disk: for rehearsals of that."""
        self._refused = refused
        if self._connection is not None:
            self._connection.execute(f"PRAGMA query_only = {int(refused)}")

    def sessions(self) -> list[SessionRow]:
        """Sum up every session on disk, oldest first. One without an end, also one still going on, is what its events make of it."""
        return [row for row, _ in self._read(telling.told)]

    def people(self, before: int | None = None) -> tuple[Person, ...]:
        """Everybody whom the sessions on disk tell of, or those before the session `before`; those too who asked to be forgotten."""
        told = self._read(telling.told)
        return recalled(told if before is None else [one for one in told if one[0].id < before])

    def latest(self, count: int, before: int | None = None) -> list[tuple[SessionRow, list[Event]]]:
        """The last `count` sessions on disk, or the last before the session `before`, oldest first, each with all its events."""
        return self._read(lambda connection: telling.latest(connection, count, before))

    def events(self, session: int, kinds: Collection[str] = ()) -> list[dict[str, object]]:
        """Give the events of one session that are on disk, or those of some `kinds`, in the order in which they were appended."""
        real = self._real.get(session, session)
        return self._read(lambda connection: telling.events_of(connection, real, kinds))

    def flaw(self) -> str:
        """What is wrong with the file, of all that can be: "" for nothing. Reads the whole file."""
        return self._read(flaw_in)

    def forget_who_asked(self) -> None:
        """Delete everything about those who asked for it. What can't be deleted now is told as trouble, and tried again the next time."""
        try:
            if self._read(telling.somebody_leaves):
                for person in [person.id for person in self.people() if person.forgotten]:
                    self.forget(person)
        except Unreadable as e:
            self._untold.append(str(e))

    def forget(self, person: int) -> None:
        """Delete everything about `person`. Raises Unreadable when it can't be done now."""
        self._let_go()
        if self._waiting:
            raise Unreadable(f"The journal {self._path} can't be written, so nothing is deleted from it.", "Make room on the disk.")
        names = without(self._path, person)
        self._untold += forgotten_aside(self._path, names)

    def close(self) -> None:
        """Try once more to write what waits, and let go of the file. What can't be written now is lost, and told as trouble."""
        self._let_go()
        self._untold += told_as_lost(self._waiting, self._path)
        self._waiting.clear()

    def _let_go(self) -> None:
        self._write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, question: Callable[[Connection], T]) -> T:
        """Asks the file; where the disk can't be written, only to read. Raises Unreadable."""
        try:
            if self._connection is None:
                try:
                    self._connection = self._open()
                except (*REFUSALS, OSError):
                    with contextlib.closing(opened_to_read(self._path)) as connection:
                        return question(connection)
            return question(self._connection)
        except (*REFUSALS, OSError, NotAJournalError) as e:
            raise Unreadable(f"The journal {self._path} can't be read ({reason(e)}).", "Check the disk and the file's permissions.") from e

    def _write(self) -> None:
        """Write all that waits, all of it or nothing, and remember whether that went well."""
        try:
            try:
                self._bring_to_disk()
            except (*REFUSALS, OSError) as e:
                if not reserve.given_up(self._path, e):
                    raise
                self._bring_to_disk()
                self._untold.append(reserve.GIVEN_UP.format(self._path.parent))
        except (*REFUSALS, OSError, NotAJournalError, Unreadable) as e:
            if isinstance(e, Unreadable) and not self._waiting:
                raise
            if not self._failing:
                self._untold.append(
                    f"The journal {self._path} can't be written ({reason(e)})."
                    " What happens is kept in memory, and written when it can be: make room, or see to the card."
                )
            self._failing = True
        else:
            self._failing = False

    def _bring_to_disk(self) -> None:
        if self._connection is None:
            self._connection = self._open()
        if self._waiting:
            self._real = written(self._connection, self._waiting, self._real)
            self._waiting.clear()

    def _open(self) -> Connection:
        connection, told = opened_or_begun(self._path)
        self._untold += told
        reserve.kept(self._path, self._reserve_bytes)
        connection.execute(f"PRAGMA query_only = {int(self._refused)}")
        return connection


def _json(fields: Mapping[str, object]) -> str:
    return json.dumps(dict(fields), ensure_ascii=False, default=str)
