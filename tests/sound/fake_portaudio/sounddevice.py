"""Takes sounddevice's place in a device worker: devices that are files, unplugged by removing them.

A file "microphone…" is a device that hears a tone of 1 kHz, "speaker…" one that adds what it plays to "played" (raw float32), "headset…" is
both. What the file holds is the only rate that it takes, or "busy".
"""

import os
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

_PLUGGED = Path(os.environ["FAKE_PORTAUDIO"])
if (_PLUGGED / "no_library").exists():
    raise OSError("PortAudio library not found")

default = SimpleNamespace(hostapi=0)
_KINDS = {"microphone": (1, 0), "speaker": (0, 1), "headset": (1, 1)}


class PortAudioError(Exception):
    pass


def query_hostapis() -> list[dict[str, Any]]:
    return [{"name": "Fake", "default_input_device": 0, "default_output_device": 0}]


def _present() -> list[Path]:
    return sorted(path for path in _PLUGGED.iterdir() if path.name.startswith(tuple(_KINDS)))


def query_devices() -> list[dict[str, Any]]:
    return [
        {
            "name": path.name,
            "index": index,
            "hostapi": 0,
            "default_samplerate": 44100.0,
            "max_input_channels": hears,
            "max_output_channels": plays,
        }
        for index, path in enumerate(_present())
        for kind, (hears, plays) in _KINDS.items()
        if path.name.startswith(kind)
    ]


class _Stream:
    """Calls back every 20 ms while all of its devices are plugged in, and then no more, as a lost device does."""

    hears, plays = True, True

    def __init__(self, device: Any, samplerate: int, blocksize: int, channels: Any, callback: Any, **_rest: Any) -> None:
        self._files = [_present()[index] for index in (device if isinstance(device, tuple) else (device,))]
        self._channels = channels[1] if isinstance(channels, tuple) else channels
        for path in self._files:
            only = path.read_text()
            if only == "busy":
                raise PortAudioError("Error opening stream: Device unavailable [PaErrorCode -9985]")
            if only and int(only) != samplerate:
                raise PortAudioError("Error opening stream: Invalid sample rate [PaErrorCode -9997]")
        self.active = True
        self._frames, self._rate_hz, self._callback = blocksize, samplerate, callback

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        flags = SimpleNamespace(input_overflow=False, output_underflow=False)
        pause = threading.Event()
        at = 0
        left_s = 1.0 if (_PLUGGED / "goes_after_1_s").exists() else float("inf")
        while left_s > 0 and all(path.exists() for path in self._files):
            left_s -= self._frames / self._rate_hz
            heard = np.sin(2 * np.pi * 1000 * np.arange(at, at + self._frames) / self._rate_hz).astype(np.float32)
            played = bytearray(self._frames * 4 * self._channels)
            buffers = [memoryview(heard.tobytes())] * self.hears + [memoryview(played)] * self.plays
            self._callback(*buffers, self._frames, None, flags)
            if self.plays:
                with (_PLUGGED / "played").open("ab") as file:
                    file.write(played)
            at += self._frames
            pause.wait(self._frames / self._rate_hz)


class RawStream(_Stream):
    pass


class RawInputStream(_Stream):
    plays = False


class RawOutputStream(_Stream):
    hears = False
