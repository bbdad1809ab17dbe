import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.journal.store import Journal

AT = "2026-11-24T18:00:00+01:00"
ASKED = "Who is on the mat? Anneliese, Benedikt, or somebody new?"


def keep(journal: Journal, *events: dict[str, object], outcome: str | None = "finished") -> int:
    session = journal.begin(AT, {})
    for event in events:
        journal.append(session, {"at_s": 1.0} | event)
    if outcome:
        journal.end(session, outcome)
    return session


def person(number: int, name: str | None = None) -> dict[str, object]:
    return {"event": "person", "id": number, "name": name}


def named(name: str) -> dict[str, object]:
    return {"event": "remembered", "fact": "name", "value": name}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two people: a session each, and one in which the first was taken for the second one at the beginning."""
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        keep(journal, person(1), named("Annie"), named("Anneliese"), {"event": "answer", "id": "screen.pain", "value": 1})
        keep(journal, {"event": "line_started", "line": "who.ask", "text": ASKED}, person(2), named("Benedikt"))
        usual_pain = {"event": "remembered", "fact": "usual_pain", "value": 3}
        keep(journal, {"event": "heard", "text": "anneliese"}, person(1, "Anneliese"), usual_pain, person(2, "Benedikt"), outcome=None)
    return path


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()).lower()


def test_no_byte_of_the_name_is_left_in_the_folder(path: Path) -> None:
    assert b"anneliese" in everything_in(path.parent)
    Journal(path).forget(1)
    left = everything_in(path.parent)
    assert b"anneliese" not in left
    assert b"annie" not in left
    assert b"benedikt" in left


def test_the_others_keep_their_sessions_their_facts_and_their_outcomes(path: Path) -> None:
    with closing(Journal(path)) as journal:
        before = [(row.id, row.started_at, row.outcome) for row in journal.sessions()[1:]]
        journal.forget(1)
        assert [(row.id, row.started_at, row.outcome) for row in journal.sessions()] == before
        (ben,) = journal.people()
        assert (ben.id, ben.name, ben.usual_pain, len(ben.sessions)) == (2, "Benedikt", None, 2)
        assert [event["text"] for event in journal.events(2)[:1]] == [ASKED.replace("Anneliese", "somebody")]


def test_somebody_who_was_there_before_in_the_same_session_keeps_their_name(path: Path) -> None:
    with closing(Journal(path)) as journal:
        keep(journal, person(2, "Benedikt"), person(1, "Anneliese"))
        journal.forget(1)
        assert [(who.id, who.name) for who in journal.people()] == [(2, "Benedikt")]


def test_the_journal_goes_on_and_is_still_append_only(path: Path) -> None:
    with closing(Journal(path)) as journal:
        journal.forget(1)
        session = keep(journal, person(2))
        assert [event["event"] for event in journal.events(session)] == ["person"]
    with closing(sqlite3.connect(path)) as stranger, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stranger.execute("DELETE FROM events")


def test_while_another_voicecoach_has_the_journal_open_nothing_is_deleted_and_it_is_said(path: Path) -> None:
    with closing(Journal(path)) as other:
        with pytest.raises(Unreadable, match="another voicecoach has it open"):
            Journal(path).forget(1)
        assert [who.id for who in other.people()] == [1, 2]
        keep(other, person(1))
    with closing(Journal(path)) as journal:
        journal.forget(1)
        assert [who.id for who in journal.people()] == [2]


def test_what_a_power_cut_left_half_written_does_not_stand_in_the_way(path: Path) -> None:
    path.with_name("journal.db.new").write_bytes(b"half of a copy, with Anneliese in it")
    with closing(Journal(path)) as journal:
        journal.forget(1)
        assert [who.id for who in journal.people()] == [2]
    assert b"anneliese" not in everything_in(path.parent)


def test_a_journal_from_before_there_were_people_is_all_about_the_first(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        keep(journal, {"event": "answer", "id": "screen.pain", "value": 1})
        journal.forget(1)
        assert journal.sessions() == []
        assert journal.people() == ()


def test_a_journal_that_was_set_aside_goes_too_since_it_may_tell_of_them_and_that_is_said(path: Path) -> None:
    damaged = path.read_bytes()[:8192] + bytes(3000)
    (path.parent / "journal.db.set-aside-1").write_bytes(damaged)
    (path.parent / "journal.db.set-aside-1-wal").write_bytes(b"frames with Anneliese in them")
    journal = Journal(path)
    journal.forget(1)
    assert sorted(file.name for file in path.parent.iterdir()) == ["journal.db"]
    assert "journal.db.set-aside-1" in (journal.trouble() or "")


def test_any_file_set_aside_that_has_the_name_in_it_goes_too(path: Path) -> None:
    aside = path.parent / "journal.db.set-aside-1"
    aside.write_bytes(os.urandom(5000) + b"ANNELIESE" + os.urandom(50))
    Journal(path).forget(1)
    assert not aside.exists()


def test_another_programs_file_that_was_set_aside_stays_and_is_named(path: Path) -> None:
    aside = path.parent / "journal.db.set-aside-1"
    with closing(sqlite3.connect(aside)) as stranger:
        stranger.execute("CREATE TABLE theirs (x)")
    before = aside.read_bytes()
    journal = Journal(path)
    journal.forget(1)
    assert aside.read_bytes() == before
    assert "it was no journal" in (journal.trouble() or "")


def test_a_folder_that_was_set_aside_keeps_nobody_from_being_forgotten(path: Path) -> None:
    (path.parent / "journal.db.set-aside-1").mkdir()
    journal = Journal(path)
    journal.forget(1)
    assert [who.id for who in journal.people()] == [2]


def test_what_somebody_said_while_it_cannot_be_made_out_who_is_there_goes_with_the_one_before(path: Path) -> None:
    with closing(Journal(path)) as journal:
        keep(journal, person(1, "Anneliese"), {"event": "person", "id": "?"}, {"event": "heard", "text": "my hip is new"}, person(2))
        journal.forget(1)
    assert b"my hip is new" not in everything_in(path.parent)


def test_a_row_that_is_no_event_any_more_does_not_stand_in_the_way(path: Path) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("INSERT INTO events (session, at_s, event, fields) VALUES (2, 1.0, 'person', '{\"id\": 1, \"name\": Anneliese')")
        stranger.commit()
    with closing(Journal(path)) as journal:
        journal.forget(1)
        assert [who.id for who in journal.people()] == [2]
    assert b"anneliese" not in everything_in(path.parent)


def test_what_was_set_aside_and_cannot_be_deleted_is_named(path: Path) -> None:
    (path.parent / "journal.db.set-aside-1").symlink_to("/proc/self/mem")
    journal = Journal(path)
    journal.forget(1)
    assert "delete it yourself" in (journal.trouble() or "")


def test_nobody_is_forgotten_before_all_that_happened_is_written(path: Path) -> None:
    with closing(Journal(path)) as journal:
        journal.refuse(refused=True)
        keep(journal, person(1))
        with pytest.raises(Unreadable, match="nothing is deleted"):
            journal.forget(1)
        journal.refuse(refused=False)
        journal.forget(1)
        assert [who.id for who in journal.people()] == [2]


def test_who_asked_and_cannot_be_forgotten_now_is_told_and_forgotten_at_the_next_start(path: Path) -> None:
    with closing(Journal(path)) as journal:
        keep(journal, person(1), {"event": "remembered", "fact": "forgotten", "value": True})
        with closing(Journal(path)):
            journal.forget_who_asked()
            assert "It is tried again at the next start" in (journal.trouble() or "")
        journal.forget_who_asked()
        assert [who.id for who in journal.people()] == [2]
