"""Phrases of which there is no real recording, said by synthetic voices.

Four are espeak-ng's, four flite's, and hibari's sounds like a person. Those that this machine hasn't got are left out.
"""

import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voicecoach.errors import Missing
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.understanding.phrasebook import Phrasebook

ESPEAK = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3")
FLITE = ("kal16", "awb", "rms", "slt")
HIBARI = ("heart",)
ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNSURE, Intent.NUMBER, Intent.QUESTION})
"""Intents that are asked for, or that have topics instead of phrases: not among the commands of a set."""


def voices() -> tuple[str, ...]:
    """The voices that this machine has. Missing without espeak-ng."""
    if not shutil.which("espeak-ng"):
        raise Missing("There is no espeak-ng to say what nobody has recorded.", "Install it: sudo apt-get install espeak-ng flite")
    return ESPEAK + (FLITE if shutil.which("flite") else ()) + (HIBARI if find_spec("hibari") else ())


def safety_phrases(phrasebook: Phrasebook) -> list[tuple[str, Intent]]:
    """Every phrase that ends a session."""
    return [(phrase, intent) for intent in sorted(URGENT) for phrase in phrasebook.phrases(intent)]


def commands(phrasebook: Phrasebook) -> list[tuple[str, Intent]]:
    """Every other phrase that may be said in a set."""
    wanted = sorted(phrasebook.intents_at("set") - URGENT - ANSWERS)
    return [(phrase, intent) for intent in wanted for phrase in phrasebook.phrases(intent)]


def spoken(folder: Path, voice: str, phrase: str) -> Path:
    """The phrase as that voice says it, a WAV in `folder`, made if it isn't there. Any voice of espeak-ng, and those above."""
    path = folder / voice / f"{phrase.replace(' ', '_')}.wav"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    if voice in HIBARI:
        soundfile.write(path, np.asarray(_hibari()(phrase)), 24_000)
    elif voice in FLITE:
        _run("flite", "-voice", voice, "-t", phrase, "-o", str(path))
    else:
        _run("espeak-ng", "-v", voice, "-s", "150", "-w", str(path), phrase)
    return path


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


@cache
def _hibari() -> Any:  # noqa: ANN401 - hibari has no types
    from hibari import Hibari  # noqa: PLC0415 - where it isn't installed, its voice is left out

    return Hibari()
