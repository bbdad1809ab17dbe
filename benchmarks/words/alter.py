"""The same word as it sounds elsewhere: another voice, room, noise, level, a mat in between. Reproducible by seed."""

import numpy as np
import soxr
from scipy import signal

from benchmarks.hearing.recordings import floor, word_at_s
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

LEAD_S, TAIL_S = 1.2, 0.5
VOICE = 0.3
"""Largest change of pitch, pace and size of the throat together: a third up, as in fear, or a quarter down."""


def altered(word: Samples, rng: np.random.Generator, rooms: list[Samples]) -> Samples:
    """The word, said otherwise."""
    pace = float(np.exp(rng.uniform(-VOICE, VOICE)))
    word = np.asarray(soxr.resample(word, EARS_RATE_HZ * pace, EARS_RATE_HZ), np.float32)
    if rng.random() < 0.3:
        room = rooms[rng.integers(len(rooms))]
        word = np.asarray(signal.fftconvolve(word, room)[: len(word) + EARS_RATE_HZ // 4], np.float32)
    if rng.random() < 0.35:
        mat = signal.butter(int(rng.integers(1, 3)), rng.uniform(800, 4000), fs=EARS_RATE_HZ, output="sos")
        word = np.asarray(signal.sosfilt(mat, word), np.float32)
    if rng.random() < 0.15:
        word = np.tanh(word / np.abs(word).max() * rng.uniform(2, 8)).astype(np.float32)
    return word


def heard(word: Samples, rng: np.random.Generator, noises: list[Samples], before: list[Samples]) -> tuple[Samples, float]:
    """The word with what is around it, and where it ends in seconds: noise mostly, at times talk just before."""
    around = np.zeros(round((LEAD_S + TAIL_S) * EARS_RATE_HZ) + len(word), np.float32)
    start = round(LEAD_S * EARS_RATE_HZ)
    around[start : start + len(word)] = word / (2 * np.abs(word).max() + 1e-9)
    if rng.random() < 0.6:
        part = _piece(noises, len(around), rng)
        around += part * np.float32(_rms(word / (2 * np.abs(word).max() + 1e-9)) / _rms(part) * 10 ** (-rng.uniform(0, 22) / 20))
    if before and rng.random() < 0.25:
        gap = round(rng.uniform(0.05, 0.4) * EARS_RATE_HZ)
        talk = _piece(before, start - gap, rng)
        around[: start - gap] += talk * np.float32(10 ** (-rng.uniform(0, 9) / 20) / (2 * np.abs(talk).max() + 1e-9))
    around *= np.float32(0.5 / np.abs(around).max() * 10 ** (-rng.uniform(0, 20) / 20))
    return around + floor(len(around), rng) * np.float32(10 ** (rng.uniform(-20, 6) / 20)), LEAD_S + word_at_s(word)[1]


def _piece(sounds: list[Samples], length: int, rng: np.random.Generator) -> Samples:
    sound = sounds[rng.integers(len(sounds))]
    sound = np.resize(sound, max(len(sound), length + 1))
    at = int(rng.integers(0, len(sound) - length))
    return sound[at : at + length].copy()


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples**2))) + 1e-9
