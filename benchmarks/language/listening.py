"""What somebody who can't read along hears: the coach's voice, recognised with the speech model's whole vocabulary."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from tests.prompts.sentences import words
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import RoomPlan
from voicecoach.sound.resampling import resampled

LEAD_S = 0.5
"""A quiet room before and after a text: recognisers need some."""
ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SAME = {"okay": "ok", "cannot": "can not", "somebody": "some body", "forehead": "fore head", "anybody": "any body", "can't": "can not"}
"""Spellings of what sounds the same."""


def heard_by(model: SpeechModel, room: RoomPlan | None) -> Callable[[Pcm], str]:
    """Gives the words of a sound, played in a quiet place, or through a room and its noise as the coach's echo would come back."""

    def listen(pcm: Pcm) -> str:
        samples = resampled(pcm, EARS_RATE_HZ).samples
        around = np.zeros(round(LEAD_S * EARS_RATE_HZ), np.float32)
        samples = np.concatenate([around, samples, around])
        return _transcript(Recognizer(model, ()), samples if room is None else _in(room, samples))

    return listen


def _in(plan: RoomPlan, samples: Samples) -> Samples:
    """As a listener in the room hears it: with the noise of the house, at the plan's ratio."""
    room = Room(plan, Pcm(samples, EARS_RATE_HZ))
    room.say(samples, 0)
    blocks = len(samples) // EARS_BLOCK + 1
    silence = np.zeros(EARS_BLOCK * 3 // 2, np.float32)
    return np.concatenate([room.capture(silence) for _ in range(blocks)])


def _transcript(recognizer: Recognizer, samples: Samples) -> str:
    texts = list[str]()
    for start in range(0, len(samples), EARS_BLOCK * 10):
        hypothesis = recognizer.feed(samples[start : start + EARS_BLOCK * 10])
        if hypothesis.final:
            texts.append(hypothesis.text)
    return " ".join([*texts, recognizer.finish().text])


def plain(text: str) -> list[str]:
    """The words of a text as they are compared: numbers spelled, hyphens parted, one spelling for what sounds the same."""
    spelled = re.sub(r"\d+", lambda number: _in_words(int(number[0])), text.lower().replace("’", "'").replace("-", " "))
    return " ".join(SAME.get(word, word) for word in words(spelled)).split()


def _in_words(number: int) -> str:
    """As the voice says it, up to 999."""
    if number >= 100:
        return f"{ONES[number // 100]} hundred {_in_words(number % 100) if number % 100 else ''}"
    return ONES[number] if number < len(ONES) else f"{TENS[number // 10 - 2]} {ONES[number % 10] if number % 10 else ''}"


def wrong_words(said: Sequence[str], heard: Sequence[str]) -> int:
    """How many words have to be put in, left out or exchanged: Levenshtein's distance."""
    row = list(range(len(heard) + 1))
    for n, word in enumerate(said, 1):
        before, row = row, [n]
        for m, other in enumerate(heard, 1):
            row.append(min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (word != other)))
    return row[-1]
