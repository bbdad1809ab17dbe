"""The child process in which PortAudio lives: run as a file, with one argument in JSON; it imports nothing of the coach.

`{"list": true}`: one line of JSON on stdout, `{"devices": [...]}`, and the end.

`{"microphone": [name, host_api] | null, "speaker": ..., "block_ms": 20, "lead": n}`: a stream. First one line of JSON: `{"rate_hz",
"frames", "speaker_channels"}`. From then on stdout carries one packet for each block that the device asked for: MICROPHONE_HEADER (the
block's number, blocks lost on the way in, gaps on the way out, both counted from the beginning), then `frames` mono float32 samples if
there is a microphone. stdin carries the answers: SPEAKER_HEADER (the number of the answered block), then `frames` interleaved float32
samples. The answer to block n is played in block n + lead or, if it comes too late for that, never: so the delay between what is played
and what is captured stays the same. The end of stdin ends the process, after what was sent has been played.

What goes wrong is one line `{"error": "library" | "absent" | "refused", "detail": ...}` and exit code 1. Whatever PortAudio
and ALSA print goes to whatever the parent made of stderr; stdout is kept for the packets.
"""

import json
import os
import queue
import struct
import sys
import threading
from collections import deque
from contextlib import suppress
from io import FileIO
from types import ModuleType
from typing import Any, BinaryIO, NoReturn, Protocol

MICROPHONE_HEADER = struct.Struct("<III")
SPEAKER_HEADER = struct.Struct("<I")
BYTES_A_SAMPLE = 4

_PREFERRED_RATE_HZ = 48_000
"""Divides by 16 and 24 kHz without a remainder; what sound servers and most sound cards run at. PortAudio itself would say 44.1 kHz."""
_MOST_WAITING = 100
"""Blocks (2 s) kept for a parent that is busy. Beyond that they are lost, and counted."""
_OUTPUT_LATENCY_S = 0.04
"""What PortAudio's "high" latency is on ALSA, rounded up to whole blocks."""
_STEREO = 2
_PRIORITY = 5
"""Of realtime work, below a sound server's own (PipeWire has 88)."""


class _Flags(Protocol):
    """What PortAudio says with each block."""

    input_overflow: bool
    output_underflow: bool


class _Absent(Exception):
    """`str()` is "microphone", "speaker" or "microphone and speaker"."""


class _Stream:
    """What the device's callbacks see: queues with bytes in them."""

    def __init__(self, block_bytes: int, lead: int) -> None:
        self.captured: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._block_bytes = block_bytes
        self._lead = lead
        self._answers: deque[tuple[int, bytes]] = deque()
        self._number = 0
        self._overflows = 0
        self._underflows = 0

    def both(self, captured: memoryview, played: memoryview, _frames: int, _time: object, status: _Flags) -> None:
        """PortAudio's thread, every block: raw float32 frames, valid only during the call. Moves bytes, never waits."""
        self._play(played)
        self._take(bytes(captured), status)

    def capture(self, captured: memoryview, _frames: int, _time: object, status: _Flags) -> None:
        """The same for a microphone alone."""
        self._take(bytes(captured), status)

    def play(self, played: memoryview, _frames: int, _time: object, status: _Flags) -> None:
        """The same for a speaker alone, whose blocks then are the clock."""
        self._play(played)
        self._take(b"", status)

    def answer(self, packet: bytes) -> None:
        """The reader's thread: what is to be played in answer to a block."""
        (number,) = SPEAKER_HEADER.unpack_from(packet)
        self._answers.append((number, packet[SPEAKER_HEADER.size :]))

    def _take(self, captured: bytes, status: _Flags) -> None:
        if not self._number:
            _hurry()
        self._overflows += bool(status.input_overflow)
        self._underflows += bool(status.output_underflow)
        if self.captured.qsize() >= _MOST_WAITING:
            self._overflows += 1
        else:
            self.captured.put(MICROPHONE_HEADER.pack(self._number, self._overflows, self._underflows) + captured)
        self._number += 1

    def _play(self, played: memoryview) -> None:
        due = self._number - self._lead
        while self._answers and self._answers[0][0] < due:
            self._answers.popleft()
        if self._answers and self._answers[0][0] == due:
            played[:] = self._answers.popleft()[1]
            return
        played[:] = bytes(self._block_bytes)
        self._underflows += due >= 0


