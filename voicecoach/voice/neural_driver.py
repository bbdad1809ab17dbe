"""A driver for pyttsx3 whose voice sounds like a person: hibari's "heart". It writes files and plays nothing.

pyttsx3 loads a driver as `pyttsx3.drivers.NAME`; `render_worker` puts this module there, as "neural", by its path. So it imports nothing
of the program's, and strangers only when they are asked for. The model takes seconds to load and 150 MB; it stays for the next sentence.
"""

import wave
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

VOICE = "heart"
"""The one that comes along in hibari's wheel. It would fetch its others from the network, so they are not offered."""

PACE_WPM = 182
"""What espeak-ng is to be set to, to take as long for the coach's sentences as this voice at its own pace."""
SLOWEST_WPM, FASTEST_WPM = 91, 364
"""Half and twice its own pace: beyond, the model does something else."""
SEED = 0
"""Of the breath in the voice: the same text gives the same samples."""


INSTALL = "Install it where voicecoach is: .venv/bin/pip install hibari-tts==0.2.1"


def engine() -> str:
    """Name and version of what speaks. Raises ImportError where it isn't installed; loads nothing."""
    return f"hibari {version('hibari-tts')} on onnxruntime {version('onnxruntime')} by pyttsx3 {version('pyttsx3')}"


def buildDriver(proxy: Any) -> "NeuralDriver":  # noqa: ANN401, N802 (pyttsx3 has no types, and calls it so)
    """What pyttsx3 asks of a driver's module."""
    return NeuralDriver(proxy)


class NeuralDriver:
    """What pyttsx3 asks of a driver. Whatever is asked is done at once: the loop has nothing to wait for."""

    def __init__(self, proxy: Any) -> None:  # noqa: ANN401 (pyttsx3 has no types)
        from pyttsx3.voice import Voice

        self._proxy = proxy
        self._properties = {"voices": [Voice(VOICE, "Heart", ["en-us"], "female")], "voice": VOICE, "rate": PACE_WPM, "volume": 1.0}

    def getProperty(self, name: str) -> object:  # noqa: N802 (pyttsx3 calls it so)
        """The voices, or how it speaks now. Raises KeyError."""
        return self._properties[name]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802 (pyttsx3 calls it so)
        """Speak so from now on. Raises KeyError, ValueError: as before then."""
        if name not in ("voice", "rate", "volume"):
            raise KeyError(name)
        if name == "voice" and value != VOICE:
            raise ValueError(f"there is no voice {value}")
        self._properties[name] = value

    def save_to_file(self, text: str, filename: str) -> None:
        """Writes `text`, spoken, into `filename`. Raises ValueError where there is nothing to hear in it."""
        self._proxy.setBusy(True)
        rate, volume = (float(str(self._properties[name])) for name in ("rate", "volume"))
        samples = np.asarray(_model()(text, speed=rate / PACE_WPM, seed=SEED))
        if not samples.any():
            raise ValueError(f"it has no sound for {text!r}")
        with wave.open(filename, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(_model().sample_rate)
            file.writeframes((np.clip(samples * volume, -1, 1) * 32767).astype("<i2").tobytes())
        self._proxy.setBusy(False)

    def startLoop(self) -> None:  # noqa: N802 (pyttsx3 calls it so)
        """Does all that is asked, and returns."""
        self._proxy.setBusy(False)

    def iterate(self) -> Iterator[None]:
        """The same, for somebody else's loop."""
        self._proxy.setBusy(False)
        yield

    def endLoop(self) -> None:  # noqa: N802 (pyttsx3 calls it so)
        """There is none to end."""

    def stop(self) -> None:
        """Nothing plays."""


@cache
def _model() -> Any:  # noqa: ANN401 (hibari has no types)
    from hibari import Hibari

    return Hibari(VOICE)
