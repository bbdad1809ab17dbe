"""What is measured: the ears as the coach has them, and plain Vosk, each as a function from sound to detections."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.heard import Grammar, Stage
from voicecoach.messages.intents import Intent
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples
from voicecoach.understanding.numbers import number_in
from voicecoach.understanding.phrasebook import Phrasebook

STEP = 2 * EARS_BLOCK


ASKED = "asked about"
"""Nothing was understood, but it may have been a safety phrase: the coach pauses and asks."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One detection. `meaning` is the intent, or the spoken number in digits, ASKED, or "" when it was nothing known."""

    stage: Stage
    meaning: str
    urgent: bool
    at_s: float


Engine = Callable[[Samples, str], Iterator[Sign]]
"""Sound at 16 kHz and the moment of the session in which it is heard."""


def coach_ears(model: SpeechModel, words: WordModel, phrasebook: Phrasebook, patience: float) -> Engine:
    """The ears as the coach has them; the coach itself is silent, so that the canceller has nothing to do and costs nothing."""

    def hear(samples: Samples, moment: str) -> Iterator[Sign]:
        ears, grammar = Ears(model, words, EchoCanceller(), phrasebook.emphasis, patience), phrasebook.grammar(moment)
        silence = np.zeros(EARS_BLOCK, np.float32)
        ears.scope(grammar)
        for start in range(0, len(samples) - EARS_BLOCK + 1, EARS_BLOCK):
            for heard in ears.feed(samples[start : start + EARS_BLOCK], silence):
                if heard.worrying:
                    yield Sign(heard.stage, ASKED, urgent=False, at_s=heard.at_s)
                else:
                    yield _sign(phrasebook, grammar, heard.stage, heard.phrase or heard.text, heard.at_s)

    return hear


def plain_vosk(model: SpeechModel, phrasebook: Phrasebook) -> Engine:
    """One recogniser with the moment's phrases and [unk], believed at the first whole phrase."""

    def hear(samples: Samples, moment: str) -> Iterator[Sign]:
        grammar = phrasebook.grammar(moment)
        recognizer, last = Recognizer(model, (*grammar.phrases, *grammar.free)), ""
        for start in range(0, len(samples) - STEP + 1, STEP):
            hypothesis = recognizer.feed(samples[start : start + STEP])
            known = hypothesis.text in grammar.phrases or (hypothesis.text in grammar.free and hypothesis.final)
            if known and hypothesis.text != last:
                yield _sign(phrasebook, grammar, Stage.CONFIRMED, hypothesis.text, (start + STEP) / EARS_RATE_HZ)
            last = hypothesis.text if known and not hypothesis.final else ""

    return hear


def _sign(phrasebook: Phrasebook, grammar: Grammar, stage: Stage, text: str, at_s: float) -> Sign:
    """A detection by its meaning."""
    meaning = phrasebook.meaning(text, grammar.name)
    if meaning and meaning.intent is not Intent.NUMBER:
        return Sign(stage, meaning.intent.value, text in grammar.urgent, at_s)
    number = number_in(text, phrasebook.numbers) if grammar.free else None
    return Sign(stage, "" if number is None else str(number), urgent=False, at_s=at_s)
