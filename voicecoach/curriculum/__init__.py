"""Reads what the coach asks and teaches from prompts/: one module a file. Unreadable with the file, the line in it and what is allowed.

Beside them `spoken`: how long a sentence takes.
"""

from pathlib import Path

from voicecoach.coach.curriculum import Curriculum
from voicecoach.curriculum import locale, numbers
from voicecoach.curriculum.exercises import load_training
from voicecoach.curriculum.mat import load_mat
from voicecoach.curriculum.names import load_names
from voicecoach.curriculum.screening import load_screening
from voicecoach.curriculum.spoken import spoken_s
from voicecoach.curriculum.teaching import load_teaching
from voicecoach.voice.script import Script


def load(folder: Path) -> Curriculum:
    """All of `folder`, a locale's. Raises Unreadable."""
    here, script = locale.load(folder), Script.load(folder)
    agreed = numbers.load(folder, here.emergency)
    return Curriculum(
        locale=here,
        numbers=agreed,
        screening=load_screening(folder),
        mat=load_mat(folder),
        training=load_training(folder, script.ids(), agreed.plan.limits),
        teaching=load_teaching(folder, script.ids()),
        names=load_names(folder),
        spoken_s=spoken_s(script),
    )