def _hurry() -> None:
    """Put this thread before the machine's other work, where that is allowed.

    A callback that comes too late makes the device start anew: 40 ms are missing, and the echo comes after another delay than before. A
    thread that spins, as PortAudio's may when the sound server dies, is killed with this process after a second.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_PRIORITY))


def _devices(portaudio: ModuleType) -> list[dict[str, Any]]:
    hosts = portaudio.query_hostapis()
    host = portaudio.default.hostapi
    return [
        {
            "name": device["name"],
            "host_api": hosts[device["hostapi"]]["name"],
            "rate_hz": int(device["default_samplerate"]),
            "microphone_channels": device["max_input_channels"],
            "speaker_channels": device["max_output_channels"],
            "microphone_default": device["index"] == hosts[host]["default_input_device"],
            "speaker_default": device["index"] == hosts[host]["default_output_device"],
        }
        for device in portaudio.query_devices()
    ]


def _find(portaudio: ModuleType, request: dict[str, Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    """The wanted devices by direction: PortAudio's index, which holds for this process only, and what it says about the device."""
    known = _devices(portaudio)
    found = {}
    for direction in ("microphone", "speaker"):
        if (wanted := request[direction]) is None:
            continue
        for index, device in enumerate(known):
            if [device["name"], device["host_api"]] == wanted and device[f"{direction}_channels"] > 0:
                found[direction] = (index, device)
                break
    if absent := [direction for direction in ("microphone", "speaker") if request[direction] is not None and direction not in found]:
        raise _Absent(" and ".join(absent))
    return found


def _start(portaudio: ModuleType, request: dict[str, Any]) -> tuple[_Stream, dict[str, int], Any]:
    """Open and start, at the first rate that all of the devices take."""
    found = _find(portaudio, request)
    own_rates = [device["rate_hz"] for _, device in found.values()]
    refusal: Exception = ValueError("no device was asked for")
    for rate_hz in dict.fromkeys((_PREFERRED_RATE_HZ, *own_rates, 44_100, 16_000)):
        try:
            return _open(portaudio, request, found, rate_hz)
        except portaudio.PortAudioError as error:
            refusal = error
    raise refusal


def _open(portaudio: ModuleType, request: dict[str, Any], found: dict[str, Any], rate_hz: int) -> tuple[_Stream, dict[str, int], Any]:
    frames = rate_hz * request["block_ms"] // 1000
    speaker_channels = min(_STEREO, found["speaker"][1]["speaker_channels"]) if "speaker" in found else 0
    stream = _Stream(frames * speaker_channels * BYTES_A_SAMPLE, request["lead"])
    # "high" is 35 to 40 ms each way; with the "low" 20 ms a busy machine was seen to lose blocks.
    shared: dict[str, Any] = {"samplerate": rate_hz, "blocksize": frames, "dtype": "float32", "latency": "high"}
    if len(found) == 2:
        indices = (found["microphone"][0], found["speaker"][0])
        device = portaudio.RawStream(device=indices, channels=(1, speaker_channels), callback=stream.both, **shared)
    elif "speaker" in found:
        device = portaudio.RawOutputStream(device=found["speaker"][0], channels=speaker_channels, callback=stream.play, **shared)
    else:
        device = portaudio.RawInputStream(device=found["microphone"][0], channels=1, callback=stream.capture, **shared)
    device.start()
    return stream, {"rate_hz": rate_hz, "frames": frames, "speaker_channels": speaker_channels}, device


def _read_answers(source: BinaryIO, stream: _Stream, packet_bytes: int, tail_s: float) -> None:
    """Hand over what the parent sends until it stops sending; then end, without PortAudio's own stop, which can hang."""
    while len(packet := source.read(packet_bytes)) == packet_bytes:
        stream.answer(packet)
    threading.Event().wait(tail_s)
    os._exit(0)


def _serve(portaudio: ModuleType, request: dict[str, Any], answers: FileIO) -> None:
    stream, shape, device = _start(portaudio, request)
    # Not before: PipeWire's client makes the thread that opens a device an ordinary one.
    _hurry()
    speaker_bytes = shape["frames"] * shape["speaker_channels"] * BYTES_A_SAMPLE
    tail_s = request["lead"] * request["block_ms"] / 1000 + _OUTPUT_LATENCY_S if speaker_bytes else 0.0
    packet_bytes = SPEAKER_HEADER.size + speaker_bytes
    threading.Thread(target=_read_answers, args=(sys.stdin.buffer, stream, packet_bytes, tail_s), daemon=True).start()
    answers.write(json.dumps(shape).encode() + b"\n")
    while device.active:
        answers.write(stream.captured.get())


def main() -> None:
    """Do what the first argument says; see the module's docstring."""
    answers = FileIO(os.dup(1), "wb")
    os.dup2(2, 1)
    request = json.loads(sys.argv[1])
    try:
        # Not at the top: the parent imports this module for its formats, and the import starts PortAudio.
        import sounddevice as portaudio
    except (ImportError, OSError) as error:
        _fail(answers, "library", str(error))
    try:
        if "list" in request:
            answers.write(json.dumps({"devices": _devices(portaudio)}).encode() + b"\n")
        else:
            _serve(portaudio, request, answers)
    except _Absent as error:
        _fail(answers, "absent", str(error))
    except (portaudio.PortAudioError, ValueError) as error:
        _fail(answers, "refused", str(error))
    except BrokenPipeError:
        pass
    os._exit(0)


def _fail(answers: FileIO, error: str, detail: str) -> NoReturn:
    answers.write(json.dumps({"error": error, "detail": detail}).encode() + b"\n")
    os._exit(1)


if __name__ == "__main__":
    main()
