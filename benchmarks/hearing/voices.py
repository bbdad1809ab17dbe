"""Phrases of which there is no real recording, said by synthetic voices: four of espeak-ng and, where flite is installed, four of flite."""

import shutil
import subprocess
from pathlib import Path

from voicecoach.errors import Missing
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.understanding.phrasebook import Phrasebook

ESPEAK = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3")
FLITE = ("kal16", "awb", "rms", "slt")
ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNSURE, Intent.NUMBER, Intent.QUESTION})
"""Intents that are asked for, or that have topics instead of phrases: not among the commands of a set."""


def voices() -> tuple[str, ...]:
    """The voices that this machine has. Missing without espeak-ng."""
    if not shutil.which("espeak-ng"):
        raise Missing("There is no espeak-ng to say what nobody has recorded.", "Install it: sudo apt-get install espeak-ng flite")
    return ESPEAK + (FLITE if shutil.which("flite") else ())


def safety_phrases(phrasebook: Phrasebook) -> list[tuple[str, Intent]]:
    """Every phrase that ends a session."""
    return [(phrase, intent) for intent in sorted(URGENT) for phrase in phrasebook.phrases(intent)]


def commands(phrasebook: Phrasebook) -> list[tuple[str, Intent]]:
    """Every other phrase that may be said in a set."""
    wanted = sorted(phrasebook.intents_at("set") - URGENT - ANSWERS)
    return [(phrase, intent) for intent in wanted for phrase in phrasebook.phrases(intent)]


def spoken(folder: Path, voice: str, phrase: str) -> Path:
    """The phrase as that voice says it, a WAV in `folder`, made if it isn't there."""
    path = folder / voice / f"{phrase.replace(' ', '_')}.wav"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        espeak = ["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), phrase]
        subprocess.run(["flite", "-voice", voice, "-t", phrase, "-o", str(path)] if voice in FLITE else espeak, check=True)
    return path
