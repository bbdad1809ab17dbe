"""What another program wrote into a journal is passed over, and what no screen can show is replaced."""

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.journal.store import Journal
from voicecoach.report.fhir import as_fhir
from voicecoach.report.page import as_html
from voicecoach.report.plain import as_csv, as_json, as_text
from voicecoach.report.sheets import NEEDED, sheets

AT = "2026-10-01T18:03:00+01:00"
MADE = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
OURS = {"at_s": 1.0, "event": "answer", "id": "screen.pain", "value": 2}


@pytest.mark.parametrize(
    "fields",
    [
        "", "{", "null", "1", '"text"', "[]", "[" * 100_000, '{"a":' * 5000, "9" * 5000, '{"event": 1}', '{"event": ["rep"]}', "{'a': 1}",
        '{"id": NaN}',
        '{"event": "remembered", "fact": ["name"], "value": {}}', "1" * 400,
        '{"event": "session_ended", "reps": 1e400, "level": []}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("event", ["rep", "answer", "course", "heard", "person", "remembered", "session_started", "session_ended"])
def test_a_row_that_is_no_event_hides_none_that_is(event: str, fields: str, tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, {})
        with closing(sqlite3.connect(path)) as stranger, stranger:
            stranger.execute("INSERT INTO events (session, at_s, event, fields) VALUES (?, 0.5, ?, ?)", (session, event, fields))
        journal.append(session, OURS)
        journal.end(session, "stopped")
        rows = journal.sessions()
        assert OURS in journal.events(session)
        assert [(row.outcome, row.pain_before) for row in rows] == [("stopped", 2)]
        assert [person.id for person in journal.people()] == [1]
        (sheet,) = sheets([(row, journal.events(row.id, NEEDED)) for row in rows], journal.people())
        shown = (as_html([sheet], {}, MADE.date()), as_fhir(sheet, {}, MADE))
        for page in (as_text(rows), as_csv(rows), *shown, as_json((row, journal.events(row.id)) for row in rows)):
            assert page.encode()


def test_half_a_letter_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, {})
        with closing(sqlite3.connect(path)) as stranger, stranger:
            stranger.execute(
                "INSERT INTO events (session, at_s, event, fields) VALUES (?, 0, 'heard', ?)", (session, r'{"text": "a\ud800"}')
            )
        assert journal.events(session) == [{"text": "a?"}]


def test_somebody_is_forgotten_among_rows_that_are_no_events(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, {})
        journal.append(session, {"at_s": 0, "event": "person", "id": 1, "name": "Anneliese"})
        other = journal.begin(AT, {})
        journal.append(other, {"at_s": 0, "event": "person", "id": 2, "name": "Ben"})
        with closing(sqlite3.connect(path)) as stranger, stranger:
            stranger.execute("INSERT INTO events (session, at_s, event, fields) VALUES (?, 1, 'person', '{')", (session,))
            stranger.execute("INSERT INTO events (session, at_s, event, fields) VALUES (?, 1, 'heard', 'anneliese{')", (other,))
    Journal(path).forget(1)
    assert b"nneliese" not in path.read_bytes()
