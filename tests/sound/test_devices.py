"""Devices are chosen by name, for a reason; where there is none, the person learns what to do."""

from pathlib import Path

import pytest

from tests.sound_server import SoundServer
from voicecoach.errors import Missing, Unreadable
from voicecoach.sound.devices import Device, Direction, choose, denied, sound_devices


def _devices(*names: str, direction: Direction = "microphone") -> list[Device]:
    return [Device(direction, name, "ALSA", 1, 48_000) for name in names]


def test_the_sound_server_is_preferred_over_a_bare_device() -> None:
    assert choose("microphone", None, _devices("USB mic: hw:1,0", "default", "pulse", "pipewire")).name == "pipewire"
    assert choose("microphone", None, _devices("USB mic: hw:1,0", "default", "pulse")).name == "pulse"
    assert choose("microphone", None, _devices("USB mic: hw:1,0", "default")).name == "default"


def test_without_a_sound_server_the_systems_own_choice_counts() -> None:
    chosen = Device("microphone", "Second", "CoreAudio", 1, 48_000, is_default=True)
    assert choose("microphone", None, [*_devices("First"), chosen]).name == "Second"


def test_a_choice_says_why() -> None:
    devices = _devices("USB mic: hw:1,0", "pipewire")
    assert "PipeWire" in choose("microphone", None, devices).reason
    assert "usb" in choose("microphone", "usb", devices).reason
    assert choose("microphone", None, _devices("First")).reason


def test_a_part_of_a_name_is_enough_in_any_case_but_a_whole_name_comes_first() -> None:
    devices = _devices("USB camera", "USB", "Headset")
    assert choose("microphone", "HEAD", devices).name == "Headset"
    assert choose("microphone", "usb", devices).name == "USB"
    assert choose("microphone", "cam", devices).name == "USB camera"


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(Unreadable, match=r'No microphone is called "yeti".*"USB camera", "Headset"'):
        choose("microphone", "yeti", _devices("USB camera", "Headset"))


def test_a_speaker_is_no_microphone() -> None:
    with pytest.raises(Missing, match="no microphone"):
        choose("microphone", None, _devices("pipewire", direction="speaker"))


def test_where_there_is_no_device_at_all_the_wanted_name_is_told() -> None:
    with pytest.raises(Missing, match='There is no microphone, so none called "Foo"'):
        choose("microphone", "Foo", [])


def test_without_portaudio_the_package_to_install_is_named(fake_portaudio: Path) -> None:
    (fake_portaudio / "no_library").touch()
    with pytest.raises(Missing, match="libportaudio2") as refusal:
        sound_devices()
    assert refusal.value.exit_code == 3


def test_sound_devices_that_nobody_may_open_are_told_from_none_at_all(tmp_path: Path) -> None:
    assert not denied(tmp_path / "absent")
    assert not denied(tmp_path)
    (tmp_path / "pcmC0D0p").symlink_to(tmp_path / "not to be opened")
    assert denied(tmp_path)
    (tmp_path / "pcmC0D0c").touch()
    assert not denied(tmp_path)


def test_devices_are_looked_for_anew_each_time(fake_portaudio: Path) -> None:
    (fake_portaudio / "microphone").unlink()
    assert [device.direction for device in sound_devices()] == ["speaker"]
    (fake_portaudio / "microphone").touch()
    assert [device.direction for device in sound_devices()] == ["microphone", "speaker"]


def test_a_real_sound_server_is_found_and_chosen_for_both_directions(shared_server: SoundServer, capfd: pytest.CaptureFixture[str]) -> None:
    devices = sound_devices()
    assert [choose(direction, None, devices).name for direction in ("microphone", "speaker")] == ["pipewire", "pipewire"]
    assert capfd.readouterr() == ("", "")
