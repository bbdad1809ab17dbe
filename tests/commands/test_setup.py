"""`voicecoach setup`, typed: the real program. What it asks and how it ends: coach/test_first_run. By ear: rehearsal/test_first_run."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK
from tests.typed_session import until
from voicecoach.chosen import keep_chosen
from voicecoach.cli import main
from voicecoach.coach.setting_up import STEPS
from voicecoach.commands.setup import WHY, Asked, _typed
from voicecoach.errors import Missing, Unreadable
from voicecoach.house import open_house

ROOT = Path(__file__).resolve().parents[2]
FAKE = ROOT / "tests" / "sound" / "fake_portaudio"
REPLIES = {"If you need help, I tell you to call 1 1 2": "n", "If you need help, I tell you to call 9 9 9": "", "Do you want centi": "y"}


@contextmanager
def set_up(home: Path, *words: str, devices: Path) -> Iterator["subprocess.Popen[str]"]:
    """A set-up in `home`, its stdin the keyboard. Killed at the end, as a pulled plug would, if it hasn't ended."""
    env = {**os.environ, "PYTHONPATH": str(FAKE), "FAKE_PORTAUDIO": str(devices)}
    command = [sys.executable, "-m", "voicecoach", "setup", "--home", str(home), *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, bufsize=1) as program:
        try:
            yield program
        finally:
            program.kill()


def to_the_end(program: "subprocess.Popen[str]", replies: Mapping[str, str]) -> list[str]:
    told = until(program, "nothing that is ever printed", replies)
    program.wait()
    return told


def test_every_step_says_why_in_one_sentence() -> None:
    assert list(WHY) == list(STEPS)
    assert all(";" not in why and "." not in why for why in WHY.values())


def test_without_a_sound_device_the_rest_is_asked_and_after_a_pulled_plug_it_goes_on_where_it_was(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with set_up(home, devices=tmp_path) as program:
        told = until(program, "kept      locale", REPLIES)
    assert "There is no microphone." in "\n".join(told)
    assert (home / "settings.toml").stat().st_mode & 0o777 == 0o600
    with set_up(home, devices=tmp_path) as program:
        told = to_the_end(program, REPLIES)
    assert program.returncode == 1
    assert any(line.startswith("done     locale: ") for line in told)
    assert not any("If you need help" in line for line in told)
    assert told[-1] == "Still to do: devices, levels, loudness, mat. `voicecoach setup` goes on there."
    settings = open_house(home).settings
    assert (settings.locale, settings.plan.emergency, settings.units, settings.set_up) == ("en-GB", "999", "metric", ("locale", "units"))


def test_a_speaker_is_chosen_by_its_number_and_stop_ends_it(tmp_path: Path) -> None:
    for name in ("speaker", "speaker two"):
        (tmp_path / name).touch()
    home = tmp_path / "home"
    with set_up(home, "--keyboard", devices=tmp_path) as program:
        assert program.stdin
        program.stdin.write("2\n")
        program.stdin.flush()
        told = to_the_end(program, {"Am I loud enough": "stop", "Are you all right": "y"})
    assert program.returncode == 1
    assert any("ends: stopped" in line for line in told)
    assert open_house(home).settings.speaker == "speaker two"
    assert open_house(home).settings.set_up == ()


def test_where_all_is_done_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_chosen(tmp_path, {"set_up": list(STEPS)})
    assert main(["setup", "--home", str(tmp_path)]) == 0
    assert "All is set up." in capsys.readouterr().out


def test_another_emergency_number_is_kept_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep_chosen(tmp_path, {"set_up": [step for step in STEPS if step != "locale"]})
    assert main(["setup", "--emergency", "000", "--home", str(tmp_path)]) == 0
    assert "All is set up." in capsys.readouterr().out
    assert open_house(tmp_path).settings.plan.emergency == "000"
    assert main(["setup", "--emergency", "12", "--home", str(tmp_path)]) == 2
    assert "three digits" in capsys.readouterr().err


def test_enter_is_yes_and_a_safety_word_that_is_typed_is_meant_for_no_ear_has_heard_it() -> None:
    typed = list(_typed(["\n", "no\n", "pain\n", "Stop!\n", "it hurts\n"], PHRASEBOOK, ["pain", "stop"]))
    assert typed == ["yes", "no\n", "i have pain", "stop now", "it hurts\n"]


def test_the_number_to_call_may_be_typed_where_it_is_asked_for_and_is_a_call_for_help_anywhere_else() -> None:
    logged: list[object] = []
    asked = Asked(logged.append)
    assert asked.answered("911\n") == "911\n"
    asked.log({"event": "line_started", "line": "first_run.emergency", "text": "I tell you to call 9 9 9. Is that right?"})
    assert [asked.answered(line) for line in ("911\n", "9 9 9\n", "help me\n")] == ["no", "yes", "help me\n"]
    asked.log({"event": "line_started", "line": "first_run.units", "text": "Do you want centimeters?"})
    assert asked.answered("999\n") == "999\n"
    assert len(logged) == 2


def test_what_is_chosen_stands_beside_what_was_written_and_can_be_taken_out_again(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("# mine\n[plan]\nreps = 8  # few\n")
    keep_chosen(tmp_path, {"loudness_db": -3, "plan.emergency": "911"})
    settings = open_house(tmp_path).settings
    assert (settings.loudness_db, settings.plan.emergency, settings.plan.reps) == (-3, "911", 8)
    keep_chosen(tmp_path, {"loudness_db": None, "plan.emergency": None, "speaker": None})
    assert (tmp_path / "settings.toml").read_text().split() == ["#", "mine", "[plan]", "reps", "=", "8", "#", "few"]


def test_settings_that_cannot_be_read_or_written_are_told_and_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[plan")
    with pytest.raises(Unreadable, match=r"settings\.toml"):
        keep_chosen(tmp_path, {"units": "metric"})
    assert (tmp_path / "settings.toml").read_text() == "[plan"
    with pytest.raises(Missing, match="can't be written"):
        keep_chosen(tmp_path / "settings.toml", {"units": "metric"})


@pytest.mark.parametrize("line", ["loudness_db = 9", "loudness_db = 'loud'", "units = 'feet'", "set_up = 'all'"])
def test_what_setup_writes_can_be_written_by_hand_and_is_checked(line: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(line)
    with pytest.raises(Unreadable, match="line 1"):
        open_house(tmp_path)
