"""Where things are: in a checkout, or beside the installed package. Nothing is created or read here, paths are only worked out."""

import os
from pathlib import Path

from voicecoach.errors import Missing

MODEL_NAME = "vosk-model-small-en-us-0.15"
"""The folder of the speech model that every threshold of the ears was measured with."""

LANGUAGE = "en"
"""The locale of whoever has set none, and what every other is held against."""

_PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Give the root of the checkout that this package runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "prompts").is_dir() else None


def prompts() -> Path:
    """Give the folder of everything the coach says and understands, one folder a language."""
    return (checkout() or _PACKAGE) / "prompts"


def language() -> Path:
    """Give the folder of the language that came along: it has every line, every question and every place that is filled."""
    return prompts() / LANGUAGE


def manifest() -> Path:
    """Give the file that says where the speech model comes from and what must be in it."""
    return (checkout() or _PACKAGE) / "models" / "manifest.toml"


def word_model() -> Path:
    """Give the file of the word model, which is part of the program."""
    return (checkout() or _PACKAGE) / "models" / "words.npz"


def unit_template() -> Path:
    """Give the file of the service's unit, as it would be for a program and a home in their usual places."""
    return _PACKAGE / "service" / "voicecoach.service"


def coach() -> list[Path]:
    """Give the files of the coach's own code, in order."""
    return sorted((_PACKAGE / "coach").glob("*.py"))


def home(wanted: Path | None = None) -> Path:
    """Give the folder of journal, cache and settings: `wanted`, else $VOICECOACH_HOME, else the desktop's own place for a program's data.

    Raises Missing where the system knows no home folder for this user.
    """
    named = wanted or Path(os.environ.get("VOICECOACH_HOME") or "")
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    try:
        if named != Path():
            return named.expanduser().absolute()
        if data.is_absolute():  # the desktop's rule: a relative one is to be ignored
            return data / "voicecoach"
        return Path.home() / ".local" / "share" / "voicecoach"
    except RuntimeError as e:
        raise Missing("This user has no home folder to keep the journal in.", "Name another: --home DIR, or set VOICECOACH_HOME.") from e


def models(at_home: Path) -> Path:
    """Give the folder that holds speech models: the checkout's, so that all its users share one, else the one in the home `at_home`."""
    root = checkout()
    return (root or at_home) / "models"


def model(at_home: Path) -> Path:
    """Give the folder of the speech model itself, whether or not it is there yet."""
    return models(at_home) / MODEL_NAME
