"""What is played to the ears: recordings of words and of talk, in noise, in rooms, through a mat, and altered like a voice in distress.

Everything stands in noise of -60 dBFS, because digital silence hides false alarms. The same clip in the same condition is the same
samples in every run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import soundfile
import soxr
from scipy import signal

from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples

LEAD_S, TAIL_S, GAP_S = 1.5, 2.2, 0.5
CLIPS_A_STREAM = 20
"""Recordings of talk are heard in rows of so many, with GAP_S between them."""

MUFFLED_HZ = 1000.0
"""What a mat leaves of a voice: falling by 12 dB an octave from here; a stand-in for a measurement that nobody has made yet."""

FAR_DB = -30.0
"""Against a clip at half of full scale: a quiet voice at a microphone that is turned down."""

HIGHER = 1.3
LONGER = 1.8
TIMES = 3
"""Stand-ins for distress, made from real speech: a voice a good third higher, drawn out, or saying the word again and again."""


AFTER_TALK = "after_talk"
TALKED_S, PAUSED_S = 2.5, 0.4
"""Somebody talks for so long, pauses so briefly, and says the word."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One thing said: samples at 16 kHz with a quiet room around, and where the word begins and ends, in seconds."""

    samples: Samples
    begin_s: float
    end_s: float


def load(path: Path) -> Samples:
    """A recording, mono, 16 kHz."""
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    return np.asarray(soxr.resample(samples.mean(axis=1), rate_hz, EARS_RATE_HZ), np.float32)


def floor(length: int, rng: np.random.Generator) -> Samples:
    """A quiet room."""
    return rng.standard_normal(length).astype(np.float32) * np.float32(1e-3)


def word_at_s(samples: Samples) -> tuple[float, float]:
    """Where the energy first and last is within 25 dB of its maximum."""
    block = EARS_BLOCK
    energy = np.convolve(samples**2, np.ones(block) / block, "same")
    loud = np.flatnonzero(energy > energy.max() * 10**-2.5)
    return float(loud[0]) / EARS_RATE_HZ, float(loud[-1] + 1) / EARS_RATE_HZ


def placed(data: Path, path: Path, condition: str) -> Clip:
    """The recording in `condition`, with room around it.

    A condition is a noise's name and its signal-to-noise ratio in dB by peak frame energy ("kitchen10"), a room's name, AFTER_TALK, or one
    of ALTERED. KeyError for any other.
    """
    rng = np.random.default_rng(crc32(f"{path.parent.name}/{path.name} {condition}".encode()))
    word = load(path)
    noises, rooms = _by_name(data / "noise"), _by_name(data / "rooms")
    name = condition.rstrip("0123456789")
    if condition in rooms:
        word = np.asarray(signal.fftconvolve(word, _kept(rooms[condition])), np.float32)
    elif name not in noises and condition != AFTER_TALK:
        word = ALTERED[condition](word, rng)
    from_s, to_s = word_at_s(word)
    lead = np.zeros(round(LEAD_S * EARS_RATE_HZ), np.float32)
    if condition == AFTER_TALK:
        lead = np.concatenate([lead, _talk(data, rng) * np.abs(word).max()])
        from_s, to_s, word = 0.0, to_s - from_s, word[round(from_s * EARS_RATE_HZ) :]
    samples = np.concatenate([lead, word, np.zeros(round(TAIL_S * EARS_RATE_HZ), np.float32)])
    lead_s = len(lead) / EARS_RATE_HZ
    if name in noises:
        samples = samples + _noise(_kept(noises[name]), samples, float(condition[len(name) :]), rng)
    peak = 0.5 * 10 ** (FAR_DB / 20 if condition == "far" else 0.0)
    samples = samples * np.float32(peak / (np.abs(samples).max() + 1e-9))
    return Clip(samples + floor(len(samples), rng), lead_s + from_s, lead_s + to_s)


def streams(files: list[Path]) -> Iterator[Samples]:
    """Recordings of talk in rows, each at half of full scale."""
    for at in range(0, len(files), CLIPS_A_STREAM):
        parts: list[Samples] = []
        for path in files[at : at + CLIPS_A_STREAM]:
            clip = load(path)
            parts += [clip / np.float32(2 * np.abs(clip).max() + 1e-9), np.zeros(round(GAP_S * EARS_RATE_HZ), np.float32)]
        samples = np.concatenate(parts)
        yield samples + floor(len(samples), np.random.default_rng(778 + at))


