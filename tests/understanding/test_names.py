from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, PHRASEBOOK, PROMPTS
from voicecoach.curriculum.names import load_names
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import Intent
from voicecoach.understanding.meaning import Meaning
from voicecoach.understanding.phrasebook import Phrasebook


def test_a_name_means_itself_where_a_name_is_asked_for_and_nothing_elsewhere() -> None:
    assert PHRASEBOOK.meaning("anna", "name") == Meaning(Intent.NAME, "Anna")
    assert PHRASEBOOK.meaning("anna", "set") is None


def test_another_spelling_is_the_same_name() -> None:
    assert PHRASEBOOK.meaning("sara", "who") == Meaning(Intent.NAME, "Sarah")


def test_two_hundred_names_are_no_decoys_while_the_legs_move() -> None:
    heard = PHRASEBOOK.grammar("set")
    assert {name.lower() for name in CURRICULUM.names.known} & {*heard.phrases, *heard.decoys} <= {"henry", "philip", "catherine"}


def test_everybody_without_a_name_can_say_their_number() -> None:
    numbers = {meaning.topic for phrase in PHRASEBOOK.phrases(Intent.NAME) if (meaning := PHRASEBOOK.meaning(phrase, "who"))}
    assert {str(n) for n in range(1, 10)} <= numbers


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('unnamed = "number"', "unnamed"),
        ('unnamed = "{n} of {all}"', "unnamed"),
        ('unnamed = "{n}"\nnames = "Anna"', "names"),
        ('unnamed = "{n}"\nnicknames = []', "nicknames"),
        ('unnamed = "{n}"\nnames = ["Anna"]\n[heard_as]\nHannah = ["anna"]', "Hannah"),
    ],
)
def test_what_is_wrong_in_the_names_is_named(text: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "names.toml").write_text(text)
    with pytest.raises(Unreadable) as caught:
        load_names(tmp_path)
    assert named in str(caught.value)
    assert "names.toml" in str(caught.value)


def test_the_shipped_names_are_many_and_of_many_origins() -> None:
    assert len(CURRICULUM.names.known) >= 200
    assert {"Ahmed", "Chen", "Priya", "Kwame", "Maria"} <= CURRICULUM.names.known
    assert PROMPTS.joinpath("names.toml").is_file()


def test_a_name_that_is_a_command_already_is_refused_by_name(tmp_path: Path) -> None:
    for name in ("hears.toml", "questions.toml"):
        (tmp_path / name).write_text(PROMPTS.joinpath(name).read_text())
    (tmp_path / "names.toml").write_text(
        'unnamed = "number {n}"\nnames = ["Stop"]\n[numbered]\n' + "".join(f'{n} = ["number {n}"]\n' for n in range(1, 10))
    )
    with pytest.raises(Unreadable, match="already means stop"):
        Phrasebook.load(tmp_path)
