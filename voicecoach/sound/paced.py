"""The exchange of blocks without a device: a recording as the microphone, a file as the speaker."""

import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from voicecoach.durable import PRIVATE, opened_to_grow
from voicecoach.errors import Unreadable
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, EARS_RATE_HZ, VOICE_BLOCK, VOICE_RATE_HZ, Gaps, Pcm, Samples
from voicecoach.sound.resampling import Resampler, resampled
from voicecoach.sound.standstill import Standstill

_BLOCK_S = BLOCK_MS / 1000
_NOISE_DBFS = -60.0
"""A quiet room. Digital silence would be a thing that no microphone delivers."""
_FULL_SCALE = 32_767
_MOST_BEHIND_S = 0.2
"""What is made up for after a delay; the clock leaves out the rest, as it does while the machine sleeps."""
_JOIN_S = 3.0


class RecordedMicrophone:
    """A recording that behaves like a microphone: block after block, and a quiet room's noise after its end. One thread."""

    def __init__(self, recording: Pcm | None) -> None:
        """Any rate; None is a quiet room from the beginning."""
        self._samples: Samples = np.zeros(0, dtype=np.float32) if recording is None else resampled(recording, EARS_RATE_HZ).samples
        self._position = 0
        self._noise = np.random.default_rng(0)

    def block(self) -> Samples:
        """The next 20 ms: (320,) float32 at 16 kHz."""
        said = self._samples[self._position : self._position + EARS_BLOCK]
        self._position += EARS_BLOCK
        if len(said) == EARS_BLOCK:
            return said
        level = np.float32(10 ** (_NOISE_DBFS / 20))
        return np.concatenate((said, self._noise.standard_normal(EARS_BLOCK - len(said), dtype=np.float32) * level))


class WavSink:
    """A speaker that is a file: 16-bit mono WAV, for its owner only. One thread."""

    def __init__(self, path: Path, rate_hz: int = VOICE_RATE_HZ) -> None:
        """Create `path`, or empty it. Raises Unreadable when it can't be written."""
        try:
            self._raw = opened_to_grow(path, PRIVATE)
        except OSError as error:
            raise Unreadable(f"{path} can't be written ({error.strerror}).", "Name a file in a folder that is there and yours.") from error
        self._file = wave.Wave_write(self._raw)
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(rate_hz)

    def write(self, samples: Samples) -> None:
        """Append any number of samples: (n,) float32, clipped at full scale. Raises OSError, when the disk is full for one."""
        self._file.writeframes((np.clip(samples, -1.0, 1.0) * _FULL_SCALE).round().astype("<i2").tobytes())

    def close(self) -> None:
        """Finish the file, which is whole after each `write` as well. May be called twice. Raises OSError."""
        try:
            self._file.close()
        finally:
            self._raw.close()


class PacedStream:
    """Calls `exchange` every 20 ms, as DuplexStream does, between a recording and a file.

    `exchange` gets (320,) float32 at 16 kHz twice, the recording and what it returned for the block before, and returns (480,) float32 at
    24 kHz, on this stream's own thread. The pace comes from the system's monotonic clock, because there is no device to set it; blocks that
    are late are made up for. A file that can't be written any more is reported by `on_fault(Fault("speaker", ...))` on the same thread, and
    the exchange goes on without it.
    """

    def __init__(
        self,
        microphone: Pcm | None,
        exchange: Callable[[Samples, Samples], Samples],
        sink: Path | None,
        on_fault: Callable[[Fault | Recovered], None],
    ) -> None:
        """`microphone` None: a quiet room. `sink` None: what is said is lost; else Unreadable is raised when it can't be written."""
        self._microphone = RecordedMicrophone(microphone)
        self._sink = None if sink is None else WavSink(sink)
        self._exchange = exchange
        self._on_fault = on_fault
        self._reference = Resampler(VOICE_RATE_HZ, EARS_RATE_HZ)
        self._standstill = Standstill()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)

    @property
    def gaps(self) -> Gaps:
        """None: what is late is made up for."""
        return Gaps()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the block under way, and finish the file. Any thread but the stream's own; may be called twice, or before `start`."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)
        self._close()

    def _run(self) -> None:
        due_at_s = time.monotonic()
        played = np.zeros(VOICE_BLOCK, dtype=np.float32)
        while not self._stopping.is_set():
            for news in self._standstill.look():
                self._on_fault(news)
            played = self._exchange(self._microphone.block(), self._reference.push(played))
            self._write(played)
            now_s = time.monotonic()
            due_at_s = max(due_at_s + _BLOCK_S, now_s - _MOST_BEHIND_S)
            self._stopping.wait(max(0.0, due_at_s - now_s))

    def _write(self, samples: Samples) -> None:
        if self._sink is None:
            return
        try:
            self._sink.write(samples)
        except OSError as error:
            self._close()
            self._on_fault(Fault("speaker", f"The recording of the speaker can't be written any more ({error.strerror})."))

    def _close(self) -> None:
        sink, self._sink = self._sink, None
        if sink is not None:
            try:
                sink.close()
            except OSError:
                # The disk is full. What could be written is in the file, and that it ends there has been reported.
                return
