"""A network of two hidden layers, trained with Adam: small enough that numpy does."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.words.lessons import NOTHING, UNGRADED, Lesson
from benchmarks.words.sayings import RECORDED, WORDS
from voicecoach.ears.word_model import WordModel

HIDDEN = 96
EPOCHS = 10
BATCH = 512
RATE, DECAY = 2e-3, 1e-4
DROPPED = 0.1
WORDS_WEIGH = 0.67
"""All words together against all else, which is more varied. Untuned: another weight only moves all odds up or down."""

Array = NDArray[np.float32]
Parts = dict[str, NDArray[np.generic]]


@dataclass
class Network:
    """Weights and Adam's memory of them."""

    weights: list[Array]
    mean: list[Array]
    square: list[Array]
    steps: int = 0

    @classmethod
    def new(cls, inputs: int, outputs: int, rng: np.random.Generator) -> "Network":
        """Random weights."""
        sizes = (inputs, HIDDEN, HIDDEN, outputs)
        weights: list[Array] = []
        for before, after in pairwise(sizes):
            weights += [
                rng.standard_normal((before, after)).astype(np.float32) * np.float32(np.sqrt(2 / before)),
                np.zeros(after, np.float32),
            ]
        return cls(weights, [np.zeros_like(one) for one in weights], [np.zeros_like(one) for one in weights])

    def learn(self, inputs: Array, wanted: Array, weighs: Array, rate: float) -> None:
        """One step on one batch."""
        w1, b1, w2, b2, w3, b3 = self.weights
        first = np.maximum(inputs @ w1 + b1, 0)
        second = np.maximum(first @ w2 + b2, 0)
        z = second @ w3 + b3
        shares = np.exp(z - z.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        down = (shares - wanted) * weighs[:, None] / len(inputs)
        down2 = down @ w3.T * (second > 0)
        down1 = down2 @ w2.T * (first > 0)
        slopes = [inputs.T @ down1, down1.sum(0), first.T @ down2, down2.sum(0), second.T @ down, down.sum(0)]
        self.steps += 1
        for n, slope in enumerate(slopes):
            full = slope + DECAY * self.weights[n] if slope.ndim == 2 else slope
            self.mean[n] = 0.9 * self.mean[n] + 0.1 * full
            self.square[n] = 0.999 * self.square[n] + 0.001 * full * full
            step = self.mean[n] / (1 - 0.9**self.steps) / (np.sqrt(self.square[n] / (1 - 0.999**self.steps)) + 1e-8)
            self.weights[n] -= np.float32(rate) * step


def trained(lessons: list[Lesson], seed: int) -> Parts:
    """The parts of a WordModel, learned from the lessons."""
    rng = np.random.default_rng(seed)
    rows = np.concatenate([lesson.rows[lesson.answers != UNGRADED] for lesson in lessons])
    answers = np.concatenate([lesson.answers[lesson.answers != UNGRADED] for lesson in lessons])
    mean, spread = rows.mean(0), rows.std(0) + 1e-3
    rows = ((rows - mean) / spread).astype(np.float32)
    count = np.bincount(answers, minlength=NOTHING + 1)
    weigh = np.where(np.arange(NOTHING + 1) == NOTHING, 1.0, WORDS_WEIGH * count[NOTHING] / np.maximum(count, 1) / NOTHING)
    weighs = weigh[answers].astype(np.float32)
    network, right = Network.new(rows.shape[1], NOTHING + 1, rng), np.eye(NOTHING + 1, dtype=np.float32)
    for epoch in range(EPOCHS):
        rate = RATE * 0.5 ** max(epoch - EPOCHS // 2 + 1, 0)
        order = rng.permutation(len(rows))
        for at in range(0, len(rows) - BATCH, BATCH):
            batch = order[at : at + BATCH]
            kept = (rng.random((BATCH, rows.shape[1]), np.float32) > DROPPED) / np.float32(1 - DROPPED)
            network.learn(rows[batch] * kept, right[answers[batch]], weighs[batch], rate)
    w1, b1, w2, b2, w3, b3 = network.weights
    # What is subtracted from the inputs and divided out of them moves into the first layer.
    parts = {"w1": w1 / spread[:, None], "b1": b1 - (mean / spread) @ w1, "w2": w2, "b2": b2, "w3": w3, "b3": b3}
    return {
        "words": np.array(WORDS),
        "real": np.isin(WORDS, RECORDED),
        **{name: np.asarray(part, np.float16) for name, part in parts.items()},
    }


def judged(parts: Parts, lessons: list[Lesson]) -> list[tuple[Lesson, Array]]:
    """Every lesson with the scores (rows, words) that the model gives it."""
    model = WordModel.of(parts)
    return [(lesson, model.scores(lesson.rows)) for lesson in lessons]
