"""This side of one device worker: blocks of 20 ms at the coach's rates, whatever the device's own."""

import json
import os
import selectors
import subprocess
from typing import IO, Any, cast

import numpy as np

from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, VOICE_RATE_HZ, Samples
from voicecoach.sound.device_worker import BYTES_A_SAMPLE, MICROPHONE_HEADER, SPEAKER_HEADER
from voicecoach.sound.devices import Device, Direction, failure, worker_command
from voicecoach.sound.resampling import Resampler

LEAD_BLOCKS = 3
"""An answer has 40 to 60 ms to be found and sent. More would only make a hush later."""
_GRACE_S = 0.5
"""For the worker to play its last blocks (60 ms and the device's 40 ms) and go."""
_MOST_UNSENT_BYTES = 400_000
"""1 s at 48 kHz, two channels, beside what the pipe holds; after a delay, answers come faster than they are read."""
EARS_BLOCK = EARS_RATE_HZ * BLOCK_MS // 1000
VOICE_BLOCK = VOICE_RATE_HZ * BLOCK_MS // 1000


class LinkLost(Exception):
    """The worker ended or could not open its devices. `str()` is a sentence, `next_step` another, or ""."""

    def __init__(self, detail: str, next_step: str = "") -> None:
        super().__init__(detail)
        self.next_step = next_step


class Link:
    """One device worker and the two pipes to it.

    One thread. Needs pipes that a selector can wait for, so Linux or macOS.
    """

    def __init__(self, microphone: Device | None, speaker: Device | None) -> None:
        """Start a worker for these; at least one. Returns at once: the device is open when the first block arrives."""
        present = [device for device in (microphone, speaker) if device is not None]
        self.directions: tuple[Direction, ...] = tuple(device.direction for device in present)
        self.overflows = 0
        self.underflows = 0
        request: dict[str, Any] = {"microphone": None, "speaker": None, "block_ms": BLOCK_MS, "lead": LEAD_BLOCKS}
        request |= {device.direction: [device.name, device.host_api] for device in present}
        # A session of its own, so that Ctrl-C reaches the coach alone and the coach can finish its sentence.
        self._process = subprocess.Popen(
            worker_command(request),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        os.set_blocking(self._to.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._from, selectors.EVENT_READ)
        self._buffer = bytearray()
        self._unsent = bytearray()
        self._shape: _Shape | None = None
        self._number = 0

    def opened(self, timeout_s: float) -> bool:
        """Whether the first block has come within `timeout_s`; it is answered with silence. Raises LinkLost."""
        if self.receive(timeout_s) is None:
            return False
        self.send(np.zeros(VOICE_BLOCK, dtype=np.float32))
        return True

    def receive(self, timeout_s: float) -> Samples | None:
        """The next microphone block: (320,) float32 at 16 kHz, silence if there is no microphone.

        None if the worker says nothing for `timeout_s`. Raises LinkLost.
        """
        while (block := self._parsed()) is None:
            if not self._selector.select(timeout_s):
                return None
            if not (read := os.read(self._from.fileno(), 65_536)):
                raise LinkLost("The sound process ended.")
            self._buffer += read
        return block

    def send(self, samples: Samples) -> None:
        """Answer the block received last: (480,) float32 at 24 kHz. Never waits. Raises LinkLost."""
        if self._shape is None or "speaker" not in self.directions:
            return
        self._unsent += SPEAKER_HEADER.pack(self._number) + self._shape.to_device(samples)
        try:
            written = self._to.write(self._unsent)
        except OSError as error:
            raise LinkLost("The sound process ended.") from error
        del self._unsent[: written or 0]
        if len(self._unsent) > _MOST_UNSENT_BYTES:
            raise LinkLost("The sound process doesn't take any more sound.")

    def close(self) -> None:
        """Let what was sent be played, 0.1 s at most in health, and end the worker; kill it if it doesn't end."""
        self._to.close()
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self.kill()
        else:
            self._forget()

    def kill(self) -> None:
        """End the worker at once."""
        self._process.kill()
        self._process.wait()
        self._to.close()
        self._forget()

    def _forget(self) -> None:
        self._selector.close()
        self._from.close()

    def _parsed(self) -> Samples | None:
        self._shape = shape = self._shape or self._greeting()
        if shape is None:
            return None
        size = MICROPHONE_HEADER.size + shape.microphone_bytes
        if len(self._buffer) < size:
            return None
        self._number, self.overflows, self.underflows = MICROPHONE_HEADER.unpack_from(self._buffer)
        captured = bytes(self._buffer[MICROPHONE_HEADER.size : size])
        del self._buffer[:size]
        return shape.from_device(captured)

    def _greeting(self) -> "_Shape | None":
        line, newline, rest = self._buffer.partition(b"\n")
        if not newline:
            return None
        self._buffer = bytearray(rest)
        greeting = json.loads(line)
        if "error" in greeting:
            reason = failure(greeting)
            raise LinkLost(reason.what, reason.next_step)
        return _Shape(greeting, has_microphone="microphone" in self.directions)


class _Shape:
    """The device's blocks to ours and back."""

    def __init__(self, greeting: dict[str, int], *, has_microphone: bool) -> None:
        self.microphone_bytes = greeting["frames"] * BYTES_A_SAMPLE if has_microphone else 0
        self._speaker_channels = greeting["speaker_channels"]
        self._in = Resampler(greeting["rate_hz"], EARS_RATE_HZ)
        self._out = Resampler(VOICE_RATE_HZ, greeting["rate_hz"])

    def from_device(self, captured: bytes) -> Samples:
        if not captured:
            return np.zeros(EARS_BLOCK, dtype=np.float32)
        return self._in.push(np.frombuffer(captured, dtype=np.float32))

    def to_device(self, samples: Samples) -> bytes:
        return np.repeat(self._out.push(samples), self._speaker_channels).tobytes()
