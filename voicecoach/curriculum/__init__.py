"""Reads what the coach asks and teaches from prompts/: one module a file. Unreadable with the file, the line in it and what is allowed."""

from pathlib import Path

from voicecoach.coach.curriculum import Curriculum
from voicecoach.curriculum.manners import units, voices
from voicecoach.curriculum.names import names


def load(folder: Path) -> Curriculum:
    """All of `folder`, a locale's. Raises Unreadable."""
    return Curriculum(names=names(folder), voices=voices(folder), units=units(folder))
