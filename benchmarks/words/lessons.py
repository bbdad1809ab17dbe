"""Embeddings of what is learned from, with what was said when."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.hearing.recordings import load, streams
from benchmarks.words.alter import altered, heard
from benchmarks.words.sayings import WORDS, Saying
from voicecoach.ears.word_model import HOP_S, Embedder, stacked
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

HEARD_FROM_S, HEARD_TO_S = -0.06, 0.30
"""From the word's end on the network has to say the word; before that and for a while after it may."""
EITHER_FROM_S, EITHER_TO_S = -0.45, 0.55
NOTHING = len(WORDS)
UNGRADED = -1


@dataclass(frozen=True, slots=True)
class Lesson:
    """A stretch of sound as the network sees it: rows of stacked embeddings, and for each the word's number, NOTHING or UNGRADED."""

    fold: int
    word: str
    rows: NDArray[np.float32]
    answers: NDArray[np.int64]
    kind: str


def of_saying(saying: Saying, noises: list[Samples], rooms: list[Samples], before: list[Samples], seed: int) -> list[Lesson]:
    """One lesson a copy."""
    rng, word = np.random.default_rng(seed), load(saying.path)
    lessons = []
    for _ in range(saying.copies):
        samples, end_s = heard(altered(word, rng, rooms), rng, noises, before if saying.word else [])
        rows, ends_s = _rows(samples, int(rng.integers(0, round(HOP_S * EARS_RATE_HZ))))
        answers = np.full(len(rows), NOTHING)
        if saying.word:
            answers[(ends_s > end_s + EITHER_FROM_S) & (ends_s < end_s + EITHER_TO_S)] = UNGRADED
            if saying.word in WORDS:
                answers[(ends_s >= end_s + HEARD_FROM_S) & (ends_s <= end_s + HEARD_TO_S)] = WORDS.index(saying.word)
        lessons.append(Lesson(saying.fold, saying.word, rows, answers, "saying"))
    return lessons


def of_talk(files: list[Path], fold: int, kind: str) -> list[Lesson]:
    """Talk in which none of the words is meant."""
    lessons = []
    for samples in streams(files):
        rows, _ = _rows(samples, 0)
        lessons.append(Lesson(fold, "", rows, np.full(len(rows), NOTHING), kind))
    return lessons


def _rows(samples: Samples, skip: int) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Stacked embeddings, and how much of `samples` had been heard at each."""
    embedder, found, ends_s = Embedder(), [], []
    step = round(HOP_S * EARS_RATE_HZ) // 4
    for at in range(skip, len(samples), step):
        for embedding in embedder.feed(samples[at : at + step]):
            found.append(embedding)
            ends_s.append(min(at + step, len(samples)) / EARS_RATE_HZ)
    return stacked(np.stack(found)).astype(np.float16).astype(np.float32), np.array(ends_s)
