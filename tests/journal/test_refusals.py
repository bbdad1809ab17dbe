"""What the disk refuses, or another program holds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.journal.calibrations import Calibrations
from voicecoach.journal.file import opened
from voicecoach.journal.recall import recalled
from voicecoach.journal.rows import summed_up
from voicecoach.journal.store import Journal

AT = "2026-11-24T18:00:00+01:00"


def keep(journal: Journal, *events: dict[str, object]) -> int:
    session = journal.begin(AT, {})
    for event in events:
        journal.append(session, {"at_s": 1.0} | event)
    return session


FORGOTTEN: tuple[dict[str, object], ...] = (
    {"event": "person", "id": 1},
    {"event": "remembered", "fact": "forgotten", "value": True},
)


def test_who_asked_to_be_forgotten_is_and_nobody_else(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        keep(journal, *FORGOTTEN)
        keep(journal, {"event": "person", "id": 2}, {"event": "remembered", "fact": "name", "value": "Ben"})
        journal.forget_who_asked()
        assert [person.id for person in journal.people()] == [2]
        assert journal.trouble() is None


def test_who_asked_to_be_forgotten_while_nothing_can_be_written_is_told_so_and_not_lost(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        keep(journal, *FORGOTTEN)
        journal.refuse(refused=True)
        keep(journal, {"event": "rep"})
        while journal.trouble():
            pass
        journal.forget_who_asked()
        assert "nothing is deleted" in (journal.trouble() or "")
        journal.refuse(refused=False)
        journal.forget_who_asked()
        assert journal.people() == ()


def test_a_journal_that_was_let_go_of_can_be_made_to_refuse_too(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        journal.close()
        journal.refuse(refused=True)
        keep(journal, {"event": "rep"})
        assert journal.behind == 2


def test_a_journal_that_another_program_is_writing_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    Journal(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError):
            opened(path)
        journal = Journal(path)
        session = keep(journal, {"event": "rep"})
        other.execute("COMMIT")
    journal.append(session, {"at_s": 2.0, "event": "rep"})
    assert (journal.behind, len(list(tmp_path.glob("*set-aside*")))) == (0, 0)
    assert [row.outcome for row in journal.sessions()] == ["interrupted"]
    journal.close()


def test_a_page_that_does_not_hang_together_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        for _ in range(200):
            keep(journal, {"event": "rep", "moment": "lower"})
    with closing(sqlite3.connect(path)) as stranger:
        (page_bytes,) = stranger.execute("PRAGMA page_size").fetchone()
        (page,) = stranger.execute("SELECT rootpage FROM sqlite_master WHERE name = 'endings'").fetchone()
        (leaf,) = stranger.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * page_bytes : page * page_bytes] = content[(leaf - 1) * page_bytes : leaf * page_bytes]
    path.write_bytes(bytes(content))
    with closing(Journal(path)) as journal:
        assert "set-aside-1" in (journal.trouble() or "")
        assert journal.sessions() == []


def test_while_another_program_reads_the_journal_nothing_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        keep(journal, *FORGOTTEN)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM events").fetchone()
        with pytest.raises(Unreadable, match="journal"):
            Journal(path).forget(1)
    assert [person.id for person in Journal(path).people()] == [1]


def test_figures_that_make_no_sense_and_cannot_be_set_aside_are_told(tmp_path: Path) -> None:
    path = tmp_path / "calibrations.json"
    path.write_text("{")
    (tmp_path / "calibrations.json.bad").mkdir()
    kept = Calibrations(path)
    assert "can't be set aside" in (kept.trouble or "")
    assert kept.last("usb") is None


def test_a_morning_after_no_session_in_which_anybody_moved_is_nobodys() -> None:
    morning = {"event": "answer", "id": "screen.morning", "value": "worse"}
    refused = {"event": "session_ended", "outcome": "silence", "reps": 0, "sets": 0}
    (person,) = recalled(
        [(summed_up(1, AT, "silence", 0.0, [refused]), [refused]), (summed_up(2, AT, "silence", 0.0, [morning]), [morning])]
    )
    assert [session.morning for session in person.sessions] == ["", ""]


def test_a_pain_of_which_nobody_is_sure_is_no_figure(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        keep(journal, {"event": "answer", "id": "screen.pain", "value": "unsure"}, {"event": "answer", "id": "pain.level", "value": True})
        (row,) = journal.sessions()
    assert (row.pain_before, row.pain_after) == (None, None)
