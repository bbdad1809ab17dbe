"""Which of PortAudio's devices is meant, inside the device worker. Needs nothing but Python."""

from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any

Described = dict[str, Any]
"""What `described` says of a device."""
Found = dict[str, tuple[int, Described]]
"""By direction: PortAudio's index, which holds for this process only, and the device."""


class Absent(Exception):
    """`str()` is "microphone", "speaker" or "microphone and speaker"."""


def described(portaudio: ModuleType) -> list[Described]:
    """Every device, in PortAudio's order."""
    hosts = portaudio.query_hostapis()
    host = portaudio.default.hostapi
    return [
        {
            "name": device["name"],
            "host_api": hosts[device["hostapi"]]["name"],
            "rate_hz": int(device["default_samplerate"]),
            "microphone_channels": device["max_input_channels"],
            "speaker_channels": device["max_output_channels"],
            "microphone_default": device["index"] == hosts[host]["default_input_device"],
            "speaker_default": device["index"] == hosts[host]["default_output_device"],
        }
        for device in portaudio.query_devices()
    ]


def find(devices: Sequence[Described], request: dict[str, Any]) -> Found:
    """The devices that a worker was asked for. Raises Absent."""
    found: Found = {}
    wanted = [direction for direction in ("microphone", "speaker") if request[direction] is not None]
    for direction in wanted:
        usable = [(index, device) for index, device in enumerate(devices) if device[f"{direction}_channels"] > 0]
        name, host_api = request[direction]
        for fits in _tests(direction, name, host_api, request["instead"]):
            if matching := [one for one in usable if fits(one[1])]:
                found[direction] = matching[0]
                break
    if absent := [direction for direction in wanted if direction not in found]:
        raise Absent(" and ".join(absent))
    return found


def _tests(direction: str, name: str, host_api: str, instead: list[str] | None) -> Iterator[Callable[[Described], bool]]:
    """What the device has to be, the best first: the wanted one, under another of ALSA's card numbers, or what will do instead."""
    yield lambda device: device["host_api"] == host_api and device["name"] == name
    yield lambda device: device["host_api"] == host_api and _without_card(device["name"]) == _without_card(name)
    if instead is None:
        return
    for other in instead:
        yield lambda device, other=other: device["name"].casefold() == other  # type: ignore[misc]
    yield lambda device: bool(device[f"{direction}_default"])
    yield lambda _device: True


def _without_card(name: str) -> str:
    """The card's number in "USB Audio: - (hw:1,0)" depends on what else is plugged in."""
    return name.partition(" (hw:")[0]
