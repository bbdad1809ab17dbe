"""What the device's callbacks move, inside the device worker: captured blocks out, answers in. Needs nothing but Python."""

import queue
import struct
from collections import deque
from typing import Protocol

MICROPHONE_HEADER = struct.Struct("<IIIII")
"""The block's number; blocks lost on the way in, gaps on the way out, slips, all three counted from the beginning; the answer played."""
SPEAKER_HEADER = struct.Struct("<I")
BYTES_A_SAMPLE = 4
NOTHING = 0xFFFF_FFFF
"""The answer played, where none was."""

_MOST_WAITING = 100
"""Blocks (2 s) kept for a parent that is busy. Beyond that they are lost, and counted."""
_PACE_BLOCKS = 50
"""A second: two clocks that differ by 100 millionths are a block apart after 200 s, and a busy machine's hiccup is over in less."""
_MOST_OFF = 2
_MOST_LOOKS = 15
"""A speaker that is a block ahead or behind waits for so many seconds for a silence to slip in; with two it can't wait."""
_REMEMBERED = 16


class Flags(Protocol):
    """What PortAudio says with each block."""

    input_overflow: bool
    output_underflow: bool


class OneClock:
    """A microphone and a speaker of one device, or either alone: each block captured is a block played.

    Callbacks get raw float32 frames, valid only during the call; they move bytes and never wait. The answer to block n is played in block
    n + `lead` or, if it comes too late for that, never.
    """

    def __init__(self, lead: int) -> None:
        self.captured: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._lead = lead
        self._answers: deque[tuple[int, bytes]] = deque()
        self._number = self._overflows = self._underflows = self._slips = 0

    @property
    def stalled(self) -> bool:
        """Whether one half has stopped while the other goes on."""
        return False

    def both(self, captured: memoryview, played: memoryview, _frames: int, _time: object, status: Flags) -> None:
        """PortAudio's thread, every block."""
        answer = self._play(played, self._number - self._lead, status)
        self._take(bytes(captured), status, answer)

    def capture(self, captured: memoryview, _frames: int, _time: object, status: Flags) -> None:
        """The same for a microphone alone."""
        self._take(bytes(captured), status, NOTHING)

    def play(self, played: memoryview, _frames: int, _time: object, status: Flags) -> None:
        """The same for a speaker alone, whose blocks then are the clock."""
        answer = self._play(played, self._number - self._lead, status)
        self._take(b"", status, answer)

    def answer(self, packet: bytes) -> None:
        """The reader's thread: what is to be played in answer to a block."""
        (number,) = SPEAKER_HEADER.unpack_from(packet)
        self._answers.append((number, packet[SPEAKER_HEADER.size :]))

    def _take(self, captured: bytes, status: Flags, answer: int) -> None:
        self._overflows += bool(status.input_overflow)
        if self.captured.qsize() >= _MOST_WAITING:
            self._overflows += 1
        else:
            header = MICROPHONE_HEADER.pack(self._number, self._overflows, self._underflows, self._slips, answer)
            self.captured.put(header + captured)
        self._number += 1

    def _play(self, played: memoryview, due: int, status: Flags) -> int:
        """Fill `played` with the answer to block `due`; its number, or NOTHING."""
        self._underflows += bool(status.output_underflow)
        while self._answers and self._answers[0][0] < due:
            self._answers.popleft()
        if self._answers and self._answers[0][0] == due:
            played[:] = self._answers.popleft()[1]
            return due
        played[:] = bytes(len(played))
        self._underflows += due >= 0
        return NOTHING


class TwoClocks(OneClock):
    """A microphone and a speaker of two devices, whose clocks drift apart: the microphone's is the one that counts.

    `capture` and `play` come from two threads. The speaker plays the answers in their order; once it is a block ahead or behind it waits
    for one block, or leaves one out, where nothing is said (a slip). The answer reported with a packet is always the one of `lead` blocks
    ago, which is played a block before or after: so the echo's delay drifts by about a block and returns with each slip.
    """

    def __init__(self, lead: int) -> None:
        super().__init__(lead)
        self._due: int | None = None
        self._latest = -1
        self._done = [NOTHING] * _REMEMBERED
        self._off = self._off_blocks = self._looks = 0
        self._idle_blocks = 0

    @property
    def stalled(self) -> bool:
        """Whether the speaker has asked for nothing for a second of the microphone's."""
        return self._idle_blocks > _PACE_BLOCKS

    def capture(self, captured: memoryview, _frames: int, _time: object, status: Flags) -> None:
        """The microphone's thread."""
        self._idle_blocks += 1
        answer = self._number - self._lead
        self._take(bytes(captured), status, answer if self._heard(answer) else NOTHING)

    def play(self, played: memoryview, _frames: int, _time: object, status: Flags) -> None:
        """The speaker's thread."""
        self._idle_blocks = 0
        if self._due is None:
            self._due = self._number - self._lead
        if self._slip(self._due):
            played[:] = bytes(len(played))
            return
        answer = self._play(played, self._due, status)
        if answer != NOTHING:
            self._done[answer % _REMEMBERED] = answer
        self._due += 1

    def answer(self, packet: bytes) -> None:
        """The reader's thread."""
        super().answer(packet)
        (self._latest,) = SPEAKER_HEADER.unpack_from(packet)

    def _heard(self, answer: int) -> bool:
        """Whether it has been played, or is there and will be within two blocks."""
        return answer >= 0 and (self._done[answer % _REMEMBERED] == answer or (self._due or 0) <= answer <= self._latest)

    def _slip(self, due: int) -> bool:
        """See how far the speaker is off, and mend it if it has been so for a while. True: by waiting for a block."""
        off = self._number - due - self._lead
        same = off * self._off > 0
        self._off = min(off, self._off, key=abs) if same else off
        self._off_blocks = self._off_blocks + 1 if same else 0
        if self._off_blocks < _PACE_BLOCKS:
            return False
        least, self._off, self._off_blocks = self._off, 0, 0
        self._looks += 1
        if abs(least) < _MOST_OFF and self._looks < _MOST_LOOKS and self._speaks(due):
            return False
        self._looks = 0
        self._due = due + least + (least < 0)
        self._slips += abs(least)
        return least < 0

    def _speaks(self, due: int) -> bool:
        return bool(self._answers) and self._answers[0][0] == due and bool(self._answers[0][1].strip(b"\0"))
