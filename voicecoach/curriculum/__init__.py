"""Reads what the coach asks and teaches from prompts/: one module a file. Unreadable with the file, the line in it and what is allowed."""

from pathlib import Path

from voicecoach.coach.curriculum import Curriculum
from voicecoach.curriculum import locale, numbers
from voicecoach.curriculum.mat import load_mat
from voicecoach.curriculum.screening import load_screening


def load(folder: Path) -> Curriculum:
    """All of `folder`, a locale's. Raises Unreadable."""
    here = locale.load(folder)
    return Curriculum(
        locale=here,
        numbers=numbers.load(folder, here.emergency),
        screening=load_screening(folder),
        mat=load_mat(folder),
    )
