"""What stands in the system's log tells of the machine, and of nobody."""

import os
from pathlib import Path

import pytest

from tests.filed_session import lived
from voicecoach.commands.discretion import impersonal, is_system_log
from voicecoach.rehearsal.transcript import _TOLD, Transcript

PERSONAL = ("Anneliese", "pain", "both_2x10", "7")
AS_A_SERVICE = ("sh", "-c", 'JOURNAL_STREAM=$(stat -L -c %d:%i /proc/$$/fd/1) exec "$@"', "sh")


@pytest.mark.parametrize("kind", [*_TOLD, "phase", "remembered", "person", "question"])
def test_no_event_tells_of_a_person(kind: str) -> None:
    event = dict.fromkeys(("text", "phrase", "wav", "id", "name", "line"), "Anneliese")
    event |= dict.fromkeys(("outcome", "intent", "why", "trouble", "to"), "pain") | {
        "level": "both_2x10",
        "value": "7",
        "n": "7",
        "of": "7",
    }
    shown: list[str] = []
    if (what := impersonal({"event": kind, "at_s": 1.0, **event, "what": "microphone", "detail": "It is gone."})) is not None:
        Transcript(shown.append).event(what)
    assert not [word for word in PERSONAL if word in "".join(shown)]


def test_a_fault_is_told_there() -> None:
    fault = {"event": "fault", "at_s": 1.0, "what": "microphone", "detail": "It is gone."}
    assert impersonal(fault) == fault
    assert impersonal({"event": "session_ended", "at_s": 9.0, "outcome": "fault"}) == {
        "event": "session_ended",
        "at_s": 9.0,
        "outcome": "fault",
    }


def test_the_log_is_known_by_what_systemd_says_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    here = os.fstat(writing)
    monkeypatch.setenv("JOURNAL_STREAM", f"{here.st_dev}:{here.st_ino}")
    assert is_system_log(writing)
    monkeypatch.setenv("JOURNAL_STREAM", f"{here.st_dev}:{here.st_ino + 1}")
    assert not is_system_log(writing)
    os.close(reading)
    os.close(writing)
    assert not is_system_log(writing)


def test_a_service_says_aloud_what_its_log_does_not_hold(tmp_path: Path) -> None:
    code, printed = lived(tmp_path / "home", "session   starts", before=AS_A_SERVICE)
    assert code == 130
    assert [line.split(maxsplit=1)[1] for line in printed.splitlines()] == ["session   starts", "session   ends: over"]
