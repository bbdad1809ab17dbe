"""Reads mat.toml: the safety words that are tried from the mat."""

from pathlib import Path

from voicecoach.coach.curriculum import WordTest
from voicecoach.errors import Unreadable
from voicecoach.tables import only_keys, read_prompts, subtable

FILE = "mat.toml"


def load_mat(folder: Path) -> tuple[WordTest, ...]:
    """The tests of `folder`, a locale's. Raises Unreadable with the file, the line and what is allowed."""
    table = read_prompts(folder, FILE)
    tests = []
    for name in table:
        entry = subtable(table, name)
        only_keys(entry, ("word",))
        word = entry.get("word")
        if not isinstance(word, str) or not word.isalpha():
            raise Unreadable(f"{entry.at('word')}: word has to be a single word.", 'Write it in double quotes, as word = "stop".')
        tests.append(WordTest(name, word))
    if not tests:
        raise Unreadable(f"{folder / FILE} has no word to try.", 'Give it at least one, as ["mat.stop"] with its word.')
    return tuple(tests)
