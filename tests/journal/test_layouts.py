"""A journal of any age is opened, and nothing of it is lost on the way to today's layout."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from voicecoach.journal import telling
from voicecoach.journal.file import LAYOUT, opened
from voicecoach.journal.store import Journal
from voicecoach.report.plain import as_json

OLD = Path(__file__).parent / "layout_1"
"""What the program that wrote layout 1 left behind when it was killed in a session, and what it made of that itself."""
INDEXES = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index', 'trigger') ORDER BY name"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    for file in OLD.glob("journal.db*"):
        shutil.copy(file, tmp_path)
    return tmp_path / "journal.db"


def layout_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as stranger:
        return int(stranger.execute("PRAGMA user_version").fetchone()[0])


def history(path: Path) -> list[dict[str, Any]]:
    with closing(Journal(path)) as journal:
        assert journal.trouble() is None
        found: list[dict[str, Any]] = json.loads(as_json((row, journal.events(row.id)) for row in journal.sessions()))
        return found


def test_everything_in_a_journal_of_layout_1_is_found_and_it_is_in_todays_layout_then(old: Path) -> None:
    assert layout_of(old) == 1
    assert history(old) == json.loads((OLD / "history.json").read_text(encoding="utf-8"))
    assert layout_of(old) == LAYOUT
    with closing(Journal(old)) as journal:
        assert journal.flaw() == ""
        anneliese, benjamin = journal.people()
    assert (anneliese.name, anneliese.usual_pain, anneliese.talk, anneliese.gain_db) == ("Anneliese", 2, "less", 3.0)
    assert [past.outcome for past in anneliese.sessions] == ["finished", "pain", "interrupted"]
    assert (benjamin.name, benjamin.units, benjamin.sessions[0].reps) == ("Benjamín ☀", "metric", 4)


def test_the_last_sessions_are_the_same_as_among_all(old: Path) -> None:
    with closing(Journal(old)) as journal:
        every = [(row, journal.events(row.id)) for row in journal.sessions()]
        assert journal.latest(2) == every[-2:]
        assert journal.latest(9) == every
        assert journal.latest(2, before=4) == every[1:3]


def test_a_new_journal_and_one_that_came_from_layout_1_are_laid_out_alike(old: Path, tmp_path: Path) -> None:
    Journal(old).close()
    Journal(tmp_path / "new.db").close()
    with closing(opened(old)) as came, closing(opened(tmp_path / "new.db")) as new:
        assert came.execute(INDEXES).fetchall() == new.execute(INDEXES).fetchall()


def test_a_step_that_fails_in_the_middle_leaves_the_old_layout_whole_and_its_events_readable(old: Path) -> None:
    with closing(sqlite3.connect(old)) as stranger:
        stranger.execute("CREATE TABLE events_that_tell (in_the_way)")
    with closing(Journal(old)) as journal:
        assert "can't be written" in (journal.trouble() or "")
        session = journal.begin("2026-10-08T18:00:00+02:00", {})
        assert [len(journal.events(n)) for n in (1, 4)] == [29, 4]
    assert layout_of(old) == 1
    with closing(sqlite3.connect(old)) as stranger:
        stranger.execute("DROP TABLE events_that_tell")
    assert session < 0
    assert len(history(old)) == 4


def test_what_every_start_reads_stands_together_in_the_file(tmp_path: Path) -> None:
    """Otherwise five years of sessions are read from the card as a whole, each time."""
    with closing(opened(tmp_path / "journal.db")) as connection:
        for query in (telling._TOLD, telling._LEAVING):
            (*_, plan) = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchone()
            assert "COVERING INDEX events_that_tell" in plan
