"""The child process in which PortAudio lives, with one argument in JSON. It loads nothing of the coach but `blocks` and `finding`.

`{"list": true}`: one line of JSON on stdout, `{"devices": [...]}`, and the end.

`{"microphone": [name, host_api] | null, "speaker": ..., "instead": [name, ...] | null, "block_ms": 20, "lead": n}`: a stream. With
`instead`, a device that is gone is replaced by the first of those names, or else by any. First one line of JSON: `{"microphone": {"name",
"rate_hz", "frames"}, "speaker": {"name", "rate_hz", "frames", "channels"}}`. From then on stdout carries one packet for each block that the
microphone captured (or, without one, that the speaker asked for): MICROPHONE_HEADER, then `frames` mono float32 samples if there is a
microphone. stdin carries the answers: SPEAKER_HEADER (the number of the answered block), then `frames` interleaved float32 samples. One
device for both is one stream with one clock; two devices are two streams, each at its own rate. The end of stdin ends the process, after
what was sent has been played.

What goes wrong is one line `{"error": "library" | "absent" | "busy" | "refused", "detail": ...}` and exit code 1. Whatever PortAudio
and ALSA print goes to whatever the parent made of stderr; stdout is kept for the packets.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from types import ModuleType
from typing import Any, BinaryIO, NoReturn

from voicecoach.sound.blocks import BYTES_A_SAMPLE, SPEAKER_HEADER, OneClock, TwoClocks
from voicecoach.sound.finding import Absent, Found, described, find

_PREFERRED_RATE_HZ = 48_000
"""Divides by 16 and 24 kHz without a remainder; what sound servers and most sound cards run at. PortAudio itself would say 44.1 kHz."""
_OUTPUT_LATENCY_S = 0.04
"""What PortAudio's "high" latency is on ALSA, rounded up to whole blocks."""
_STEREO = 2
_PRIORITY = 5
"""Of realtime work, below a sound server's own (PipeWire has 88)."""
_BUSY = "PaErrorCode -9985"
"""Device unavailable: PortAudio has no word of its own for a device that another program holds."""


def _start(portaudio: ModuleType, request: dict[str, Any]) -> tuple[OneClock, dict[str, Any], list[Any]]:
    """Open and start: one stream where there is one device, else two. The callbacks' side, the greeting, and PortAudio's streams."""
    found = find(described(portaudio), request)
    block_ms, lead = request["block_ms"], request["lead"]
    if len({index for index, _ in found.values()}) == 1:
        one = OneClock(lead)
        callback = one.both if len(found) == 2 else one.capture if "microphone" in found else one.play
        try:
            stream, greeting = _open(portaudio, found, callback, block_ms)
        except portaudio.PortAudioError:
            # Some devices want another rate for each direction, and get two streams.
            if len(found) == 1:
                raise
        else:
            return one, greeting, [stream]
    two = TwoClocks(lead)
    speaker, speaker_greeting = _open(portaudio, {"speaker": found["speaker"]}, two.play, block_ms)
    microphone, microphone_greeting = _open(portaudio, {"microphone": found["microphone"]}, two.capture, block_ms)
    return two, speaker_greeting | microphone_greeting, [microphone, speaker]


def _open(portaudio: ModuleType, found: Found, callback: Callable[..., None], block_ms: int) -> tuple[Any, dict[str, Any]]:
    """One started stream for `found`, at the first rate that is taken, and what the greeting says of it."""
    refusal: Exception = ValueError("no device was asked for")
    hurried = _hurried(callback)
    for rate_hz in dict.fromkeys((_PREFERRED_RATE_HZ, *(device["rate_hz"] for _, device in found.values()), 44_100, 16_000)):
        frames = rate_hz * block_ms // 1000
        channels = {"microphone": 1, "speaker": min(_STEREO, found["speaker"][1]["speaker_channels"]) if "speaker" in found else 0}
        # "high" is 35 to 40 ms each way; with the "low" 20 ms a busy machine was seen to lose blocks.
        shared: dict[str, Any] = {"samplerate": rate_hz, "blocksize": frames, "dtype": "float32", "latency": "high", "callback": hurried}
        try:
            if len(found) == 2:
                indices = (found["microphone"][0], found["speaker"][0])
                stream = portaudio.RawStream(device=indices, channels=(1, channels["speaker"]), **shared)
            else:
                ((direction, (index, _)),) = found.items()
                kind = portaudio.RawInputStream if direction == "microphone" else portaudio.RawOutputStream
                stream = kind(device=index, channels=channels[direction], **shared)
            stream.start()
        except portaudio.PortAudioError as error:
            refusal = error
            continue
        shape = {"rate_hz": rate_hz, "frames": frames}
        return stream, {name: {"name": device["name"], "channels": channels[name], **shape} for name, (_, device) in found.items()}
    raise refusal


def _hurried(callback: Callable[..., None]) -> Callable[..., None]:
    """`callback`, on a thread that is hurried along from its first call on."""
    ordinary = [True]

    def called(*block: object) -> None:
        if ordinary:
            ordinary.clear()
            _hurry()
        callback(*block)

    return called


def _hurry() -> None:
    """Put this thread before the machine's other work, where that is allowed.

    A callback that comes too late makes the device start anew: 40 ms are missing, and the echo comes after another delay than before. A
    thread that spins, as PortAudio's may when the sound server dies, is killed with this process after a second.
    """
    with suppress(AttributeError, OSError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(_PRIORITY))


def _read_answers(source: BinaryIO, stream: OneClock, packet_bytes: int, tail_s: float) -> None:
    """Hand over what the parent sends until it stops sending; then end, without PortAudio's own stop, which can hang."""
    while len(packet := source.read(packet_bytes)) == packet_bytes:
        stream.answer(packet)
    threading.Event().wait(tail_s)
    os._exit(0)


def _serve(portaudio: ModuleType, request: dict[str, Any], answers: FileIO) -> None:
    clock, greeting, streams = _start(portaudio, request)
    # Not before: PipeWire's client makes the thread that opens a device an ordinary one.
    _hurry()
    speaker = greeting.get("speaker", {"frames": 0, "channels": 0})
    speaker_bytes = speaker["frames"] * speaker["channels"] * BYTES_A_SAMPLE
    tail_s = request["lead"] * request["block_ms"] / 1000 + _OUTPUT_LATENCY_S if speaker_bytes else 0.0
    packet_bytes = SPEAKER_HEADER.size + speaker_bytes
    threading.Thread(target=_read_answers, args=(sys.stdin.buffer, clock, packet_bytes, tail_s), daemon=True).start()
    answers.write(json.dumps(greeting).encode() + b"\n")
    while all(stream.active for stream in streams) and not clock.stalled:
        answers.write(clock.captured.get())


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
            answers.write(json.dumps({"devices": described(portaudio)}).encode() + b"\n")
        else:
            _serve(portaudio, request, answers)
    except Absent as error:
        _fail(answers, "absent", str(error))
    except (portaudio.PortAudioError, ValueError) as error:
        _fail(answers, "busy" if _BUSY in str(error) else "refused", str(error))
    except BrokenPipeError:
        pass
    os._exit(0)


def _fail(answers: FileIO, error: str, detail: str) -> NoReturn:
    answers.write(json.dumps({"error": error, "detail": detail}).encode() + b"\n")
    os._exit(1)
