"""One piece of the work, measured in whatever process it lands in."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.hearing.engines import Engine, coach_ears, plain_vosk
from benchmarks.hearing.figures import Heard, Outcome, outcome, talk
from benchmarks.hearing.recordings import floor, placed, streams
from benchmarks.hearing.tasks import Task
from benchmarks.words.sayings import recordings_of_talk, without_a_fold
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.sound import EARS_RATE_HZ
from voicecoach.understanding.phrasebook import Phrasebook

COST_S = 120.0


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process needs for its work, loaded once."""

    data: Path
    model: SpeechModel
    words: tuple[WordModel, ...]
    """Word models, each of which hasn't heard the speakers of one fold."""
    phrasebook: Phrasebook
    before_mb: float
    """Memory before the model was loaded: this program's own libraries."""


_bench: list[Bench] = []


def start(data: Path, model: Path, prompts: Path) -> None:
    """Make this process ready."""
    before_mb = resident_mb()
    _bench.append(Bench(data, SpeechModel(model), without_a_fold(), Phrasebook.load(prompts), before_mb))


def resident_mb() -> float:
    """Most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def engine(name: str, fold: int, patience: float) -> Engine:
    """One of the two that are compared, the ears with a word model that hasn't heard the speakers of the fold."""
    if name == "ears":
        return coach_ears(_bench[-1].model, _bench[-1].words[fold], _bench[-1].phrasebook, patience)
    return plain_vosk(_bench[-1].model, _bench[-1].phrasebook)


def done(task: Task) -> tuple[Task, list[Outcome] | list[Heard]]:
    """Measure one piece, in any process."""
    chosen = engine(task.engine, task.fold, task.patience)
    if task.kind == "talk":
        return task, [talk(chosen, samples) for samples in streams(list(task.paths))]
    clips = (placed(_bench[-1].data, path, task.condition) for path in task.paths)
    return task, [outcome(chosen, clip, task.moment, task.meaning, urgent=task.urgent) for clip in clips]


def cost(name: str) -> dict[str, object]:
    """Share of one core and memory, in a process of its own: a quiet room, and read speech."""
    chosen, rng = engine(name, 0, 1.0), np.random.default_rng(1)
    speech = next(streams(recordings_of_talk(_bench[-1].data, "librispeech")[:20]))[: round(COST_S * EARS_RATE_HZ)]
    shares = {}
    for kind, samples in (("quiet room", floor(round(COST_S * EARS_RATE_HZ), rng)), ("read speech", speech)):
        began_s = time.process_time()
        for _ in chosen(samples, "set"):
            pass
        shares[f"real_time_factor, {kind}"] = round((time.process_time() - began_s) * EARS_RATE_HZ / len(samples), 3)
    return {**shares, "resident_mb": round(resident_mb() - _bench[-1].before_mb)}
