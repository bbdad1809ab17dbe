"""`voicecoach check` reads the whole journal: a start has no time for that once there are years in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.commands.checks.remembers import _journal as looked_at
from voicecoach.errors import CheckFailed, Unreadable
from voicecoach.house import House
from voicecoach.journal.file import _CHECKED_WHOLE_BYTES, LAYOUT
from voicecoach.journal.store import Journal
from voicecoach.settings import read_settings

AT = "2026-11-24T18:00:00+01:00"
PAGE = 4096


@pytest.fixture
def house(tmp_path: Path) -> House:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        session = journal.begin(AT, {})
        journal.append(session, {"at_s": 1.0, "event": "remembered", "fact": "name", "value": "Anneliese"})
        journal.append(session, {"at_s": 2.0, "event": "rep"})
        journal.append(session, {"at_s": 3.0, "event": "session_ended", "outcome": "pain"})
        journal.end(session, "pain")
    return House(tmp_path, read_settings(tmp_path))


def grown(path: Path, session: int = 1) -> None:
    """Years later."""
    with closing(sqlite3.connect(path)) as years:
        row = (session, 2.5, "line_started", '{"text": "' + "x" * 3000 + '"}')
        rows = (row for _ in range(_CHECKED_WHOLE_BYTES // PAGE + 50))
        years.executemany("INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)", rows)
        years.commit()


def damaged(path: Path) -> None:
    """In the middle, where the events are."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // PAGE * PAGE
    content[middle : middle + PAGE] = b"\xff" * PAGE
    path.write_bytes(content)


def test_a_sound_journal_is_told_with_its_sessions(house: House) -> None:
    assert looked_at(house) == f"1 sessions in {house.journal}, whole; no sound of any of them"


def test_damage_where_no_start_looks_is_found_and_it_is_said_what_to_do(house: House) -> None:
    grown(house.journal)
    damaged(house.journal)
    with closing(Journal(house.journal)) as journal:
        assert journal.trouble() is None
        assert [person.name for person in journal.people()] == ["Anneliese"]
    with pytest.raises(CheckFailed, match="is damaged") as refused:
        looked_at(house)
    assert "voicecoach history --json" in refused.value.next_step


def test_damage_in_a_session_that_was_cut_off_makes_strangers_of_nobody(house: House) -> None:
    with closing(Journal(house.journal)) as journal:
        second = journal.begin(AT, {})
        journal.append(second, {"at_s": 1.0, "event": "rep"})
    assert second == 2
    grown(house.journal, session=2)
    damaged(house.journal)
    with closing(Journal(house.journal)) as journal:
        (person,) = journal.people()
        assert (person.name, [past.outcome for past in person.sessions]) == ("Anneliese", ["pain", "interrupted"])


def test_an_index_that_lacks_a_row_is_found_too(house: House) -> None:
    """As if every page were whole, and yet a start would not read what is there."""
    with closing(sqlite3.connect(house.journal)) as stranger:
        stranger.execute("PRAGMA writable_schema = ON")
        stranger.execute("UPDATE sqlite_master SET sql = replace(sql, '''cut_off''', '''rep''') WHERE name = 'events_that_tell'")
        stranger.commit()
    with pytest.raises(CheckFailed, match="missing from index"):
        looked_at(house)


def test_a_large_journal_whose_tables_cannot_be_read_is_set_aside_as_a_small_one_is(house: House) -> None:
    grown(house.journal)
    with closing(sqlite3.connect(house.journal)) as stranger:
        (page,) = stranger.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sessions'").fetchone()
    content = bytearray(house.journal.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    house.journal.write_bytes(content)
    with pytest.raises(CheckFailed, match="a new one is begun"):
        looked_at(house)


def test_a_newer_journal_that_comes_back_with_its_disk_ends_no_session(tmp_path: Path) -> None:
    """It is what waits that is lost then, and that is said; the newer program's journal stays as it is."""
    Journal(tmp_path / "newer.db").close()
    with closing(sqlite3.connect(tmp_path / "newer.db")) as newer:
        newer.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    (tmp_path / "home").write_text("no disk")
    journal = Journal(tmp_path / "home" / "journal.db")
    session = journal.begin(AT, {})
    (tmp_path / "home").unlink()
    (tmp_path / "home").mkdir()
    content = (tmp_path / "newer.db").read_bytes()
    (tmp_path / "home" / "journal.db").write_bytes(content)
    journal.append(session, {"at_s": 1.0, "event": "rep"})
    assert journal.behind == 2
    journal.trouble()
    journal.close()
    assert (journal.trouble() or "").startswith("1 events of this session could not be written")
    assert (tmp_path / "home" / "journal.db").read_bytes() == content
    with pytest.raises(Unreadable, match="newer"):
        Journal(tmp_path / "home" / "journal.db")
