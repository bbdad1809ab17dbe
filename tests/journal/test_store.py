import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.errors import Unreadable
from voicecoach.journal.file import LAYOUT
from voicecoach.journal.store import Journal

VERSIONS = {"voicecoach": "0.1.0"}
AT = "2026-10-01T18:03:00+01:00"


def started(level: str = "both 2x10") -> dict[str, object]:
    return {"at_s": 0.0, "event": "session_started", "level": level}


def rep(n: int, moment: str, at_s: float = 20.0, set_: int = 1) -> dict[str, object]:
    return {"at_s": at_s, "event": "rep", "n": n, "of": 8, "set": set_, "moment": moment}


def answer(question: str, value: object, at_s: float = 5.0) -> dict[str, object]:
    return {"at_s": at_s, "event": "answer", "id": question, "value": value}


@contextmanager
def no_file_may_grow_beyond(size: int) -> Iterator[None]:
    """The operating system refuses further bytes, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_what_was_appended_is_read_back_in_order_by_another_program(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, VERSIONS)
        events = [started(), {"at_s": 1.5, "event": "heard", "intent": "stop", "phrase": "stop", "text": "stop é"}]
        for event in events:
            journal.append(session, event)
        with closing(Journal(path)) as other:
            assert other.events(session) == events


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(fields=st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.lists(st.booleans())), max_size=5))
def test_any_fields_come_back_as_they_were(tmp_path: Path, fields: list[dict[str, object]]) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        events = [{**some, "at_s": 1.0, "event": "phase"} for some in fields]
        for event in events:
            journal.append(session, event)
        assert journal.events(session) == events


@pytest.mark.parametrize("table", ["sessions", "events", "endings"])
@pytest.mark.parametrize("change", ["UPDATE {} SET rowid = 99", "DELETE FROM {}"])
def test_nothing_written_can_be_changed_or_removed_by_any_program(tmp_path: Path, table: str, change: str) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, VERSIONS)
        journal.append(session, started())
        journal.end(session, "finished")
    with closing(sqlite3.connect(path)) as stranger, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        stranger.execute(change.format(table))


def test_only_its_owner_can_read_the_journal_and_its_side_files(tmp_path: Path) -> None:
    path = tmp_path / "home" / "journal.sqlite"
    mask = os.umask(0)
    try:
        with closing(Journal(path)) as journal:
            journal.begin(AT, VERSIONS)
            modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_session_says_what_was_done_and_felt(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        for event in (
            started(),
            answer("screen.pain", 1),
            rep(1, "lift"),
            rep(1, "lower"),
            rep(2, "lift"),
            rep(2, "lower"),
            rep(1, "lower", set_=2),
            rep(1, "lower", set_=2),
            rep(2, "lift", set_=2),
            answer("check_in.effort", 3),
            answer("cool_down.pain", 2, at_s=331.0),
        ):
            journal.append(session, event)
        journal.end(session, "finished")
        (row,) = journal.sessions()
    assert (row.started_at, row.outcome, row.duration_s, row.level) == (AT, "finished", 331.0, "both 2x10")
    assert (row.reps, row.sets) == (3, 2)
    assert (row.pain_before, row.pain_after) == (1, 2)


def test_pain_told_in_the_warm_up_is_not_the_pain_from_before(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        journal.append(session, answer("pain.level", 7))
        (row,) = journal.sessions()
    assert (row.pain_before, row.pain_after) == (None, 7)


def test_a_killed_session_keeps_every_event_and_shows_as_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    program = (
        "import os, signal, sys; from pathlib import Path; from voicecoach.journal.store import Journal\n"
        f"journal = Journal(Path({str(path)!r})); session = journal.begin({AT!r}, {{}})\n"
        "for n in range(50): journal.append(session, {'at_s': float(n), 'event': 'rep', 'n': n, 'set': 1, 'moment': 'lower'})\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGKILL
    with closing(Journal(path)) as journal:
        (row,) = journal.sessions()
        assert journal.trouble() is None
    assert (row.outcome, row.reps, row.duration_s) == ("interrupted", 50, 49.0)


def test_the_first_ending_counts(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        journal.end(session, "pain")
        journal.end(session, "interrupted")
        assert journal.sessions()[0].outcome == "pain"


@pytest.mark.parametrize("content", [b"not a journal at all", b"SQLite format 3\x00" + bytes(200), os.urandom(9000)])
def test_a_file_that_is_no_journal_is_set_aside_untouched_and_a_new_one_begun(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(content)
    with closing(Journal(path)) as journal:
        said = journal.trouble()
        session = journal.begin(AT, VERSIONS)
        assert [row.id for row in journal.sessions()] == [session]
    assert (tmp_path / "journal.sqlite.set-aside-1").read_bytes() == content
    assert said is not None
    assert "journal.sqlite.set-aside-1" in said


def test_a_torn_journal_is_set_aside_with_its_side_files(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, VERSIONS)
        for n in range(200):
            journal.append(session, rep(n, "lower"))
    path.write_bytes(path.read_bytes()[:20_000])
    (tmp_path / "journal.sqlite-wal").write_bytes(b"left behind")
    with closing(Journal(path)) as journal:
        assert journal.sessions() == []
        assert "damaged" in (journal.trouble() or "")
    assert (tmp_path / "journal.sqlite.set-aside-1").stat().st_size == 20_000


def test_another_programs_database_is_set_aside_and_a_second_one_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for number in (1, 2):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as stranger:
            stranger.execute("CREATE TABLE theirs (x)")
        with closing(Journal(path)) as journal:
            assert f"set-aside-{number}" in (journal.trouble() or "")


def test_a_newer_programs_journal_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    Journal(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    before = path.read_bytes()
    with pytest.raises(Unreadable, match="newer"):
        Journal(path)
    assert path.read_bytes() == before


def test_on_a_full_disk_events_wait_in_memory_and_go_to_disk_when_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, VERSIONS)
        with no_file_may_grow_beyond((tmp_path / "journal.sqlite-wal").stat().st_size):
            for n in range(20):
                journal.append(session, rep(n, "lower"))
            assert journal.behind == 20
            assert "kept in memory" in (journal.trouble() or "")
            assert journal.trouble() is None
        journal.append(session, rep(20, "lower"))
        assert journal.behind == 0
        assert [event["n"] for event in journal.events(session)] == list(range(21))


def test_a_session_begun_while_the_disk_refuses_is_whole_once_it_writes_again(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        first = journal.begin(AT, VERSIONS)
        journal.refuse(refused=True)
        second = journal.begin(AT, VERSIONS)
        journal.append(second, started())
        journal.append(first, rep(1, "lower"))
        journal.end(second, "stopped")
        journal.refuse(refused=False)
        third = journal.begin(AT, VERSIONS)
        assert [row.outcome for row in journal.sessions()] == ["interrupted", "stopped", "interrupted"]
        assert journal.events(second) == [started()]
        assert journal.events(first) == [rep(1, "lower")]
        assert journal.events(third) == []


def test_each_time_that_the_disk_refuses_is_told_once(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        told = []
        for refused in (True, True, False, True):
            journal.refuse(refused=refused)
            journal.append(session, started())
            told.append(journal.trouble() is not None)
    assert told == [True, False, False, True]


def test_a_folder_that_cannot_be_written_costs_no_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with closing(Journal(tmp_path / "file" / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        journal.append(session, started())
        assert journal.behind == 2
        assert journal.trouble() is not None
        with pytest.raises(Unreadable):
            journal.sessions()


def test_two_programs_write_into_one_journal_without_mixing_their_sessions(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(Journal(path)) as one, closing(Journal(path)) as two:
        a, b = one.begin(AT, VERSIONS), two.begin(AT, VERSIONS)
        one.append(a, rep(1, "lower"))
        two.append(b, rep(2, "lower"))
        assert [event["n"] for event in one.events(a)] == [1]
        assert [event["n"] for event in one.events(b)] == [2]


@pytest.mark.parametrize(
    "before",
    [
        [("setting.usual_pain", 9), ("screen.pain", 1), ("setting.usual_pain", 9)],
        [("screen.pain", 8), ("screen.pain", 1)],
    ],
)
def test_the_pain_before_is_what_was_felt_then_as_it_was_said_last(before: list[tuple[str, int]], tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite")) as journal:
        session = journal.begin(AT, VERSIONS)
        for event in (*(answer(*one) for one in before), rep(1, "lower"), answer("cool_down.pain", 3), answer("setting.usual_pain", 0)):
            journal.append(session, event)
        (row,) = journal.sessions()
    assert (row.pain_before, row.pain_after) == (1, 3)


def test_only_some_kinds_of_events_can_be_asked_for(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        session = journal.begin(AT, {})
        for number, kind in enumerate(("rep", "answer", "phase", "rep")):
            journal.append(session, {"at_s": number, "event": kind})
        assert [event["at_s"] for event in journal.events(session, ("rep", "phase"))] == [0, 2, 3]
        assert journal.events(session) == journal.events(session, ("rep", "answer", "phase"))
