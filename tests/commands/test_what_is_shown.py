"""What the commands show when all goes well, or one thing doesn't."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.cli import main

ROOT = Path(__file__).resolve().parents[2]
STOP = ROOT / "tests" / "sounds" / "stop_1.flac"


def shown(capsys: pytest.CaptureFixture[str], *words: object) -> list[str]:
    main([str(word) for word in words])
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    path = tmp_path / "quiet.wav"
    soundfile.write(path, np.random.default_rng(0).standard_normal(16_000) * 0.001, 16_000)
    return path


def test_what_is_heard_is_told_in_words(quiet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "hear", STOP, quiet, "--home", tmp_path)
    told = [line.split(" s  ")[1] for line in lines if str(STOP) in line and " s  " in line]
    assert told[-1].startswith("confirmed stop")
    assert all(line.startswith(("suspected ", "confirmed ", "withdrawn ")) for line in told)
    assert [line for line in lines if str(quiet) in line] == [f"{quiet}  nothing that can be said in the state set was heard"]


@pytest.mark.parametrize(("gain_db", "advice"), [(0, "That is good."), (-44, "That is faint"), (30, "more than the microphone can take")])
def test_the_level_of_a_voice_is_told_and_what_to_do_about_it(
    gain_db: float, advice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word, rate_hz = soundfile.read(STOP)
    sound = np.concatenate([np.zeros(rate_hz), word, np.zeros(rate_hz)]) * 10 ** (gain_db / 20)
    path = tmp_path / "word.wav"
    soundfile.write(path, np.clip(sound + np.random.default_rng(0).standard_normal(len(sound)) * 1e-4, -1, 1), rate_hz)
    assert advice in shown(capsys, "hear", path, "--home", tmp_path)[-1]


def test_for_programs_nothing_heard_is_nothing_said(quiet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, "hear", "--jsonl", STOP, quiet, "--home", tmp_path)
    assert lines
    assert {json.loads(line)["file"] for line in lines} == {str(STOP)}
    assert json.loads(lines[-1])["over_room_db"] > 20


def test_check_tells_one_mistake_in_the_prompts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "prompts" / "en", tmp_path / "prompts" / "en")
    path = tmp_path / "prompts" / "en" / "hears.toml"
    path.write_text(path.read_text().replace("[intents.stop]", "[intents.halt]", 1))
    lines = shown(capsys, "check", "--home", tmp_path)
    assert len([line for line in lines if "halt" in line]) == 1
    for name in ("vocabulary", "voice"):
        assert f"to mend  {name}: not looked at until the prompts can be used" in lines


@pytest.mark.parametrize("command", [("hear", STOP), ("check",)])
def test_a_phrase_that_can_never_be_heard_is_refused_before_anything_begins(
    command: tuple[object, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "prompts" / "en", tmp_path / "prompts" / "en")
    path = tmp_path / "prompts" / "en" / "hears.toml"
    path.write_text(path.read_text().replace('"please stop"', '"please stop", "please stoppp"'))
    assert main([str(word) for word in (*command, "--home", tmp_path)]) != 0
    told = "".join(capsys.readouterr())
    assert "stoppp" in told
    assert str(path) in told
