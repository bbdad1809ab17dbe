"""What a rehearsal leaves behind: events, both sounds, a transcript and a picture."""

import errno
import json
import wave
from collections.abc import Callable
from contextlib import ExitStack
from io import BufferedWriter, TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import numpy as np

from voicecoach.durable import SHARED, opened_to_grow, write_whole
from voicecoach.errors import CoachError, Missing, Unreadable
from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Samples
from voicecoach.rehearsal.timeline import timeline
from voicecoach.rehearsal.transcript import Transcript
from voicecoach.rehearsal.trigger import Logged

_FULL_SCALE = 32768

_KEPT_SAMPLES = EARS_RATE_HZ
"""Sound goes to the disk a second at a time, and the file's header with it: a torn run leaves files that play."""


class Results:
    """Writes into `folder` while the session goes on: a context manager. Without a folder only the transcript is shown.

    `show` gets every line of the transcript. Raises Unreadable if the folder can't be written, Missing when the disk fills up.
    """

    def __init__(self, folder: Path | None, show: Callable[[str], None]) -> None:
        self._folder = folder
        self._show = show
        self._transcript = Transcript(self._line)
        self._events: list[Logged] = []
        self._files = ExitStack()
        self._log: TextIO | None = None
        self._text: TextIO | None = None
        self._sounds: tuple[_Recording, _Recording] | None = None

    def __enter__(self) -> Self:
        if self._folder is None:
            return self
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._log = self._files.enter_context(_lines(self._folder / "events.jsonl"))
            self._text = self._files.enter_context(_lines(self._folder / "transcript.txt"))
            speaker = self._files.enter_context(_Recording(self._folder / "speaker.wav", VOICE_RATE_HZ))
            self._sounds = speaker, self._files.enter_context(_Recording(self._folder / "microphone.wav", EARS_RATE_HZ))
        except OSError as error:
            self._files.close()
            raise _unwritable(self._folder, error) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._folder is None:
            return
        try:
            self._files.close()
            write_whole(self._folder / "timeline.svg", timeline(self._events).encode(), SHARED)
        except OSError as failure:
            if error is None:
                raise _unwritable(self._folder, failure) from None

    def event(self, event: Logged) -> None:
        """One event, in order."""
        self._transcript.event(event)
        if self._log is not None:
            self._events.append(event)
            self._write(self._log, json.dumps(event, ensure_ascii=False))

    def sound(self, played: Samples, microphone: Samples) -> None:
        """A block of what the speaker played (24 kHz), and of what the ears got (16 kHz)."""
        if self._sounds is not None and self._folder is not None:
            try:
                for recording, samples in zip(self._sounds, (played, microphone), strict=True):
                    recording.append(samples)
            except OSError as error:
                raise _unwritable(self._folder, error) from None

    def note(self, text: str) -> None:
        """A remark at the end of the transcript."""
        self._transcript.note(text)

    def _line(self, text: str) -> None:
        self._show(text)
        if self._text is not None:
            self._write(self._text, text)

    def _write(self, file: TextIO, line: str) -> None:
        try:
            file.write(line + "\n")
            file.flush()
        except OSError as error:
            raise _unwritable(self._folder or Path(), error) from None


def _lines(path: Path) -> TextIO:
    return TextIOWrapper(BufferedWriter(opened_to_grow(path)), encoding="utf-8", errors="replace")


class _Recording:
    """A WAV file of 16 bits that grows."""

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._file = BufferedWriter(opened_to_grow(path))
        self._wave = wave.Wave_write(self._file)
        self._wave.setnchannels(1)
        self._wave.setsampwidth(2)
        self._wave.setframerate(rate_hz)
        self._pending: list[Samples] = []
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._file:
            try:
                self._flush()
            finally:
                self._wave.close()

    def append(self, samples: Samples) -> None:
        self._pending.append(samples)
        self._count += len(samples)
        if self._count >= _KEPT_SAMPLES:
            self._flush()

    def _flush(self) -> None:
        whole = np.concatenate([*self._pending, np.zeros(0, np.float32)])
        self._pending, self._count = [], 0
        self._wave.writeframes(np.clip(np.rint(whole * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1).astype("<i2").tobytes())


def _unwritable(path: Path, error: OSError) -> CoachError:
    if error.errno == errno.ENOSPC:
        return Missing(f"There is no room left on the disk of {path}.", "Make room, or name another folder with --out.")
    return Unreadable(f"{path} can't be written: {error.strerror or error}.", "Name another folder with --out.")
