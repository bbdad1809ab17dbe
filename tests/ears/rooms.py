"""Real words in a quiet room, and the ears that hear them."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from tests.coach.stage import PHRASEBOOK
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples
from voicecoach.places import MODEL_NAME, word_model
from voicecoach.sound.recording import read_recording

ROOT = Path(__file__).resolve().parents[2]
MODEL_FOLDER = ROOT / "models" / MODEL_NAME
NOTHING = np.zeros(EARS_BLOCK, np.float32)


@cache
def model() -> SpeechModel:
    return SpeechModel(MODEL_FOLDER)


@cache
def words() -> WordModel:
    return WordModel.load(word_model())


@cache
def clip(name: str) -> Samples:
    samples = read_recording(next((ROOT / "tests" / "sounds").glob(f"{name}.*"))).samples
    return samples / np.float32(2 * np.abs(samples).max())


def quiet(length_s: float) -> Samples:
    """A room's own noise at -60 dBFS: digital silence hides false alarms."""
    return np.random.default_rng(7).standard_normal(round(length_s * EARS_RATE_HZ)).astype(np.float32) * np.float32(1e-3)


def room(length_s: float, *said: tuple[float, str]) -> Samples:
    """A quiet room in which each named clip is heard from its second on."""
    samples = quiet(length_s)
    for at_s, name in said:
        start = round(at_s * EARS_RATE_HZ)
        heard = clip(name)[: len(samples) - start]
        samples[start : start + len(heard)] += heard
    return samples


def ears(moment: str, canceller: EchoCanceller | None = None) -> Ears:
    made = Ears(model(), words(), canceller, PHRASEBOOK.emphasis)
    made.scope(PHRASEBOOK.grammar(moment))
    return made


def blocks(samples: Samples) -> Iterable[Samples]:
    return (samples[at : at + EARS_BLOCK] for at in range(0, len(samples) - EARS_BLOCK + 1, EARS_BLOCK))


def hear(listening: Ears, microphone: Samples, played: Samples | None = None) -> list[Heard]:
    if played is None:
        return [heard for block in blocks(microphone) for heard in listening.feed(block, NOTHING)]
    return [heard for block, own in zip(blocks(microphone), blocks(played), strict=False) for heard in listening.feed(block, own)]


def confirmed(all_heard: Iterable[Heard]) -> list[str]:
    return [heard.phrase for heard in all_heard if heard.stage is Stage.CONFIRMED and heard.phrase]
