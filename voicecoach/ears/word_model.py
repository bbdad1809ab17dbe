"""A small model of single words beside Vosk: the one door to pyopen_wakeword.

Google's speech embedding, which openWakeWord made usable outside its laboratory (Apache-2.0), turns the last 0.8 s of sound into 96
numbers, twelve times a second. A network of our own, trained by benchmarks/words, tells from them which word has just ended. It hears no
sound above 3.8 kHz, so a mat or a telephone takes little from it, and it errs on other sounds than Vosk does.
"""

from collections import deque
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicecoach.durable import read_whole
from voicecoach.ears.loudness import softly_limited
from voicecoach.errors import Broken, Missing
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

HOP_S = 0.08
LAGS = (0, 2, 4)
"""What the network looks at, in hops: now, and 0.16 and 0.32 s ago; 1.1 s of sound in all."""

CONTEXT_S = 1.5
"""Sound from before that is needed for a score now: those 1.1 s and the RECENT_HOPS before. Older scores, up to LATELY_HOPS, may be too
high after a rest, never too low: what they could deny is believed."""

RECENT_HOPS = 5
"""A word counts for 0.4 s after the network has recognised it."""

LATELY_HOPS = 17
"""Vosk says some words more than a second late: so far back the best score is sought before it is denied."""

DEAF_HOPS = 10
"""A word is in what an embedding sees for 0.8 s."""

UNHEARD = -20.0
"""The score of what has not been heard."""

EMBEDDED = 96
"""Numbers in an embedding."""

MOST_BYTES = 20_000_000
"""Twenty times the file."""

PARTS = ("words", "real", "w1", "b1", "w2", "b2", "w3", "b3")


