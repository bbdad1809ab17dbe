"""A disk that is really full, or really read-only: the session goes on, it is said once, and what can be kept is kept."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from voicecoach.journal.file import NotAJournalError, opened_to_read
from voicecoach.journal.reserve import RESERVE_BYTES
from voicecoach.journal.store import Journal
from voicecoach.journal.telling import events_of

AT = "2026-11-24T18:00:00+01:00"
IN_MEMORY = "What happens is kept in memory, and written when it can be"
Scene = Callable[[str], dict[str, Any]]


@pytest.fixture
def played(tmp_path: Path) -> Scene:
    """Plays a scene of cramped.py on a disk of its own."""
    can = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], check=False, capture_output=True)  # noqa: S607
    if can.returncode:
        pytest.skip("this system lets nobody have a small disk of their own")

    def play(scene: str) -> dict[str, Any]:
        command = ["unshare", "-rm", sys.executable, "-m", "tests.journal.cramped", scene, str(tmp_path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return play


def test_on_a_full_disk_what_happens_waits_in_memory_and_goes_to_the_disk_when_there_is_room(played: Scene) -> None:
    found = played("full_for_a_while")
    assert (found["behind"], found["behind_after"], found["whole"]) == (400, 0, True)
    assert [IN_MEMORY in sentence for sentence in found["told"]] == [True]
    assert found["told_after"] == []


def test_what_could_not_be_written_to_the_end_is_counted_and_told(played: Scene) -> None:
    found = played("full_to_the_end")
    (sentence,) = found["told"]
    assert sentence.startswith(f"{found['behind']} events of this session could not be written")


def test_a_long_session_fits_into_what_was_kept_free_for_it(played: Scene) -> None:
    found = played("full_with_a_reserve")
    assert (found["behind"], found["whole"]) == (0, True)
    assert ["make more before the next" in sentence for sentence in found["told"]] == [True]


def test_a_first_session_on_a_full_disk_is_kept_from_its_begin_once_there_is_room(played: Scene) -> None:
    found = played("full_from_the_start")
    assert (found["behind"], found["behind_after"], found["whole"]) == (21, 0, True)
    assert [IN_MEMORY in sentence for sentence in found["told"]] == [True]


def test_on_a_read_only_disk_who_came_before_is_known_and_nothing_is_lost(played: Scene) -> None:
    """Pain is known too: it must not be forgotten because the card is failing."""
    found = played("read_only")
    assert found["people"] == [["Anneliese", ["pain"]]]
    assert (found["behind"], found["behind_after"], found["whole"]) == (21, 0, True)
    assert "nothing is deleted" in found["forgot"]


class Full:
    """A file that is full as long as there is a reserve."""

    def __init__(self, connection: Any, reserve: Path) -> None:
        self._connection = connection
        self._reserve = reserve
        self.close = connection.close

    def execute(self, query: str, *values: Any) -> Any:
        if query.startswith("INSERT") and self._reserve.exists():
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return self._connection.execute(query, *values)


def test_what_was_kept_free_is_given_up_at_once(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db", RESERVE_BYTES)) as journal:
        reserve = tmp_path / "journal.db.reserve"
        assert reserve.stat().st_size == RESERVE_BYTES
        journal._connection = Full(journal._connection, reserve)  # type: ignore[assignment]
        session = journal.begin(AT, {})
        assert (session, journal.behind, reserve.exists()) == (1, 0, False)
        assert "The disk is full." in (journal.trouble() or "")


def test_a_journal_that_can_only_be_read_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, {})
        journal.append(session, {"at_s": 1.0, "event": "rep"})
    for in_the_way in (False, True):
        if in_the_way:
            (tmp_path / "journal.db-wal").unlink()
            (tmp_path / "journal.db-wal").mkdir()  # as where SQLite can't make its side files
        with closing(opened_to_read(path)) as connection:
            assert len(events_of(connection, session)) == 1
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                connection.execute("INSERT INTO endings VALUES (1, 'finished')")
    (tmp_path / "empty.db").touch()
    with pytest.raises(NotAJournalError):
        opened_to_read(tmp_path / "empty.db")


def test_a_rehearsed_refusal_may_come_before_there_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with closing(Journal(tmp_path / "home" / "journal.db")) as journal:
        journal.refuse(refused=True)
        assert journal.begin(AT, {}) < 0
