"""Reads mat.toml: the safety words that are tried from the mat."""

from pathlib import Path

from voicecoach.coach.curriculum import WordTest
from voicecoach.errors import Unreadable
from voicecoach.tables import only_keys, read_prompts

FILE = "mat.toml"


def load_mat(folder: Path) -> tuple[WordTest, ...]:
    """The tests of `folder`, a locale's. Raises Unreadable with the file, the test in it and what is allowed."""
    path = folder / FILE
    tests = tuple(_test(name, entry, f'{path}, ["{name}"]') for name, entry in read_prompts(folder, FILE).items())
    if not tests:
        raise Unreadable(f"{path} has no word to try.", 'Give it at least one, as ["mat.stop"] with its word.')
    return tests


def _test(name: str, entry: object, place: str) -> WordTest:
    if not isinstance(entry, dict):
        raise Unreadable(f"{place} has to be a table.", 'Write word = "stop" under it.')
    only_keys(entry, ("word",), place)
    word = entry.get("word")
    if not isinstance(word, str) or not word.isalpha():
        raise Unreadable(f"{place}: word has to be a single word.", 'Write it in double quotes, as word = "stop".')
    return WordTest(name, word)
