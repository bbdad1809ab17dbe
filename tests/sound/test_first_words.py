"""`check` says the greeting through real devices and hears what becomes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.sound_server import SoundServer
from voicecoach.cli import main
from voicecoach.journal.calibrations import Calibrations

DEVICES = "pipewire and pipewire (ALSA)"
Shown = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shown:
    """What a command prints in a home of its own, and its exit code."""

    def run(command: str) -> tuple[int, list[str]]:
        code = main([command, "--home", str(tmp_path / "home")])
        return code, capsys.readouterr().out.splitlines()

    return run


@contextmanager
def noise(server: SoundServer, folder: Path) -> Iterator[None]:
    """A room that isn't exactly silent: -60 dBFS."""
    path = folder / "noise.wav"
    soundfile.write(path, np.random.default_rng(0).standard_normal(16_000 * 120) * 0.001, 16_000)
    playing = server.play_into_room(path)
    try:
        yield
    finally:
        playing.kill()
        playing.wait()


def said(lines: list[str], name: str) -> str:
    (line,) = [line for line in lines if line.startswith((f"ok       {name}: ", f"better   {name}: ", f"to mend  {name}: "))]
    return line


def test_with_an_echo_every_figure_has_its_line_and_is_kept_for_these_devices(
    shared_server: SoundServer, shown: Shown, tmp_path: Path
) -> None:
    with noise(shared_server, tmp_path), shared_server.echo():
        code, lines = shown("check")
    assert code == 0, lines
    for name in ("room noise", "own voice", "clipping", "echo", "delay", "clocks"):
        assert not said(lines, name).startswith("to mend")
    figures = Calibrations(tmp_path / "home" / "calibrations.json").last(DEVICES)
    assert figures is not None
    assert figures.coach_dbfs is not None
    assert figures.echo_loss_db is not None
    assert figures.delay_ms is not None
    assert figures.coach_dbfs > -30
    assert figures.echo_loss_db > 15
    assert 20 < figures.delay_ms < 300
    assert f"delay {figures.delay_ms:.0f} ms" in shown("devices")[1][-1]


def test_a_speaker_that_the_microphone_does_not_hear_is_told_and_keeps_nobody_from_beginning(
    shared_server: SoundServer, shown: Shown, tmp_path: Path
) -> None:
    with noise(shared_server, tmp_path):
        code, lines = shown("check")
    assert code == 0, lines
    assert "does not hear the speaker" in said(lines, "own voice")


def test_with_a_muted_microphone_no_session_can_begin(shared_server: SoundServer, shown: Shown) -> None:
    shared_server.pactl("set-source-mute", "room.monitor", "1")
    try:
        code, lines = shown("check")
    finally:
        shared_server.pactl("set-source-mute", "room.monitor", "0")
    assert code == 1
    assert "Unmute it" in said(lines, "microphone volume")
    assert "to mend  sound: not looked at until the microphone volume can be used" in lines


def test_with_a_microphone_that_gives_exact_zeros_no_session_can_begin(shared_server: SoundServer, shown: Shown) -> None:
    """It is the monitor of a sink to which nothing plays."""
    code, lines = shown("check")
    assert code == 1
    assert "It is muted, or another one is the default" in said(lines, "signal")
    assert said(lines, "sound").startswith("to mend ")


def test_a_microphone_that_cuts_the_coach_off_is_told_before_it_is_heard(own_server: SoundServer, shown: Shown, tmp_path: Path) -> None:
    own_server.pactl("set-source-volume", "room.monitor", "250%")
    with noise(own_server, tmp_path), own_server.echo():
        _, lines = shown("check")
    assert "Set it to 100 %" in said(lines, "microphone volume")
    assert "too loud for the microphone" in said(lines, "clipping")


@pytest.mark.parametrize("direction", ["microphone", "speaker"])
def test_a_device_that_nobody_has_is_told_with_those_there_are(direction: str, fake_portaudio: Path, shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text(f'{direction} = "golden ear"')
    code, lines = shown("check")
    assert code == 1
    assert f'"golden ear". There are: "{direction}"' in said(lines, direction)
    assert f'take "{direction}" instead' in " ".join(lines)


@pytest.mark.parametrize(("only", "part"), [("8000", "Invalid sample rate"), ("busy", "Another program uses")])
def test_a_device_that_cannot_be_opened_is_told_with_what_to_do(only: str, part: str, fake_portaudio: Path, shown: Shown) -> None:
    (fake_portaudio / "microphone").write_text(only)
    code, lines = shown("check")
    assert code == 1
    assert part in said(lines, "sound")
    assert "voicecoach devices" in said(lines, "sound")


def test_a_machine_without_the_library_that_reaches_devices_is_told_with_its_package(fake_portaudio: Path, shown: Shown) -> None:
    (fake_portaudio / "no_library").touch()
    code, lines = shown("check")
    assert code == 1
    assert "sudo apt install libportaudio2" in said(lines, "speaker")


@pytest.mark.parametrize("missing", ["microphone", "speaker"])
def test_without_a_device_the_sound_waits_for_it(missing: str, fake_portaudio: Path, shown: Shown) -> None:
    (fake_portaudio / missing).unlink()
    code, lines = shown("check")
    assert code == 1
    assert f"to mend  sound: not looked at until the {missing} can be used" in lines


def test_a_device_that_goes_away_in_the_middle_of_the_greeting_is_told_and_no_time_is_lost(fake_portaudio: Path, shown: Shown) -> None:
    (fake_portaudio / "goes_after_1_s").touch()
    code, lines = shown("check")
    assert code == 1
    assert "stopped working" in said(lines, "sound")


def test_a_torn_file_of_figures_is_told_by_devices_and_is_no_harm(fake_portaudio: Path, shown: Shown, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "calibrations.json").write_text('{"micro')
    code, lines = shown("devices")
    assert code == 0
    assert "set aside" in lines[-1]
    assert "set aside" not in " ".join(shown("devices")[1])
