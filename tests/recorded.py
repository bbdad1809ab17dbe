"""Recordings of what was played, and where in them a sentence is. For tests and benchmarks."""

import wave
from pathlib import Path

import numpy as np

from voicecoach.messages.sound import Samples


def tracks(wav: Path) -> list[Samples]:
    """The channels of a 16-bit WAV."""
    with wave.open(str(wav)) as recording:
        frames = np.frombuffer(recording.readframes(recording.getnframes()), "<i2").reshape(-1, recording.getnchannels())
    return [np.asarray(channel / np.float32(32768), np.float32) for channel in frames.T]


def found_at(track: Samples, sentence: Samples, near: int, within: int) -> tuple[int, float]:
    """The sample of `track`, at most `within` from `near`, where it is most like `sentence`; and how like, 1.0 being the very same.

    By the correlation of their slopes: what a tone on top or a room's hum adds has little of those.
    """
    first = max(near - within, 0)
    part = np.diff(track[first : near + within + len(sentence)].astype(np.float64), prepend=0.0)
    wanted = np.diff(sentence.astype(np.float64), prepend=0.0)
    part = np.pad(part, (0, max(len(wanted) - len(part), 0)))
    size = 1 << (len(part) + len(wanted)).bit_length()
    product = np.fft.irfft(np.fft.rfft(part, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(part) - len(wanted) + 1]
    power = np.concatenate([[0.0], np.cumsum(part**2)])
    likeness = product / np.sqrt((power[len(wanted) :] - power[: -len(wanted)]).clip(1e-9) * (wanted @ wanted))
    best = int(np.argmax(likeness))
    return first + best, float(likeness[best])
