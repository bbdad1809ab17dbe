"""Whatever is wrong is told in one sentence with a next step, the right exit code, and no traceback."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.cli import main

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code and what was written to stderr."""
    try:
        code = main([str(word) for word in words])
    except SystemExit as exit_:
        code = int(str(exit_.code))
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out
    return code, captured.err


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"not a sound", "can't be read"), (b"", "empty"), (b"RIFF\x24\x00\x00\x00WAVEfmt ", "can't be read")]
)
def test_a_recording_that_is_none(content: bytes, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.wav").write_bytes(content)
    code, said = told(capsys, "hear", tmp_path / "x.wav", "--home", tmp_path / "home")
    assert code == 2
    assert sentence in said


def test_a_recording_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "hear", tmp_path / "absent.wav", "--home", tmp_path)
    assert code == 2
    assert "absent.wav" in said


def test_a_state_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write(tmp_path / "quiet.wav", np.full(1600, 0.001), 16_000)
    code, said = told(capsys, "hear", "--state", "flying", tmp_path / "quiet.wav", "--home", tmp_path)
    assert code == 2
    assert "question" in said


@pytest.mark.parametrize(
    ("scenario", "sentence"),
    [
        ("[plan", "not valid TOML"),
        ("[plan]\nwings = 2\n", "wings"),
        ("[plan]\nreps = -3\n", "reps"),
        ("[plan]\nreps = 'many'\n", "reps"),
        ("[wings]\n", "wings"),
        ("[room]\nnoise = 'nowhere.ogg'\n", "nowhere.ogg"),
        ("[person]\nvoice = 'en-us+f5'\n", "coach's own voice"),
        ("[person]\nvoice = 'klingon-deep'\n", "klingon-deep"),
        ("[[say]]\ntext = 'stop'\n", "on"),
        ("[[fault]]\nwhat = 'earthquake'\nat_s = 1\n", "earthquake"),
    ],
)
def test_a_scenario_that_makes_no_sense(scenario: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scenario.toml"
    path.write_text(scenario)
    code, said = told(capsys, "rehearse", path, "--home", tmp_path / "home")
    assert code == 2
    assert sentence in said


def test_a_scenario_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "rehearse", tmp_path / "absent.toml", "--home", tmp_path)
    assert code == 2
    assert "absent.toml" in said


@pytest.mark.parametrize(
    ("setting", "sentence"), [("reps=-3", "from 1 to 30"), ("wings=2", "Known are"), ("reps", '"="'), ("reps=nan", "whole number")]
)
def test_a_setting_on_the_command_line_that_cannot_be(
    setting: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, "coach", "--set", setting, "--home", tmp_path)
    assert code == 2
    assert sentence in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[plan]\nwings = 1", "wings"),
        ("volume = 3", "Allowed are"),
        ("[plan", "not valid TOML"),
        ("locale = 'xx'", "prompts"),
        ("voice = 3", "voice"),
    ],
)
def test_settings_that_cannot_be(text: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text(text)
    code, said = told(capsys, "coach", "--keyboard", "--speaker", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 2
    assert sentence in said


def test_a_voice_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text("voice = 'klingon'")
    code, said = told(capsys, "demo", "--out", tmp_path / "out", "--home", tmp_path)
    assert code == 3
    assert "klingon" in said


def test_an_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "nonsense")[0] == 2


def test_results_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file where a folder is wanted")
    code, said = told(capsys, "demo", "--out", tmp_path / "out", "--home", tmp_path / "home")
    assert code in (2, 3)
    assert str(tmp_path / "out") in said
    assert (tmp_path / "out").read_text() == "a file where a folder is wanted"


def test_a_report_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "history", "--html", tmp_path / "no" / "such" / "folder.html", "--home", tmp_path)
    assert code == 2
    assert "folder.html" in said


def test_no_sound_device_is_told_with_two_ways_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "coach", "--home", tmp_path, "--microphone", "a device that nobody has")
    assert code in (2, 3)
    assert "--keyboard" in said or "There are" in said


def test_a_model_that_is_missing_or_torn_is_told_by_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, "model", "--from", tmp_path / "nothing.zip", "--home", tmp_path)
    assert code in (2, 3)
    assert "nothing.zip" in said


def test_help_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("coach", "demo", "rehearse", "hear", "say", "check", "devices", "history", "replay", "forget", "model"):
        assert told(capsys, command, "--help")[0] == 0
    assert told(capsys, "--help")[0] == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("says.toml", '["pain.advice"]', '["pain.advise"]', "pain.advice"),
        ("says.toml", 'say = "Are you all right?"', 'sag = "Are you all right?"', "stop.all_right"),
        ("says.toml", 'say = "Are you all right?"', 'say = "Are you all right?', "valid TOML"),
        ("hears.toml", '"stop", ', '"stop" ', "valid TOML"),
        ("hears.toml", "[intents.stop]", "[intents.halt]", "halt"),
    ],
)
def test_prompts_with_a_mistake_are_refused_before_anything_is_said(
    file: str, old: str, new: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(PROMPTS / "en", tmp_path / "prompts" / "en")
    path = tmp_path / "prompts" / "en" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    code, said = told(capsys, "coach", "--keyboard", "--speaker", tmp_path / "x.wav", "--home", tmp_path)
    assert code == 2
    assert sentence in said
    assert str(path) in said
