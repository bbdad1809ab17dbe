"""Which microphones and speakers there are, and which one to use."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import voicecoach
from voicecoach.errors import Missing, Unreadable

Direction = Literal["microphone", "speaker"]

PREFERENCE = {
    "pipewire": "it goes through PipeWire, which shares the device and keeps one clock for microphone and speaker",
    "pulse": "it goes through PulseAudio, which shares the device",
    "default": "it is what the system's sound settings call the default",
}
_RUN_WORKER = "import sys; sys.path.insert(0, sys.argv.pop(1)); from voicecoach.sound.device_worker import main; main()"
_LISTING_TIMEOUT_S = 10.0
"""PortAudio tries every device it lists; a broken one takes seconds."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device for one direction. It is kept by name and host API, since PortAudio's numbers change with what is plugged in.

    `channels` and `rate_hz` (in Hz) are what PortAudio says of it; `is_default`: PortAudio's own choice; `reason`: one clause that says why
    it was chosen, or "".
    """

    direction: Direction
    name: str
    host_api: str
    channels: int
    rate_hz: int
    is_default: bool = False
    reason: str = ""


def sound_devices() -> list[Device]:
    """Look at what is plugged in now: every device once for each direction it has. Empty if there is none.

    Takes 0.2 s. Raises Missing when PortAudio isn't there or doesn't answer.
    """
    try:
        done = subprocess.run(
            worker_command({"list": True}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_LISTING_TIMEOUT_S,
        )
        answer = json.loads(done.stdout.partition(b"\n")[0])
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Missing("The sound system doesn't answer.", "Restart the sound server, or this machine.") from error
    if "error" in answer:
        raise failure(answer)
    return [
        Device(direction, found["name"], found["host_api"], found[f"{direction}_channels"], found["rate_hz"], found[f"{direction}_default"])
        for direction in ("microphone", "speaker")
        for found in answer["devices"]
        if found[f"{direction}_channels"] > 0
    ]


def choose(direction: Direction, wanted: str | None, devices: Sequence[Device] | None = None) -> Device:
    """The device to use for `direction`, with its `reason`.

    `wanted` is a name or a part of one, in any case; None leaves the choice to us. `devices` is what `sound_devices()` has said, to save
    asking again. Raises Missing when there is no device at all, Unreadable, with the names there are, when there is none of that name.
    """
    mine = [device for device in (sound_devices() if devices is None else devices) if device.direction == direction]
    if not mine:
        called = f', so none called "{wanted}"' if wanted else ""
        if denied():
            raise Missing(f"This user may not use any {direction}.", "Run: sudo usermod -aG audio $USER, and restart the machine.")
        raise Missing(f"There is no {direction}{called}.", "Plug one in, or start the sound server; then `voicecoach devices` lists it.")
    return _preferred(mine) if wanted is None else _named(mine, wanted)


def denied(nodes: Path = Path("/dev/snd")) -> bool:
    """Whether there are sound devices in `nodes` and none of them may be opened: PortAudio doesn't list those at all."""
    present = list(nodes.glob("pcm*")) if nodes.is_dir() else []
    return bool(present) and not any(os.access(node, os.R_OK | os.W_OK) for node in present)


def _preferred(devices: list[Device]) -> Device:
    for name, reason in PREFERENCE.items():
        for device in devices:
            if device.name.casefold() == name:
                return replace(device, reason=reason)
    for device in devices:
        if device.is_default:
            return replace(device, reason="it is the system's own choice")
    return replace(devices[0], reason="it is the first that there is")


def _named(devices: list[Device], wanted: str) -> Device:
    for device in devices:
        if device.name.casefold() == wanted.casefold():
            return replace(device, reason="it was asked for")
    matching = [device for device in devices if wanted.casefold() in device.name.casefold()]
    if not matching or not wanted.strip():
        names = ", ".join(f'"{device.name}"' for device in devices)
        raise Unreadable(f'No {devices[0].direction} is called "{wanted}".', f"There are: {names}.")
    others = f", the first of {len(matching)} such" if len(matching) > 1 else ""
    return replace(matching[0], reason=f'it was asked for as "{wanted}"{others}')


def pair_name(microphone: Device, speaker: Device) -> str:
    """What the two are called together."""
    return f"{microphone.name} and {speaker.name} ({microphone.host_api})"


def worker_command(request: dict[str, Any]) -> list[str]:
    """The command line of a device worker for `request` (see device_worker)."""
    # -P keeps the current folder, whose files may have common names, off the child's path.
    return [sys.executable, "-P", "-c", _RUN_WORKER, str(Path(voicecoach.__file__).parents[1]), json.dumps(request)]


def failure(answer: dict[str, Any]) -> Missing:
    """What the worker's error means to the person at the keyboard."""
    if answer["error"] == "library":
        return Missing("PortAudio, which reaches the sound devices, is not installed.", "On Debian: sudo apt install libportaudio2.")
    if answer["error"] == "absent":
        return Missing(f"The {answer['detail']} is not there any more.", "Plug it in; `voicecoach devices` lists what there is.")
    if answer["error"] == "busy":
        return Missing("Another program uses the sound device.", "Close that program, or choose another device: `voicecoach devices`.")
    return Missing(
        f"The sound device can't be opened ({answer['detail']}).", "Choose another one: `voicecoach devices` lists what there is."
    )
