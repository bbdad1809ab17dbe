"""How loud the machine has microphone and speaker: asked of a real sound server, and of a stand-in for amixer."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sound_server import SoundServer
from voicecoach.commands.checks.hears import _volume as microphone_looked_at
from voicecoach.commands.checks.looks import Better, Mendable
from voicecoach.commands.checks.speaks import SET_PERCENT, chosen, device_of, loud
from voicecoach.errors import CheckFailed, CoachError
from voicecoach.house import House, open_house
from voicecoach.sound.devices import Device, Direction
from voicecoach.sound.volume import set_volume, volume_of

SINKS: dict[Direction, tuple[str, str]] = {"microphone": ("source", "room.monitor"), "speaker": ("sink", "speaker")}
AMIXER = """#!/bin/sh
echo "$*" >> "$0.asked"
[ "$3" = sget ] || exit 0
[ "$4" = PCM ] || exit 1
echo "  Front Left: Playback 26 [10%] [-39.00dB] [off]"
"""


@pytest.fixture
def house(shared_server: SoundServer, tmp_path: Path) -> House:
    return open_house(tmp_path)


@pytest.fixture
def amixer(tmp_path: Path) -> Iterator[Path]:
    """A program of that name, and what it was asked."""
    (tmp_path / "amixer").write_text(AMIXER)
    (tmp_path / "amixer").chmod(0o755)
    before = os.environ["PATH"]
    os.environ["PATH"] = f"{tmp_path}:{before}"
    yield tmp_path / "amixer.asked"
    os.environ["PATH"] = before


def mended(error: CoachError) -> str:
    assert isinstance(error, Mendable)
    assert error.fix
    return error.fix.mend()


@pytest.mark.parametrize("direction", SINKS)
@pytest.mark.parametrize(("mute", "percent", "told"), [("1", "100%", "is muted"), ("0", "3%", "turned down to 3 %")])
def test_a_device_that_nobody_would_hear_or_be_heard_by_is_told_and_set_right(
    mute: str, percent: str, told: str, direction: Direction, house: House, shared_server: SoundServer
) -> None:
    kind, name = SINKS[direction]
    shared_server.pactl(f"set-{kind}-mute", name, mute)
    shared_server.pactl(f"set-{kind}-volume", name, percent)
    try:
        with pytest.raises(Mendable, match=told) as refused:
            loud(device_of(house, direction))
        assert not isinstance(refused.value, Better)
        assert f"{SET_PERCENT} %" in mended(refused.value)
        assert loud(device_of(house, direction)) == f"{SET_PERCENT} %"
    finally:
        shared_server.pactl(f"set-{kind}-mute", name, "0")
        shared_server.pactl(f"set-{kind}-volume", name, "100%")


@pytest.mark.parametrize("percent", [40, 150])
def test_a_volume_that_could_be_better_keeps_nobody_from_beginning(percent: int, house: House, shared_server: SoundServer) -> None:
    shared_server.pactl("set-source-volume", "room.monitor", f"{percent}%")
    try:
        with pytest.raises(Better, match=f"{percent} %"):
            loud(device_of(house, "microphone"))
    finally:
        shared_server.pactl("set-source-volume", "room.monitor", "100%")


def test_a_microphone_that_is_only_what_the_coach_says_is_told_and_a_real_one_taken(own_server: SoundServer, tmp_path: Path) -> None:
    house = open_house(tmp_path)
    own_server.pactl("set-default-source", "speaker.monitor")
    with pytest.raises(Mendable, match="would never hear you"):
        microphone_looked_at(house)
    own_server.pactl("load-module", "module-null-sink", "media.class=Audio/Source/Virtual", "sink_name=desk", "channel_map=front-left")
    with pytest.raises(Mendable) as refused:
        microphone_looked_at(house)
    assert mended(refused.value) == "desk is the microphone now"
    assert own_server.pactl("get-default-source").strip() == "desk"


def test_an_unknown_device_is_taken_out_of_the_settings_on_request(house: House) -> None:
    (house.home / "settings.toml").write_text('microphone = "golden ear"\n')
    with pytest.raises(Mendable, match="golden ear") as refused:
        chosen(open_house(house.home), "microphone")
    assert '"pipewire" is used now' in mended(refused.value)
    assert chosen(open_house(house.home), "microphone").startswith('"pipewire"')


def test_a_card_without_a_server_is_asked_by_its_number_and_set(amixer: Path) -> None:
    found = volume_of(Device("speaker", "USB Audio: - (hw:3,0)", "ALSA", 2, 48_000))
    assert found
    assert (found.percent, found.muted) == (10, True)
    set_volume(found, 80)
    assert amixer.read_text().splitlines() == ["-c 3 sget Master", "-c 3 sget PCM", "-c 3 sset PCM 80% unmute"]


def test_where_nobody_tells_nothing_is_claimed_and_a_failure_is_told(tmp_path: Path) -> None:
    before = os.environ["PATH"]
    os.environ["PATH"] = str(tmp_path)
    try:
        device = Device("microphone", "USB Audio: - (hw:3,0)", "ALSA", 1, 48_000)
        assert volume_of(device) is None
        assert loud(device) == "no program here tells"
    finally:
        os.environ["PATH"] = before


def test_what_cannot_be_set_is_told(amixer: Path) -> None:
    found = volume_of(Device("speaker", "USB Audio: - (hw:3,0)", "ALSA", 2, 48_000))
    assert found
    amixer.with_name("amixer").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(CheckFailed, match="amixer -c 3 sset PCM"):
        set_volume(found, 80)
