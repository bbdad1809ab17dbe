"""Sessions of the real program: what they leave behind replays, however they ended."""

import signal
from pathlib import Path

import pytest

from tests.coach.session_script import play
from tests.live_session import acquainted, kept_events
from tests.typed_session import say, typing, until
from voicecoach.cli import main

STOPPED_AMONG_FAULTS = """
[plan]
sets = 1
reps = 2
warm_up_s = 0
[room]
echo_db = -8
near_db = -22
[person]
answers = "healthy"
[[say]]
on = { event = "line_started", line = "screen.floor" }
text = "stop"
after_s = 0.6
[[fault]]
at_s = 2.0
what = "disk_full"
for_s = 3.0
[[fault]]
at_s = 6.0
what = "recognizer_stuck"
for_s = 1.0
[[fault]]
on = { event = "line_started", line = "stop.*" }
what = "microphone_silent"
for_s = 4.0
"""
KILLED = """
[history]
name = "Anna"
others = ["Ben"]
sessions = 2
every_days = 2
[room]
near_db = -22
[person]
answers = "healthy"
[[say]]
on = { event = "question", id = "who.ask" }
text = "ben"
[[say]]
on = { event = "question", id = "name.right" }
text = "yes"
[[fault]]
at_s = 20.0
what = "killed"
"""


def rehearsed(scenario: str, folder: Path, *words: str) -> Path:
    """The log of a rehearsal."""
    (folder / "evening.toml").write_text(scenario)
    assert main(["rehearse", str(folder / "evening.toml"), "--out", str(folder / "out"), *words]) == 0
    return folder / "out" / "events.jsonl"


def replay(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    capsys.readouterr()
    return main(["replay", *map(str, words)]), capsys.readouterr().out


def test_a_rehearsal_among_faults_replays_from_its_log_and_from_the_journal_and_becomes_a_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = acquainted(tmp_path / "home")
    log = rehearsed(STOPPED_AMONG_FAULTS, tmp_path, "--home", str(home))
    events = kept_events(home)
    assert {event["what"] for event in events if event["event"] == "fault"} >= {"disk", "microphone"}
    assert events[-1]["outcome"] == "stopped"
    for session in (log, "last"):
        code, told = replay(capsys, session, "--home", home, "--export", tmp_path / "mat.session")
        assert (code, "The same: " in told, "breaks off" in told) == (0, True, False), told
        script = (tmp_path / "mat.session").read_text()
        assert play(script) == ""
        assert "< end stopped" in script


def test_a_rehearsal_that_was_killed_replays_to_where_it_breaks_off_and_nobody_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = rehearsed(KILLED, tmp_path)
    code, told = replay(capsys, log, "--home", tmp_path / "home", "--export", tmp_path / "mat.session")
    assert (code, "breaks off" in told) == (0, True), told
    script = (tmp_path / "mat.session").read_text()
    assert play(script) == ""
    assert "who.ask" in script
    assert not [name for name in ("Anna", "Ben", "ben") if name in script]


def test_a_live_session_that_is_asked_to_end_replays_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = acquainted(tmp_path)
    with typing(home) as session:
        until(session, "coach", {})
        say(session, "louder\nbanana\nwhat can I say")
        until(session, "heard", {})
        session.send_signal(signal.SIGTERM)
        assert session.wait() == 130
    code, told = replay(capsys, "last", "--home", home)
    assert (code, "breaks off" in told) == (0, False), told
    assert [event["event"] for event in kept_events(home)][-1] == "session_ended"


def test_a_live_session_whose_plug_is_pulled_replays_to_where_it_breaks_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = acquainted(tmp_path)
    with typing(home) as session:
        until(session, "coach", {})
        say(session, "louder")
        until(session, "heard", {})
    code, told = replay(capsys, "last", "--home", home)
    assert (code, "breaks off" in told) == (0, True), told
    assert "heard" in {event["event"] for event in kept_events(home)}
