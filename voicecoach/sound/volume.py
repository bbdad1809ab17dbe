"""How loud the machine has microphone and speaker, and whether they are muted: asked of the sound server's own programs, and set by them.

pactl (PipeWire, PulseAudio) or wpctl (PipeWire) for what goes through a server, amixer for a card of ALSA's.
"""

import os
import re
import subprocess
from dataclasses import dataclass

from voicecoach.errors import CheckFailed
from voicecoach.sound.devices import PREFERENCE, Device, Direction

_PATIENCE_S = 5.0
_PERCENT = re.compile(r"(\d+)%")
_SHARE = re.compile(r"Volume: (\d+\.\d+)")
_MUTED = re.compile(r"Mute: yes|\[MUTED\]|\[off\]")
_CARD = re.compile(r"\(hw:(\d+)")
_KINDS: dict[Direction, str] = {"microphone": "source", "speaker": "sink"}
_CONTROLS: dict[Direction, tuple[str, ...]] = {
    "microphone": ("Capture", "Mic"),
    "speaker": ("Master", "PCM", "Speaker", "Headphone"),
}
"""What cards call them, the one that counts for all first."""
MONITOR = ".monitor"
"""How a server ends the name of what a speaker plays."""


@dataclass(frozen=True, slots=True)
class Control:
    """What is asked for the volume of one device, and what sets it; {percent} and {share} are filled in."""

    ask: tuple[tuple[str, ...], ...]
    set: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """Of one device; 100 is as loud as it is made for. `by` is what told it."""

    percent: int
    muted: bool
    by: Control


def volume_of(device: Device) -> Volume | None:
    """How loud the machine has `device`; None where no program tells."""
    for control in _controls(device):
        answers = [_said(*command) for command in control.ask]
        told = "\n".join(answer for answer in answers if answer)
        if None not in answers and (percent := _percent(told)) is not None:
            return Volume(percent, _MUTED.search(told) is not None, control)
    return None


def set_volume(volume: Volume, percent: int) -> None:
    """Unmutes it, and makes it so loud. Raises CheckFailed."""
    for command in volume.by.set:
        words = [word.format(percent=percent, share=percent / 100) for word in command]
        if _said(*words) is None:
            raise CheckFailed(f"`{' '.join(words)}` failed.", "Set it in the sound settings of this machine.")


def hears_only_the_coach(device: Device) -> bool:
    """Whether the server's microphone is nothing but what its speaker plays."""
    speaker = _said("pactl", "get-default-sink") if _served(device) else None
    return speaker is not None and _said("pactl", "get-default-source") == f"{speaker}{MONITOR}"


def other_microphones() -> list[str]:
    """The server's real microphones."""
    rows = [line.split("\t") for line in (_said("pactl", "list", "short", "sources") or "").splitlines()]
    return [row[1] for row in rows if len(row) > 1 and not row[1].endswith(MONITOR)]


def take_microphone(name: str) -> None:
    """Makes that one the server's default. Raises CheckFailed."""
    if _said("pactl", "set-default-source", name) is None:
        raise CheckFailed(f"{name} can't be made the default.", "Choose the microphone in the sound settings of this machine.")


def _served(device: Device) -> bool:
    return device.name.casefold() in PREFERENCE


def _controls(device: Device) -> list[Control]:
    kind = _KINDS[device.direction]
    if _served(device):
        name, node = f"@DEFAULT_{kind.upper()}@", f"@DEFAULT_AUDIO_{kind.upper()}@"
        return [
            Control(
                (("pactl", f"get-{kind}-volume", name), ("pactl", f"get-{kind}-mute", name)),
                (("pactl", f"set-{kind}-mute", name, "0"), ("pactl", f"set-{kind}-volume", name, "{percent}%")),
            ),
            Control((("wpctl", "get-volume", node),), (("wpctl", "set-mute", node, "0"), ("wpctl", "set-volume", node, "{share}"))),
        ]
    card = _CARD.search(device.name)
    amixer = ("amixer", "-c", card[1]) if card else ("amixer",)
    switched = "cap" if device.direction == "microphone" else "unmute"
    return [
        Control(((*amixer, "sget", control),), ((*amixer, "sset", control, "{percent}%", switched),))
        for control in _CONTROLS[device.direction]
    ]


def _percent(told: str) -> int | None:
    if found := _PERCENT.search(told):
        return int(found[1])
    share = _SHARE.search(told)
    return round(100 * float(share[1])) if share else None


def _said(*command: str) -> str | None:
    """What a program prints; None where it isn't there, fails or hangs."""
    try:
        environment = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None
