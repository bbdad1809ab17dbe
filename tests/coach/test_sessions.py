"""Whole sessions as text: every tests/sessions/*.session is played against the coach."""

import fnmatch
from pathlib import Path

import pytest

from tests.coach.session_script import GIVEN, play
from tests.coach.stage import SCRIPT

FOLDER = Path(__file__).resolve().parents[1] / "sessions"
STEPS = (">", "<", "~", "!", "x")
SCRIPTS = sorted(FOLDER.glob("*.session"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_session_goes_as_its_script_says(path: Path) -> None:
    assert play(path.read_text(encoding="utf-8")) == ""


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 15


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_every_step_of_a_script_can_fail(path: Path) -> None:
    steps = [line.strip().partition(" ")[::2] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    marks = [mark for mark, _ in steps]
    assert marks[0] == "#", "it says what it shows"
    first = next(n for n, mark in enumerate(marks) if mark in STEPS)
    for n, (mark, rest) in enumerate(steps):
        after = set(marks[n + 1 :])
        assert mark not in ("x", ">", "!") or after & {"<", "~"}, f"{mark} {rest}: nothing is looked at after it"
        assert mark not in (*GIVEN, "#") or n < first or rest in ("silent", "healthy"), f"{mark} {rest}: it comes too late to be heeded"
        kind, _, name = rest.partition(" ")
        assert mark not in ("<", "x") or kind != "line" or fnmatch.filter(SCRIPT.ids(), name), f"{mark} {rest}: there is no such line"


def test_a_script_that_is_wrong_is_noticed() -> None:
    assert "never happened" in play("plan sets=1 reps=2 warm_up_s=0 cool_down_s=0\n< end pain")
    assert "happened, and must not" in play("plan sets=1 reps=2 warm_up_s=0 cool_down_s=0\nx line set.only\n< end *")
    assert "never happened" in play("< question screen.pain\n> louder\n< question screen.heart"), (
        "what came before the word is no answer to it"
    )
    assert "never happened" in play("plan sets=1 reps=2 warm_up_s=0 cool_down_s=0\n< phase set\n< phase set\n< phase set\n< phase set")
    assert play("# nothing is said, and nothing happens") == "not a step in it"
