"""Whole sessions as text: every tests/sessions/*.session is played against the coach."""

from pathlib import Path

import pytest

from tests.coach.session_script import play

FOLDER = Path(__file__).resolve().parents[1] / "sessions"
SCRIPTS = sorted(FOLDER.glob("*.session"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_session_goes_as_its_script_says(path: Path) -> None:
    assert play(path.read_text(encoding="utf-8")) == ""


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) >= 15


def test_a_script_that_is_wrong_is_noticed() -> None:
    assert "never happened" in play("plan sets=1 reps=2 warm_up_s=0 cool_down_s=0\n< end pain")
    assert "happened, and must not" in play("plan sets=1 reps=2 warm_up_s=0 cool_down_s=0\nx line set.only\n< end *")
