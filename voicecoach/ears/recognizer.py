"""The one door to Vosk: a speech model on disk, and recognisers that turn its sound into words."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from voicecoach.errors import Broken, Missing
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

MODEL_PARTS = (
    "am/final.mdl",
    "conf/mfcc.conf",
    "conf/model.conf",
    "graph/Gr.fst",
    "graph/HCLr.fst",
    "graph/phones/word_boundary.int",
    "ivector/final.ie",
)
"""Without any of these Vosk logs to stderr and hands back an empty model, or ends the process."""

UNKNOWN = "[unk]"
"""Vosk's word for a sound that is none of the list's words."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What the utterance is taken for so far; `final` when it is over, and the next hypothesis begins anew."""

    text: str
    final: bool


class SpeechModel:
    """The model in a folder, loaded once (about half a second and 160 MB) and shared by any number of recognisers, one thread each.

    Missing when the folder isn't a speech model, Missing too when the library can't be loaded, Broken when the model can't.
    """

    def __init__(self, path: Path) -> None:
        for part in MODEL_PARTS:
            if not (path / part).is_file():
                raise Missing(f"There is no speech model in {path} ({part} is not there).", "Run `voicecoach model` to fetch it.")
        try:
            with _without_requests():
                import vosk  # noqa: PLC0415 - its library may be absent, and that is a sentence to say, not a traceback at start-up
        except (ImportError, OSError) as error:
            raise Missing(f"The speech recogniser vosk can't be loaded ({error}).", "Install vosk, and on Debian libatomic1.") from error
        vosk.SetLogLevel(-1)
        self.path = path
        self._vosk: Any = vosk
        try:
            self._model: Any = vosk.Model(model_path=str(path))
        except Exception as error:  # vosk raises nothing narrower
            raise Broken(f"The speech model in {path} can't be read.", "Run `voicecoach model` to fetch it again.") from error

    def unknown(self, phrases: Iterable[str]) -> list[str]:
        """The words of lower-case `phrases` that the model can't hear, in alphabetical order: Vosk drops them without a sound."""
        words = {word for phrase in phrases for word in phrase.split()}
        return sorted(word for word in words if self._model.vosk_model_find_word(word) < 0)

    def decoder(self, words: Sequence[str]) -> Any:  # noqa: ANN401 - vosk has no types
        """A new Vosk decoder for `words` (phrases allowed), or for free dictation if there are none."""
        if not words:
            return self._vosk.KaldiRecognizer(self._model, float(EARS_RATE_HZ))
        return self._vosk.KaldiRecognizer(self._model, float(EARS_RATE_HZ), json.dumps([*words, UNKNOWN], ensure_ascii=False))


class Recognizer:
    """Hears `words` (phrases allowed) and nothing else, or everything if there are none. Cheap: about a millisecond to make. One thread."""

    def __init__(self, model: SpeechModel, words: Sequence[str]) -> None:
        self._decoder = model.decoder(words)

    def feed(self, samples: Samples) -> Hypothesis:
        """Take the next stretch of sound, any length, and say what the utterance is taken for now."""
        pcm = (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        if self._decoder.AcceptWaveform(pcm):
            return Hypothesis(json.loads(self._decoder.Result())["text"], final=True)
        return Hypothesis(json.loads(self._decoder.PartialResult())["partial"], final=False)

    def finish(self) -> Hypothesis:
        """What the utterance is, if it ends here."""
        return Hypothesis(json.loads(self._decoder.FinalResult())["text"], final=True)


@contextmanager
def _without_requests() -> Iterator[None]:
    """Vosk imports it to fetch models by name, which nobody asks of it here: and importing it alone binds a socket of the network."""
    there = sys.modules.get("requests")
    sys.modules["requests"] = there or ModuleType("requests")
    try:
        yield
    finally:
        if there is None:
            del sys.modules["requests"]
