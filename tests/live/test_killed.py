"""A live session that is killed, or hangs, in the middle of a lift."""

import socket
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.live_session import acquainted
from tests.typed_session import say, typing, until
from voicecoach.house import open_house
from voicecoach.notes import open_journal

Evening: TypeAlias = tuple[Path, list[str], list[str], int, list[str]]
REPLIES = {
    "Has anything changed": "no",
    "How is your pain": "one",
    "Tell me when you are lying": "ready",
    "First of all, do you feel": "no",
    "Shall we go on": "go on",
    "Then we go on from there": "ready",
    "Are you all right": "yes",
    "How bad is the pain": "three",
    "Is it sharp": "no",
    "Do you feel new numbness": "no",
    "Do you have new trouble": "no",
    "Are both legs weak": "no",
}


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Evening:
    """Killed in the second lift and started again: the home, what was printed until the next lift, what after "stop", the exit code,
    and what the service manager was told first."""
    home = acquainted(tmp_path_factory.mktemp("home"), screened=True)
    with typing(home) as session:
        until(session, "2 of 2: lift", REPLIES)
        session.kill()
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    manager.bind(str(home / "notify"))
    with manager, typing(home, NOTIFY_SOCKET=str(home / "notify")) as session:
        back = until(session, "2 of 2: brace", REPLIES)
        say(session, "stop")
        rest = until(session, "session   ends", REPLIES)
        code = session.wait()
        told = [manager.recv(1000).decode() for _ in range(2)]
    return home, back, rest, code, told


def test_it_says_that_it_is_back_and_where_it_was(evening: Evening) -> None:
    _, back, *_ = evening
    said = [line.split("coach     ")[1] for line in back if "coach     " in line]
    assert said[:3] == [
        "I am back. For a moment I had stopped working.",
        "You were in set 1 of 1, after lift 1.",
        "First of all, do you feel any new pain anywhere?",
    ]


def test_it_goes_on_with_the_lift_that_was_cut_off_and_only_after_the_word(evening: Evening) -> None:
    _, back, *_ = evening
    assert "2 of 2: brace" in back[-1]
    assert not [line for line in back if "1 of 2" in line]
    told = "\n".join(back)
    assert told.index("“go on”") < told.index("PAUSED") < told.index("“ready”") < told.index("— SET") < told.index("2 of 2: brace")


def test_stop_ends_it_for_good(evening: Evening) -> None:
    home, _, rest, code, _ = evening
    assert code == 0
    assert not [line for line in rest if "rep  " in line]
    journal = open_journal(open_house(home))
    assert [row.outcome for row in journal.sessions()][1:] == ["interrupted", "stopped"]
    (person,) = journal.people()
    assert [(past.outcome, past.reps) for past in person.sessions[1:]] == [("stopped", 1)]


def test_the_service_manager_is_told_that_it_is_ready_and_then_that_it_is_alive(evening: Evening) -> None:
    *_, told = evening
    assert told == ["READY=1\nSTATUS=A session is going on.", "WATCHDOG=1"]


def test_a_program_that_hangs_is_started_anew_by_itself_and_obeys_what_it_had_not_heard(tmp_path: Path) -> None:
    home = acquainted(tmp_path, screened=True)
    with typing(home, program=("-m", "tests.hanging_program")) as session:
        until(session, "2 of 2: lift", REPLIES)
        for words in ("hang", "it hurts"):
            say(session, words)
        printed = until(session, "session   ends", REPLIES)
        code = session.wait()
    assert len([line for line in printed if line.startswith("Type what you would say")]) == 1
    assert not [line for line in printed if "rep  " in line and "2 of 2: brace" in line]
    assert [line for line in printed if "Stopping. Lower your legs slowly." in line]
    assert not [line for line in printed if "I am back." in line]
    assert printed[-1].endswith("ends: pain")
    assert code == 0
    assert [row.outcome for row in open_journal(open_house(home)).sessions()][1:] == ["pain", "pain"]
    (person,) = open_journal(open_house(home)).people()
    assert [(past.outcome, past.reps) for past in person.sessions[1:]] == [("pain", 1)]
