"""The journal: its bytes, SQLite's files beside it, and rows that another program or another version wrote."""

import datetime as dt
import json
import shutil
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.coach.stage import CURRICULUM, PHRASEBOOK, SCRIPT
from tests.fuzz.evening import lived
from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach.house import open_house
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import OUTCOMES
from voicecoach.notes import open_journal, remembered
from voicecoach.report.fhir import as_fhir
from voicecoach.report.page import as_html
from voicecoach.report.plain import as_csv, as_json, as_text
from voicecoach.report.sheets import NEEDED, sheets

NAME = "journal.db"
MADE = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
SIDES = ("-wal", "-shm", "-journal")
AT = "2026-11-{day:02}T18:03:00+01:00"
EVENTS: tuple[dict[str, object], ...] = (
    {"event": "session_started", "level": "both_2x10"},
    {"event": "person", "id": 1, "name": "Anna"},
    {"event": "remembered", "fact": "name", "value": "Anna"},
    {"event": "remembered", "fact": "heard_on_mat", "value": True},
    {"event": "remembered", "fact": "taught", "value": True},
    {"event": "remembered", "fact": "screened_on_day", "value": 739_940.5},
    {"event": "remembered", "fact": "usual_pain", "value": 2},
    {"event": "remembered", "fact": "gain_db", "value": -3},
    {"event": "answer", "id": "screen.pain", "value": 1},
    {"event": "answer", "id": "screen.morning", "value": "same"},
    {"event": "rep", "n": 1, "of": 2, "set": 1, "moment": "lower"},
    {"event": "answer", "id": "check_in.effort", "value": 3},
    {"event": "person", "id": 2, "name": "Ben"},
    {"event": "remembered", "fact": "level", "value": "both_3x10"},
    {"event": "session_ended", "outcome": "finished", "reps": 20, "sets": 2, "failed_sets": 0, "level": "both_2x10"},
)
VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 3, 11, 2**31, 2**63, 10**400, 0.5, -0.0, 1e308, float("inf"), float("nan"), "", "stop", "finished",
    "today",
    "\ud800", "\0", "\u202e", "x" * 3000, [], [1], {}, {"id": 1}, ["a", {"b": [1]}], "both_3x10", "level", "name", "forgotten", "person",
    "remembered", "metric", "less", "en-gb", 739_940.5, 99, "9999-12-31",
)  # fmt: skip
TEXTS = (
    "", "{", "null", "1", '"a"', "[]", "[1]", "[" * 100_000, '{"a":' * 5000, "9" * 5000, '{"event": 1}', '{"event": "rep"}', "NaN",
    '{"event": "person"}', '{"event": "remembered"}', '{"id": 1, "id": 2}', '{"event": "session_ended", "reps": 1e400}', "\ud7ff", "{}",
    '{"event": "remembered", "fact": "name", "value": "\\ud800"}', '{"at_s": "x"}', "{'a': 1}", "<xml>",
)  # fmt: skip
MOMENTS = (
    "",
    "x",
    "0000-00-00",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2026-11-24",
    "24.11.2026",
    "\ud7ff",
    "1" * 3000,
)
SQL = (
    "DROP TABLE endings", "DROP TABLE events", "ALTER TABLE events RENAME COLUMN fields TO things", "DROP INDEX events_of_a_session",
    "PRAGMA user_version = 99", "PRAGMA user_version = 0", "PRAGMA user_version = -1", "PRAGMA application_id = 1",
    "CREATE TABLE wings (a)",
    "CREATE VIEW all_events AS SELECT * FROM events", "PRAGMA journal_mode = DELETE", "PRAGMA page_size = 512", "VACUUM",
    "DROP TABLE sessions; CREATE VIEW sessions AS SELECT 1 AS id, 2 AS started_at", "PRAGMA encoding = 'UTF-16'",
    "CREATE TRIGGER never BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'no'); END",
)  # fmt: skip


@cache
def _seed() -> Path:
    """Three sessions; the fourth was cut off, so that part of it stands in the file beside."""
    folder = Path(mkdtemp(prefix="voicecoach-fuzz-seed-"))
    journal = Journal(folder / "written.db")
    for day in range(1, 5):
        session = journal.begin(AT.format(day=day), {"voicecoach": "0.1.0"})
        for n, event in enumerate(EVENTS):
            journal.append(session, {"at_s": n * 5.0, **event})
        if day < 4:
            journal.end(session, "finished")
    for ending in ("", *SIDES):
        if (folder / f"written.db{ending}").exists():
            shutil.copy(folder / f"written.db{ending}", folder / f"{NAME}{ending}")
    journal.close()
    return folder


def _spoil(luck: Luck, folder: Path) -> None:
    for ending in ("", *SIDES):
        if (_seed() / f"{NAME}{ending}").exists():
            shutil.copy(_seed() / f"{NAME}{ending}", folder / f"{NAME}{ending}")
    how = luck.random()
    if how < 0.08:
        ending = luck.choice(("", "", "-wal", "-shm"))
        placed(luck, folder / f"{NAME}{ending}")
    elif how < 0.45:
        _bytes(luck, folder)
    else:
        _rows(luck, folder)