@dataclass(frozen=True, slots=True)
class WordModel:
    """The network: scores of words from stacked embeddings. Immutable; may be shared between threads."""

    words: tuple[str, ...]
    recorded: frozenset[str]
    """Those of `words` that it has heard from real people, and not from synthetic voices only."""
    layers: tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]

    @classmethod
    def load(cls, path: Path) -> "WordModel":
        """Reads the file that benchmarks/words writes. Missing when it isn't there, Broken when it can't be read."""
        try:
            with np.load(BytesIO(read_whole(path, MOST_BYTES))) as parts:
                return _sound(cls.of({name: parts[name] for name in PARTS}))
        except FileNotFoundError:
            raise Missing(f"There is no word model at {path}.", "It is part of voicecoach: install that again.") from None
        except Exception as error:  # numpy, zipfile and zlib have a dozen for what is damaged
            raise Broken(
                f"The word model at {path} can't be read ({getattr(error, 'strerror', error)}).",
                "It is part of voicecoach: install that again.",
            ) from error

    @classmethod
    def of(cls, parts: dict[str, NDArray[np.generic]]) -> "WordModel":
        """From arrays by the names in PARTS; weights of any float type. ValueError for others."""
        if strange := [name for name in PARTS[2:] if parts[name].dtype.kind != "f"]:
            raise ValueError(f"its {strange[0]} holds no weights")
        with np.errstate(over="ignore"):  # what is too large becomes infinite, and is refused where a file is read
            layers = [(parts[f"w{n}"].astype(np.float32), parts[f"b{n}"].astype(np.float32)) for n in (1, 2, 3)]
        words = tuple(str(word) for word in parts["words"])
        return cls(words, frozenset(word for word, real in zip(words, parts["real"], strict=True) if real), tuple(layers))

    def scores(self, stacked: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each row of embeddings (n, 96 times the number of LAGS) each word's odds against all else, as natural logarithms."""
        z = stacked
        for weights, bias in self.layers[:-1]:
            z = np.maximum(z @ weights + bias, 0.0)
        weights, bias = self.layers[-1]
        z = z @ weights + bias
        z = z - z.max(axis=1, keepdims=True)
        shares = np.exp(z)
        rest = shares.sum(axis=1, keepdims=True) - shares
        return np.asarray(z - np.log(rest + np.exp(UNHEARD)), np.float32)[:, : len(self.words)]


def _sound(model: WordModel) -> WordModel:
    """The model, if it can judge any sound. ValueError for one that can't."""
    if not model.words or not all(np.isfinite(part).all() for layer in model.layers for part in layer):
        raise ValueError("it has no words, or weights that are no numbers")
    scores = model.scores(np.zeros((1, EMBEDDED * len(LAGS)), np.float32))
    if scores.shape != (1, len(model.words)) or not np.isfinite(scores).all():
        raise ValueError("its parts don't fit together")
    return model


def stacked(embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Embeddings (n, 96), a hop each, with those LAGS before beside them: (n, 288). What lies before the first is the first."""
    rows = np.maximum(np.arange(len(embeddings))[:, None] - np.array(LAGS), 0)
    return np.asarray(embeddings[rows].reshape(len(embeddings), -1), np.float32)


class Embedder:
    """Sound in, embeddings out, continuously. One thread. Missing when the library can't be loaded."""

    def __init__(self) -> None:
        try:
            from pyopen_wakeword.openwakeword import OpenWakeWordFeatures  # noqa: PLC0415 - its library may fail to load

            self._features = OpenWakeWordFeatures.from_builtin()
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            raise Missing(f"The word model's library can't be loaded ({error}).", "Install pyopen-wakeword again.") from error
        # Otherwise it would first go through eight seconds of silence.
        self._features.new_audio_samples = 0

    def feed(self, samples: Samples) -> NDArray[np.float32]:
        """The embeddings (n, 96) that end in these samples."""
        pcm = (np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
        found = [embedding.reshape(1, -1) for embedding in self._features.process_streaming(pcm)]
        return np.concatenate(found) if found else np.zeros((0, 96), np.float32)


class Spotter:
    """Which single words have just been said. Takes sound as it comes and listens to it only when it is asked. One thread."""

    def __init__(self, model: WordModel) -> None:
        self._model = model
        self._embedder = Embedder()
        self._waiting: deque[Samples] = deque()
        self._waiting_samples = 0
        self._embeddings: deque[NDArray[np.float32]] = deque(maxlen=max(LAGS) + 1)
        self._scores: deque[NDArray[np.float32]] = deque(maxlen=LATELY_HOPS)
        self._deaf_hops = 0
        self.heard_s = 0.0
        """How much sound it has really listened to."""

    def add(self, samples: Samples) -> None:
        """Take the next stretch of sound, any length, without the coach's echo and before any gain."""
        self._waiting.append(samples)
        self._waiting_samples += len(samples)
        while self._waiting_samples - len(self._waiting[0]) > CONTEXT_S * EARS_RATE_HZ:
            self._waiting_samples -= len(self._waiting.popleft())

    @property
    def recorded(self) -> frozenset[str]:
        """The words that the model has heard from real people."""
        return self._model.recorded

    def forget(self) -> None:
        """What has just been said has been acted upon: for as long as it can be heard there is no opinion."""
        self._deaf_hops = DEAF_HOPS

    def odds(self, gain_db: float, word: str) -> float | None:
        """The best odds (natural logarithm) of a word in the last 0.4 s; None where there is no opinion, as of a word never learned.

        What hasn't been listened to yet is heard `gain_db` louder.
        """
        return self._best(gain_db, word, RECENT_HOPS)

    def odds_lately(self, gain_db: float, word: str) -> float | None:
        """The same for the last 1.4 s: Vosk may say a word as late as that."""
        return self._best(gain_db, word, LATELY_HOPS)

    def _best(self, gain_db: float, word: str, hops: int) -> float | None:
        if word not in self._model.words:
            return None
        if self._waiting:
            self._listen(gain_db)
        if self._deaf_hops or self.heard_s < CONTEXT_S:
            return None
        nth = self._model.words.index(word)
        return float(max(scores[nth] for scores in list(self._scores)[-hops:]))

    def _listen(self, gain_db: float) -> None:
        self.heard_s += self._waiting_samples / EARS_RATE_HZ
        for embedding in self._embedder.feed(softly_limited(np.concatenate(self._waiting), gain_db)):
            self._embeddings.append(embedding)
            self._deaf_hops = max(self._deaf_hops - 1, 0)
            rows = np.stack(self._embeddings)
            self._scores.append(self._model.scores(stacked(rows)[-1:])[0])
        self._waiting.clear()
        self._waiting_samples = 0
