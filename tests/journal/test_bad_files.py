"""Whatever lies in the journal's place: a sentence says so, it is kept, a new journal is begun, and the session goes on."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.journal.store import Journal

AT = "2026-11-24T18:00:00+01:00"
LUCK = random.Random(8)  # noqa: S311 - the same seed has to damage the same
TEXT = "Squeeze your buttocks, then lift both legs a hand above the floor, and hold."


def journal_of(path: Path) -> bytes:
    """A journal's bytes; the file is gone again."""
    with closing(Journal(path)) as journal:
        session = journal.begin(AT, {})
        journal.append(session, {"at_s": 0.0, "event": "remembered", "fact": "name", "value": "Anneliese"})
        for n in range(60):
            journal.append(session, {"at_s": float(n), "event": "line_started", "line": "set.lift", "text": TEXT})
    content = path.read_bytes()
    path.unlink()
    return content


def goes_on(path: Path) -> str | None:
    """A whole session is kept in `path` now. Gives what was told."""
    with closing(Journal(path)) as journal:
        told = journal.trouble()
        session = journal.begin(AT, {})
        journal.append(session, {"at_s": 1.0, "event": "rep"})
        assert journal.behind == 0
        assert journal.flaw() == ""
        assert [event["event"] for event in journal.events(session)] == ["rep"]
        journal.end(session, "finished")
    return told


def another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("PRAGMA journal_mode = WAL")
        stranger.execute("CREATE TABLE theirs (x)")
        stranger.execute("INSERT INTO theirs VALUES (7)")
        stranger.commit()


def a_folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("in it")


SET_ASIDE: dict[str, Callable[[Path], object]] = {
    "half a header": lambda path: path.write_bytes(journal_of(path)[:50]),
    "one page and a half": lambda path: path.write_bytes(journal_of(path)[:6000]),
    "cut in the middle": lambda path: path.write_bytes((content := journal_of(path))[: len(content) // 2]),
    "a page of zeros": lambda path: path.write_bytes((content := journal_of(path))[:4096] + bytes(4096) + content[8192:]),
    "only zeros": lambda path: path.write_bytes(bytes(20_000)),
    "random bytes": lambda path: path.write_bytes(LUCK.randbytes(20_000)),
    "a text": lambda path: path.write_text("not a journal at all"),
    "another program's": another_programs,
    "a folder": a_folder,
    "a pipe": os.mkfifo,
    "a layout with no tables": lambda path: path.write_bytes(emptied(journal_of(path))),
}


def emptied(content: bytes) -> bytes:
    """Another program's empty database that has our stamp by mistake."""
    return content[:100] + b"\x0d\0\0\0\0\x10\0\0" + bytes(4096 - 108)


@pytest.mark.parametrize("kind", SET_ASIDE)
def test_what_is_no_sound_journal_is_set_aside_with_a_sentence_and_a_new_one_begun(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    SET_ASIDE[kind](path)
    before = path.read_bytes() if path.is_file() else None
    told = goes_on(path)
    aside = tmp_path / "journal.db.set-aside-1"
    assert told is not None
    assert "It is kept as journal.db.set-aside-1, and a new one is begun." in told
    assert os.path.lexists(aside)
    assert before is None or aside.read_bytes() == before
    assert goes_on(path) is None


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    (tmp_path / "journal.db").touch()
    assert goes_on(tmp_path / "journal.db") is None


def test_a_link_to_nothing_is_a_disk_that_is_not_there_and_nothing_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.symlink_to(tmp_path / "usb stick" / "journal.db")
    with closing(Journal(path)) as journal:
        assert "can't be written" in (journal.trouble() or "")
        session = journal.begin(AT, {})
        assert journal.behind == 1
        with pytest.raises(Unreadable, match="can't be read"):
            journal.sessions()
        (tmp_path / "usb stick").mkdir()
        journal.append(session, {"at_s": 1.0, "event": "rep"})
        assert journal.behind == 0
    assert path.is_symlink()


def test_side_files_that_belong_to_another_journal_cost_no_session(tmp_path: Path) -> None:
    """As when a journal was brought back from a copy and the old side file was left beside it."""
    path, other = tmp_path / "journal.db", tmp_path / "other.db"
    content = journal_of(path)
    with closing(Journal(other)) as journal:
        session = journal.begin(AT, {})
        for n in range(40):
            journal.append(session, {"at_s": float(n), "event": "rep", "n": n})
        shutil.copy(f"{other}-wal", f"{path}-wal")
    path.write_bytes(content)
    told = goes_on(path)
    assert told is None or "set-aside-1" in told


def test_flipped_bits_never_end_a_session(tmp_path: Path) -> None:
    """They are found, or they are in a text where nobody can see them; or a row isn't one any more and is passed over."""
    path = tmp_path / "journal.db"
    content = journal_of(path)
    told = []
    for _ in range(100):
        bad = bytearray(content)
        for _ in range(LUCK.choice([1, 3, 20])):
            bad[LUCK.randrange(len(bad))] ^= 1 << LUCK.randrange(8)
        for file in tmp_path.iterdir():
            file.unlink()
        path.write_bytes(bad)
        with closing(Journal(path)) as journal:
            told.append(journal.trouble())
            session = journal.begin(AT, {})
            journal.append(session, {"at_s": 1.0, "event": "rep"})
            try:
                assert session < 0 or len(journal.sessions()) > 0
                journal.people()
                journal.events(1)
                journal.flaw()
            except Unreadable as error:
                assert "can't be read" in str(error)  # noqa: PT017 - either is right
    assert any(told)
    assert not all(told)
