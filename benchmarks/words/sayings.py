"""What the word model learns from: real recordings, and synthetic voices for what nobody has recorded."""

import csv
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.hearing.voices import FLITE, HIBARI, spoken, voices
from voicecoach.ears.word_model import PARTS, WordModel
from voicecoach.errors import Missing
from voicecoach.messages.intents import URGENT
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script

TAUGHT_TALK = ("arctic", "librispeech")
"""The coffee orders are never learned from."""

FOLDS = 5
FOLDS_FILE = Path(__file__).parent / "folds.npz"

ROOT = Path(__file__).parent.parent.parent
PHRASEBOOK = Phrasebook.load(ROOT / "prompts" / "en")
URGENT_PHRASES = tuple(phrase for intent in sorted(URGENT) for phrase in PHRASEBOOK.phrases(intent))
ANSWERS = ("yes", "no", "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ENDINGS = frozenset(phrase.split()[-1] for phrase in URGENT_PHRASES)
VAGUE_ENDINGS = frozenset({"done", "help", "it", "me", "more", "now", "please", "session"})
"""Any sentence may end in these: they are heard in training, and never graded."""

WORDS = (*ANSWERS, *sorted(ENDINGS - VAGUE_ENDINGS))
"""The words that the model knows, in the order of its outputs: answers, and the words in which safety phrases end."""

RECORDED = ("stop", "yes", "no", *ANSWERS[2:-1])
"""Those that real people say in DATA."""

LIKE_THEM = (
    "top", "step", "shop", "stuff", "stomp", "start", "spot", "pay", "paint", "rain", "plain", "vein", "pen", "pine", "pan", "couch",
    "how", "out", "hearts", "herbs", "heard", "hats", "hurry", "her", "learning", "turning", "camp", "lamp", "crab", "clamp", "busy",
    "fizzy", "easy", "fate", "feint", "fame", "saint", "urgency", "currency", "chasm", "inching", "pitching", "mingling", "single",
    "ringing", "know", "yet", "less", "hold", "slow", "lift", "next", "set", "skip", "ready", "louder", "slower", "repeat",
    "wait", "pause", "okay", "back", "lower", "rest", "left",
)  # fmt: skip
"""Said by the same synthetic voices, so that the model learns the words and not the voices."""

ENDING_LIKE_THEM = (
    "right now", "one more", "come with me", "all wrong", "a long session", "with needles", "i helped", "look at it", "if you please",
    "well enough", "it is done", "i have plenty", "it hears", "my back heard", "i feel busy", "we feel it", "i met pete", "some rain",
)  # fmt: skip
"""Not everything that ends so is one of the phrases."""

VARIANTS = (
    "f2", "f4", "f5", "m2", "m3", "m5", "m7", "Alicia", "Andy", "Annie", "Michael", "adam", "anika", "belinda", "benjamin", "boris",
    "david", "edward", "grandma", "grandpa", "gustave", "john", "klatt", "klatt3", "linda", "norbert", "pablo", "paul", "quincy",
    "rob", "shelby", "steph", "travis", "victor", "whisper", "whisperf", "zac",
)  # fmt: skip
ESPEAK_NG = "espeak-ng"
COACH = "en-us+f5"
"""The coach's own voice, as settings.py has it."""
ACCENTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-us-nyc")


@dataclass(frozen=True, slots=True)
class Saying:
    """One recording, of which `copies` altered ones are made. `word` is the last of a phrase, "" when it isn't one of the coach's."""

    path: Path
    word: str
    speaker: str
    copies: int

    @property
    def fold(self) -> int:
        """Which of the FOLDS its speaker belongs to: a model that is judged on him hasn't heard him."""
        return fold(self.speaker)


def fold(speaker: str) -> int:
    """The same speaker is in the same fold in every run; all voices of espeak-ng are one, as they speak by the same rules."""
    return crc32((ESPEAK_NG if speaker.startswith("en-") else speaker).encode()) % FOLDS


def all_voices() -> list[str]:
    """Every synthetic voice that it takes. Missing where this machine lacks one: another choice would be another model."""
    known = subprocess.run(["espeak-ng", "--voices=variant"], check=True, capture_output=True, text=True).stdout  # noqa: S607
    lacking = [variant for variant in VARIANTS if f"!v/{variant} " not in known] + sorted({*FLITE, *HIBARI} - {*voices()})
    if lacking:
        raise Missing(f"This machine has no voice {', '.join(lacking)}.", "Install espeak-ng, flite and hibari-tts.")
    return [*(f"{ACCENTS[n % len(ACCENTS)]}+{variant}" for n, variant in enumerate(VARIANTS)), *voices()]


def without_a_fold() -> tuple[WordModel, ...]:
    """The word models that benchmarks/words wrote beside the coach's own: each hasn't heard the speakers of the fold of its place."""
    with np.load(FOLDS_FILE) as parts:
        return tuple(WordModel.of({name: parts[f"{name}_{number}"] for name in PARTS}) for number in range(FOLDS))


def speakers(data: Path) -> dict[str, str]:
    """Who speaks in each file of DATA, by its path there."""
    with (data / "index.csv").open(newline="") as table:
        return {row["file"]: row["speaker"] for row in csv.DictReader(table)}


def recordings_of_talk(data: Path, *kinds: str) -> list[Path]:
    """Recordings of talk of those kinds, in one order."""
    return sorted(path for kind in kinds for path in (data / "talk" / kind).rglob("*.*") if path.is_file())


def talk_before(data: Path) -> list[Path]:
    """Talk that is heard before words in training, whatever the fold. Its speakers are known to every model."""
    return recordings_of_talk(data, *TAUGHT_TALK)[::40]


def sayings(data: Path, scratch: Path) -> Iterator[Saying]:
    """All of them but the talk. Synthetic ones are rendered into `scratch`."""
    who = speakers(data)
    for folder in sorted(path for name in ("command_words", "digits", "other_words") for path in (data / name).iterdir()):
        known = folder.name in WORDS
        copies = 2 if not known else 12 if folder.name == "stop" else 5
        for path in sorted(folder.glob("*.*")):
            yield Saying(path, folder.name if known else "", who[str(path.relative_to(data))], copies)
    others = (*LIKE_THEM, *ENDING_LIKE_THEM)
    for number, voice in enumerate(all_voices()):
        natural = voice in voices()
        for phrase in (*URGENT_PHRASES, *(ANSWERS if natural else ("ten",))):
            yield Saying(spoken(scratch, voice, phrase), phrase.split()[-1], voice, 4 if natural else 1)
        for phrase in others[0 if natural else number % 2 :: 1 if natural else 2]:
            yield Saying(spoken(scratch, voice, phrase), "", voice, 1)
    for sentence in _coach_says():
        yield Saying(spoken(scratch, COACH, sentence), "", COACH, 1)


def _coach_says() -> Iterator[str]:
    """Sentences of the coach without any of the words: what is left of its own voice in the microphone mustn't be taken for them."""
    for _, sentence in Script.load(ROOT / "prompts" / "en").every_sentence():
        plain = "".join(letter if letter.isalpha() or letter in "' " else " " for letter in sentence.lower())
        if "{" not in sentence and not set(plain.split()) & {*ANSWERS, *ENDINGS}:
            yield " ".join(plain.split())
