"""teaching.toml: what is wrong in it is told with the file, the place and what is allowed."""

import shutil
from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, PHRASEBOOK, PROMPTS, SCRIPT
from voicecoach.curriculum.teaching import load_teaching
from voicecoach.errors import Unreadable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locale that may be spoiled."""
    return Path(shutil.copytree(PROMPTS, tmp_path / "en"))


def test_there_is_more_to_tell_of_every_question() -> None:
    more = {line.removeprefix("more.") for line in SCRIPT.ids() if line.startswith("more.")} - {"none"}
    assert more == PHRASEBOOK.topics


def test_the_five_usual_mistakes_are_themes() -> None:
    assert CURRICULUM.teaching.themes == ("high", "swing", "back", "glutes", "breath")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"teach.hands"', '"teach.hand"', "teach.hand"),
        ('"swing"', '"speed"', "theme.speed"),
        ("themes = [", "subjects = [", "subjects"),
        ('"teach.lift" = ', '"teach.left" = ', "teach.left"),
        ('steps = ["teach.position", ', "steps = [7, ", "steps has to be a list of texts"),
    ],
)
def test_a_slip_of_the_pen_is_named(old: str, new: str, told: str, folder: Path) -> None:
    path = folder / "teaching.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(Unreadable, match=told) as error:
        load_teaching(folder, SCRIPT.ids())
    assert "teaching.toml" in str(error.value)


def test_without_steps_nothing_can_be_taught(folder: Path) -> None:
    (folder / "teaching.toml").write_text("steps = []\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="no steps"):
        load_teaching(folder, SCRIPT.ids())
