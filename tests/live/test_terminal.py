"""A live session on a real terminal: what the screen shows, and what a terminal can do to it, which is nothing."""

import signal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.live_session import acquainted, kept_events
from tests.terminal import Terminal, on_terminal

RATE_HZ = 16_000
ROOM_DBFS = -60
INTERRUPTED = 130


@pytest.fixture
def words(tmp_path: Path) -> list[str]:
    """A session in a quiet room."""
    room = np.random.default_rng(0).standard_normal(RATE_HZ) * 10 ** (ROOM_DBFS / 20)
    soundfile.write(tmp_path / "room.wav", room, RATE_HZ)
    home = acquainted(tmp_path / "home", screened=True)
    return ["--home", str(home), "--microphone", str(tmp_path / "room.wav"), "--speaker", str(tmp_path / "said.wav")]


def test_it_shows_how_things_are_and_leaves_the_transcript(words: list[str]) -> None:
    terminal = Terminal()
    with on_terminal(terminal, words) as session:
        terminal.until(lambda: terminal.row("coach") == "speaks" and "█" in terminal.row("speaker"))
        assert terminal.row("phase") == "safety questions"
        assert terminal.row("next") == "onto the mat"
        assert terminal.row("to stop").startswith("say “stop” or “pain”")
        assert terminal.row("microphone")
        assert terminal.shows_cursor
        terminal.resize(50, 30)
        terminal.until(lambda: terminal.row("coach").startswith("waits") and terminal.row("to stop"))
        session.send_signal(signal.SIGINT)
        terminal.until(lambda: "ends: interrupted" in terminal.text)
        assert session.wait() == INTERRUPTED
        terminal.rest()
    assert terminal.row("phase") == terminal.row("to stop") == ""
    assert "ends: interrupted" in terminal.text
    assert terminal.shows_cursor


@pytest.mark.parametrize(("more", "environment"), [(["--plain"], {}), ([], {"TERM": "dumb"})], ids=["plain", "dumb"])
def test_plain_and_on_a_terminal_that_can_do_nothing_it_is_line_after_line(
    more: list[str], environment: dict[str, str], words: list[str]
) -> None:
    terminal = Terminal()
    with on_terminal(terminal, [*words, *more], **environment) as session:
        terminal.until(lambda: "coach     " in terminal.text)
        session.send_signal(signal.SIGINT)
        session.wait()
        terminal.rest()
    assert b"\x1b" not in terminal.raw
    assert "ends: interrupted" in terminal.text


def test_a_window_that_is_closed_ends_nothing(words: list[str]) -> None:
    terminal = Terminal()
    with on_terminal(terminal, words) as session:
        terminal.until(lambda: terminal.row("coach") == "speaks")
        terminal.close()
        session.send_signal(signal.SIGTERM)
        assert session.wait() == INTERRUPTED, "it was there to be asked"
    assert kept_events(Path(words[1]))[-1]["outcome"] == "interrupted"