def _bytes(luck: Luck, folder: Path) -> None:
    if once_in(luck, 2):  # all of it in one file, so that what is spoilt is read
        with closing(sqlite3.connect(folder / NAME)) as whole:
            whole.execute("PRAGMA journal_mode = DELETE")
    found = [path for path in folder.iterdir() if path.name.startswith(NAME)]
    path = luck.choice(sorted(found))
    path.write_bytes(mangled(luck, path.read_bytes()))
    if once_in(luck, 10):
        (folder / f"{NAME}-journal").write_bytes(luck.randbytes(600))


def _rows(luck: Luck, folder: Path) -> None:
    """What a program that goes round the triggers may write."""
    with (
        closing(sqlite3.connect(folder / NAME, isolation_level=None)) as stranger,
        suppress(sqlite3.Error, ValueError, TypeError, RecursionError),
    ):
        for (trigger,) in stranger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            stranger.execute(f"DROP TRIGGER {trigger}")
        for _ in range(luck.choice((1, 1, 5, 20))):
            luck.choice((_field, _field, _field, _event, _text, _session, _ending, _sql))(luck, stranger)


def _field(luck: Luck, stranger: sqlite3.Connection) -> None:
    """One field of one event."""
    rows = stranger.execute("SELECT id, fields FROM events").fetchall()
    row, fields = luck.choice(rows)
    event = json.loads(fields)
    event[luck.choice((*event, "event", "id", "value", "fact"))] = luck.choice(VALUES)
    stranger.execute("UPDATE events SET fields = ? WHERE id = ?", (json.dumps(event), row))


def _event(luck: Luck, stranger: sqlite3.Connection) -> None:
    kind = luck.choice(("person", "remembered", "answer", "rep", "session_ended", "session_started", "wings", ""))
    fields = {luck.choice(("id", "value", "fact", "name", "reps", "level", "n", "set", "moment")): luck.choice(VALUES) for _ in range(4)}
    text = json.dumps({"at_s": luck.choice((0, 1e9, -5)), "event": kind, **fields})
    _insert(luck, stranger, kind, text)


def _text(luck: Luck, stranger: sqlite3.Connection) -> None:
    _insert(luck, stranger, luck.choice(("person", "remembered", "answer", "rep", "session_ended", "x")), luck.choice(TEXTS))


def _insert(luck: Luck, stranger: sqlite3.Connection, kind: str, text: str) -> None:
    at_s = luck.choice((0.0, 1e300, -1.0, float("inf"), 60.0))
    stranger.execute(
        "INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)", (luck.choice((1, 2, 4, 77, -1)), at_s, kind, text)
    )


def _session(luck: Luck, stranger: sqlite3.Connection) -> None:
    number = luck.choice((1, 4, 2**62, -3))
    stranger.execute("INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)", (number, luck.choice(MOMENTS), luck.choice(TEXTS)))


def _ending(luck: Luck, stranger: sqlite3.Connection) -> None:
    outcome = luck.choice((*OUTCOMES, "", "wings", "\u202e", "x" * 3000))
    stranger.execute("INSERT OR REPLACE INTO endings VALUES (?, ?)", (luck.choice((1, 4, 77)), outcome))


def _sql(luck: Luck, stranger: sqlite3.Connection) -> None:
    stranger.executescript(luck.choice(SQL))


def _use(luck: Luck, folder: Path) -> None:
    """What `history`, a session and `forget` do with it."""
    house = open_house(folder)
    with closing(open_journal(house)) as journal:
        memory = remembered(house, journal, AT.format(day=24))
        session = journal.begin(AT.format(day=24), {"voicecoach": "0.1.0"})
        event = {"at_s": 0.0, "event": "session_started", "level": "both_2x10"}
        journal.append(session, event)
        journal.end(session, "stopped")
        if not journal.behind:
            rows = journal.sessions()
            found = sheets([(row, journal.events(row.id, NEEDED)) for row in rows], journal.people())
            shown = (as_html(found, {}, MADE.date()), *(as_fhir(sheet, {}, MADE) for sheet in found))
            for page in (as_text(rows), as_csv(rows), *shown, as_json((row, journal.events(row.id)) for row in rows)):
                page.encode()
            assert journal.events(session) == [event]
        while trouble := journal.trouble():
            assert len(trouble) < 1000
            assert trouble.isprintable(), trouble
        if once_in(luck, 3):
            journal.forget(luck.choice((1, 2, 5)))
    lived(luck, CURRICULUM.numbers.plan, CURRICULUM, SCRIPT, PHRASEBOOK, memory)


def _named(folder: Path) -> str:
    return NAME


KIND = Kind("journals", _spoil, _use, _named)
