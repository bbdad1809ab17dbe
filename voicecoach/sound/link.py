"""This side of one device worker: blocks of 20 ms at the coach's rates, whatever the device's own."""

import json
import os
import selectors
import subprocess
from collections import deque
from dataclasses import dataclass
from typing import IO, Any, cast

import numpy as np

from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, EARS_RATE_HZ, VOICE_BLOCK, VOICE_RATE_HZ, Gaps, Samples
from voicecoach.sound.blocks import BYTES_A_SAMPLE, MICROPHONE_HEADER, SPEAKER_HEADER
from voicecoach.sound.devices import PREFERENCE, Device, Direction, failure, worker_command
from voicecoach.sound.resampling import Resampler

LEAD_BLOCKS = 3
"""An answer has 40 to 60 ms to be found and sent. More would only make a hush later."""
_MOST_AGO_BLOCKS = LEAD_BLOCKS + 1
"""The answer that a packet reports as played was sent LEAD_BLOCKS packets before."""
_GRACE_S = 0.5
"""For the worker to play its last blocks (60 ms and the device's 40 ms) and go."""
_MOST_UNSENT_BYTES = 400_000
"""1 s at 48 kHz, two channels, beside what the pipe holds; after a delay, answers come faster than they are read."""


class LinkLost(Exception):
    """The worker ended or could not open its devices. `str()` is a sentence, `next_step` another, or ""."""

    def __init__(self, detail: str, next_step: str = "") -> None:
        super().__init__(detail)
        self.next_step = next_step


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """20 ms, both (320,) float32 at 16 kHz: what the microphone captured, and what the speaker was really playing."""

    captured: Samples
    played: Samples


class Link:
    """One device worker and the two pipes to it.

    One thread. Needs pipes that a selector can wait for, so Linux or macOS.
    """

    def __init__(self, microphone: Device | None, speaker: Device | None, *, any_will_do: bool = False) -> None:
        """Start a worker for these; at least one. Returns at once: the device is open when the first block arrives.

        `any_will_do`: where one of them is gone, the best that there is instead.
        """
        present = [device for device in (microphone, speaker) if device is not None]
        self.directions: tuple[Direction, ...] = tuple(device.direction for device in present)
        self.names: dict[str, str] = {}
        """By direction, the device that was opened; empty until then."""
        self.gaps = Gaps()
        request: dict[str, Any] = {"microphone": None, "speaker": None, "block_ms": BLOCK_MS, "lead": LEAD_BLOCKS}
        request["instead"] = list(PREFERENCE) if any_will_do else None
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

    def receive(self, timeout_s: float) -> Block | None:
        """The next block, with silence in it for a microphone or speaker that isn't there.

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
        self._unsent += SPEAKER_HEADER.pack(self._number) + self._shape.to_device(samples, self._number)
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

    def _parsed(self) -> Block | None:
        self._shape = shape = self._shape or self._greeting()
        if shape is None:
            return None
        size = MICROPHONE_HEADER.size + shape.microphone_bytes
        if len(self._buffer) < size:
            return None
        self._number, overflows, underflows, slips, answer = MICROPHONE_HEADER.unpack_from(self._buffer)
        self.gaps = Gaps(overflows, underflows, slips)
        captured = bytes(self._buffer[MICROPHONE_HEADER.size : size])
        del self._buffer[:size]
        return shape.from_device(captured, answer)

    def _greeting(self) -> "_Shape | None":
        line, newline, rest = self._buffer.partition(b"\n")
        if not newline:
            return None
        self._buffer = bytearray(rest)
        greeting = json.loads(line)
        if "error" in greeting:
            reason = failure(greeting)
            raise LinkLost(reason.what, reason.next_step)
        self.names = {direction: greeting[direction]["name"] for direction in self.directions}
        return _Shape(greeting)


class _Shape:
    """The device's blocks to ours and back. What was played goes through the same kind of filter as what was captured."""

    def __init__(self, greeting: dict[str, dict[str, Any]]) -> None:
        microphone, speaker = greeting.get("microphone"), greeting.get("speaker")
        self.microphone_bytes = microphone["frames"] * BYTES_A_SAMPLE if microphone else 0
        self._in = Resampler(microphone["rate_hz"], EARS_RATE_HZ) if microphone else None
        self._speaker_frames: int = speaker["frames"] if speaker else 0
        self._speaker_channels: int = speaker["channels"] if speaker else 0
        self._out = Resampler(VOICE_RATE_HZ, speaker["rate_hz"]) if speaker else None
        self._reference = Resampler(speaker["rate_hz"], EARS_RATE_HZ) if speaker else None
        self._sent: deque[tuple[int, Samples]] = deque(maxlen=_MOST_AGO_BLOCKS)

    def from_device(self, captured: bytes, answer: int) -> Block:
        silence = np.zeros(EARS_BLOCK, dtype=np.float32)
        return Block(
            self._in.push(np.frombuffer(captured, dtype=np.float32)) if self._in else silence,
            self._reference.push(self._answer(answer)) if self._reference else silence,
        )

    def to_device(self, samples: Samples, number: int) -> bytes:
        if self._out is None:
            return b""
        mono = self._out.push(samples)
        self._sent.append((number, mono))
        return np.repeat(mono, self._speaker_channels).tobytes()

    def _answer(self, number: int) -> Samples:
        """What was sent under `number`, at the speaker's rate; silence if it was never played."""
        return next((sent for sent_number, sent in self._sent if sent_number == number), np.zeros(self._speaker_frames, dtype=np.float32))
