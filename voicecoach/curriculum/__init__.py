"""Reads what the coach asks and teaches from prompts/: one module a file. Unreadable with the file, the line in it and what is allowed."""

from pathlib import Path

from voicecoach.coach.curriculum import Curriculum
from voicecoach.curriculum import locale, numbers


def load(folder: Path) -> Curriculum:
    """All of `folder`, a locale's. Raises Unreadable."""
    here = locale.load(folder)
    return Curriculum(locale=here, numbers=numbers.load(folder, here.emergency))
