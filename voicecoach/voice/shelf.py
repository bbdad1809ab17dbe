"""What was rendered once stays: on disk, and in memory as much of it as is said again and again."""

import hashlib
import io
import json
import tempfile
import wave
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from voicecoach.durable import private_folder, write_whole
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm

MEMORY_SAMPLES = 120 * VOICE_RATE_HZ
"""12 MB of float32. The cues and the counting of ten lifts are a minute, of twenty-two one and a half: said again and again, they stay.
A long sentence is said once or twice, and read again in 2 ms at most."""

DIGEST_BYTES = hashlib.sha256().digest_size


class Sounding(Protocol):
    """Where a sentence becomes sound."""

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        """The sound of `text`; nothing of it stays on the disk unless `kept`. Raises CoachError when there is none."""


class Renders(Protocol):
    """What the shelf needs of a renderer."""

    voice: str
    words_per_minute: int

    @property
    def engine(self) -> str:
        """Name and version of what renders."""
        ...

    def render(self, text: str) -> Pcm:
        """Speak `text`, as renderer.Renderer does."""
        ...


class Shelf:
    """Rendered sentences by text, voice, rate and engine. Use it from one thread; several processes may share `folder`.

    A file is a 16-bit WAV and, after its end, where players don't look, the sha256 of it: what doesn't match is rendered again.
    """

    def __init__(self, folder: Path, renderer: Renders, memory_samples: int = MEMORY_SAMPLES) -> None:
        self._folder = folder
        self._renderer = renderer
        self._memory_samples = memory_samples
        self._memory: OrderedDict[str, Pcm] = OrderedDict()
        self._held_samples = 0
        self.unwritable = not _can_write(folder)
        """True where sentences are kept in memory only."""

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        """Give the sound of `text`: from memory, else from disk, else rendered (some 30 ms). Errors: as Renderer.render.

        What isn't `kept` stays in memory only.
        """
        key = self._key(text)
        pcm = self._kept(key)
        if pcm is None:
            pcm = self._renderer.render(text)
            self._remember(key, pcm)
            if kept:
                self._write(key, pcm)
        return pcm

    def kept(self, text: str) -> Pcm | None:
        """The sound of `text` if it needn't be made. Errors: as Renderer.engine."""
        return self._kept(self._key(text))

    def stock(self, texts: Iterable[str]) -> Iterator[int]:
        """Render those of `texts` that aren't on the disk, one a step; each step gives how many are still to be rendered, 0 at the last.

        Memory keeps nothing of it. Where nothing can be written there is nothing to do.
        """
        missing = {key: text for text in dict.fromkeys(texts) if _whole(self._path(key := self._key(text))) is None}
        for left, (key, text) in zip(reversed(range(len(missing))), missing.items(), strict=True):
            if self.unwritable:
                return
            self._write(key, self._renderer.render(text))
            yield left

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those of `texts` that have no file yet, without a look at what is in the others."""
        return [text for text in dict.fromkeys(texts) if not self._path(self._key(text)).exists()]

    def _key(self, text: str) -> str:
        parts = [text, self._renderer.voice, self._renderer.words_per_minute, self._renderer.engine]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.wav"

    def _kept(self, key: str) -> Pcm | None:
        if key in self._memory:
            self._memory.move_to_end(key)
            return self._memory[key]
        pcm = _read(self._path(key))
        if pcm is not None:
            self._remember(key, pcm)
        return pcm

    def _remember(self, key: str, pcm: Pcm) -> None:
        self._memory[key] = pcm
        self._held_samples += len(pcm.samples)
        while self._held_samples > self._memory_samples and len(self._memory) > 1:
            _, oldest = self._memory.popitem(last=False)
            self._held_samples -= len(oldest.samples)

    def _write(self, key: str, pcm: Pcm) -> None:
        if self.unwritable:
            return
        try:
            # Not synced: what a power cut tears is rendered again, and a thousand of them would keep the journal waiting for the disk.
            write_whole(self._path(key), _packed(pcm), synced=False)
        except OSError:
            self.unwritable = True


def _can_write(folder: Path) -> bool:
    try:
        private_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def size_mb(folder: Path) -> int:
    """How much the sentences in `folder` take, in megabytes."""
    return sum(path.stat().st_size for path in folder.glob("*.wav")) // 1_000_000


def wav_of(pcm: Pcm) -> bytes:
    """A WAV file of 16 bits."""
    body = io.BytesIO()
    with wave.open(body, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(pcm.rate_hz)
        sound.writeframes(np.clip(np.round(pcm.samples * 32768), -32768, 32767).astype("<i2").tobytes())
    return body.getvalue()


def _packed(pcm: Pcm) -> bytes:
    body = wav_of(pcm)
    return body + hashlib.sha256(body).digest()


def _whole(path: Path) -> bytes | None:
    """The WAV in a file that is as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    body, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    return body if hashlib.sha256(body).digest() == digest else None


def _read(path: Path) -> Pcm | None:
    if (body := _whole(path)) is None:
        return None
    with wave.open(io.BytesIO(body)) as sound:
        stored = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
    samples = stored.astype(np.float32) / np.float32(32768)
    samples.flags.writeable = False
    return Pcm(samples, VOICE_RATE_HZ)
