"""What may be said when, read from [moments] of hears.toml: mistakes are named, and safety is never among what can be left out."""

import re
from pathlib import Path

import pytest

from tests.coach.stage import PROMPTS
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.understanding.phrasebook import Phrasebook


def changed(folder: Path, old: str, new: str) -> Phrasebook:
    for name in ("questions.toml", "names.toml"):
        (folder / name).write_text(PROMPTS.joinpath(name).read_text())
    text = PROMPTS.joinpath("hears.toml").read_text()
    assert old in text
    (folder / "hears.toml").write_text(text.replace(old, new, 1))
    return Phrasebook.load(folder)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("fly", 'has an unknown intent "fly". Known are: stop, pain'),
        ("question.fly", 'question has no topic "fly". Known are: '),
        ("yes.fly", 'yes has no topic "fly". Known are: none.'),
        ("setting.fly", 'setting has no topic "fly". Known are: faster_speech, imperial, metric, name'),
    ],
)
def test_what_a_moment_cannot_have_is_named_with_what_it_can(entry: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=re.escape(told)):
        changed(tmp_path, "\n[moments]\n", f"\n[moments]\nfalling = ['{entry}']\n")


def test_a_moment_of_nothing_has_the_safety_words_all_the_same(tmp_path: Path) -> None:
    book = changed(tmp_path, "\n[moments]\n", "\n[moments]\nfalling = []\n")
    assert book.intents_at("falling") == URGENT
    assert set(book.grammar("falling").phrases) == {phrase for intent in URGENT for phrase in book.phrases(intent)}


def test_a_moment_of_one_topic_has_that_and_no_other(tmp_path: Path) -> None:
    book = changed(tmp_path, "\n[moments]\n", "\n[moments]\nfalling = ['setting.voice']\n")
    meant = {meaning.topic for phrase in book.phrases(Intent.SETTING) if (meaning := book.meaning(phrase, "falling"))}
    assert meant == {"voice"}


def test_another_name_for_no_moment_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r'"nowhere": there is no such moment\. Known are: set, question'):
        changed(tmp_path, "\n[same_as]\n", "\n[same_as]\nfalling = 'nowhere'\n")
    with pytest.raises(Unreadable, match="falling"):
        changed(tmp_path, "\n[same_as]\n", "\n[same_as]\nfalling = ['set']\n")