@cache
def _kept(path: Path) -> Samples:
    """A noise or a room: every clip needs it."""
    return load(path)


def _by_name(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in folder.glob("*.*")}


def _noise(noise: Samples, samples: Samples, snr_db: float, rng: np.random.Generator) -> Samples:
    start = int(rng.integers(0, len(noise) - len(samples)))
    part = noise[start : start + len(samples)]
    return part * np.float32(np.sqrt(_frame_peak(samples) / (_frame_peak(part) * 10 ** (snr_db / 10))))


def _talk(data: Path, rng: np.random.Generator) -> Samples:
    """TALKED_S of somebody's talk at full scale, and PAUSED_S of nothing."""
    files = sorted((data / "talk" / "librispeech").glob("*.*"))
    talk = load(files[rng.integers(len(files))])
    begin = int(rng.integers(0, max(len(talk) - round(TALKED_S * EARS_RATE_HZ), 1)))
    talk = talk[begin : begin + round(TALKED_S * EARS_RATE_HZ)]
    return np.pad(talk / np.float32(np.abs(talk).max() + 1e-9), (0, round(PAUSED_S * EARS_RATE_HZ)))


def _frame_peak(samples: Samples) -> float:
    """Energy of the loudest 128 ms."""
    frames = np.pad(samples, (0, -len(samples) % 2048)).reshape(-1, 2048)
    return float((frames**2).sum(axis=1).max()) + 1e-12


def _muffled(word: Samples, _: np.random.Generator) -> Samples:
    return np.asarray(signal.sosfilt(signal.butter(2, MUFFLED_HZ, fs=EARS_RATE_HZ, output="sos"), word), np.float32)


def _high(word: Samples, _: np.random.Generator) -> Samples:
    return _stretched(np.asarray(soxr.resample(word, EARS_RATE_HZ * HIGHER, EARS_RATE_HZ), np.float32), HIGHER)


def _stretched(word: Samples, times: float) -> Samples:
    """The word at the same pitch, so many times as long: a phase vocoder."""
    window, hop = 512, 128
    frames = np.fft.rfft(np.lib.stride_tricks.sliding_window_view(np.pad(word, window), window)[::hop] * np.hanning(window))
    turn = 2 * np.pi * hop * np.arange(window // 2 + 1) / window
    phase, out = np.angle(frames[0]), np.zeros(round(len(frames) * times + 2) * hop + window)
    for number, at in enumerate(np.arange(0, len(frames) - 1, 1 / times)):
        now, then = frames[int(at)], frames[int(at) + 1]
        part = at - int(at)
        out[number * hop : number * hop + window] += np.fft.irfft(
            (np.abs(now) * (1 - part) + np.abs(then) * part) * np.exp(1j * phase)
        ) * np.hanning(window)
        phase += turn + np.angle(np.exp(1j * (np.angle(then) - np.angle(now) - turn)))
    return np.asarray(out[round(window * times) : round((window + len(word)) * times)], np.float32)


def _whispered(word: Samples, rng: np.random.Generator) -> Samples:
    """Each 32 ms of the word as noise of the same spectrum."""
    _, _, spectrum = signal.stft(word, EARS_RATE_HZ, nperseg=512)
    smooth = signal.convolve2d(np.abs(spectrum), np.ones((9, 1)) / 9, "same", "symm")
    _, hiss = signal.istft(smooth * np.exp(2j * np.pi * rng.random(spectrum.shape)), EARS_RATE_HZ)
    return np.asarray(hiss[: len(word)], np.float32)


def _repeated(word: Samples, _: np.random.Generator) -> Samples:
    loud = np.flatnonzero(np.abs(word) > np.abs(word).max() / 20)
    return np.tile(np.pad(word[loud[0] : loud[-1]], (0, EARS_RATE_HZ // 8)), TIMES)


ALTERED = {
    "clean": lambda word, _: word,
    "far": lambda word, _: word,
    "muffled": _muffled,
    "high": _high,
    "drawn_out": lambda word, _: _stretched(word, LONGER),
    "whispered": _whispered,
    "repeated": _repeated,
}
