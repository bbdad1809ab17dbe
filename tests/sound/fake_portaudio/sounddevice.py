"""Takes sounddevice's place in a device worker: devices that are files, unplugged by removing them."""

import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_PLUGGED = Path(os.environ["FAKE_PORTAUDIO"])
if (_PLUGGED / "no_library").exists():
    raise OSError("PortAudio library not found")

default = SimpleNamespace(hostapi=0)


class PortAudioError(Exception):
    pass


def query_hostapis() -> list[dict[str, Any]]:
    return [{"name": "Fake", "default_input_device": 0, "default_output_device": 0}]


def query_devices() -> list[dict[str, Any]]:
    present = [name for name in ("microphone", "speaker") if (_PLUGGED / name).exists()]
    return [
        {
            "name": name,
            "index": index,
            "hostapi": 0,
            "default_samplerate": 44100.0,
            "max_input_channels": int(name == "microphone"),
            "max_output_channels": int(name == "speaker"),
        }
        for index, name in enumerate(present)
    ]


class _Stream:
    """Calls back every 20 ms while all of its devices are plugged in, and then no more, as a lost device does."""

    directions: tuple[str, ...] = ("microphone", "speaker")

    def __init__(self, samplerate: int, blocksize: int, callback: Any, **_rest: Any) -> None:
        if (_PLUGGED / "refuses_48000").exists() and samplerate == 48_000:
            raise PortAudioError("Invalid sample rate")
        self.active = True
        self._frames, self._seconds, self._callback = blocksize, blocksize / samplerate, callback

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        flags = SimpleNamespace(input_overflow=False, output_underflow=False)
        pause = threading.Event()
        left_s = 1.0 if (_PLUGGED / "goes_after_1_s").exists() else float("inf")
        while left_s > 0 and all((_PLUGGED / direction).exists() for direction in self.directions):
            left_s -= self._seconds
            buffers = [memoryview(bytearray(self._frames * 4)) for _ in self.directions]
            self._callback(*buffers, self._frames, None, flags)
            pause.wait(self._seconds)


class RawStream(_Stream):
    pass


class RawInputStream(_Stream):
    directions = ("microphone",)


class RawOutputStream(_Stream):
    directions = ("speaker",)
