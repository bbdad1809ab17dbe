"""Reads mat.toml: the safety words that are tried from the mat."""

from pathlib import Path

from voicecoach import places
from voicecoach.coach.curriculum import WordTest
from voicecoach.errors import Unreadable
from voicecoach.tables import layers, only_keys, read_prompts, read_table, subtable

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
    below = read_table(layers(folder)[-1] / FILE)
    if changed := [test for test in tests if test.id in below and test.word != subtable(below, test.id).get("word")]:
        place = subtable(table, changed[0].id).at("word")
        raise Unreadable(f"{place} can't be changed.", f'Leave it "{subtable(below, changed[0].id)["word"]}": it is not obeyed there.')
    if missing := [name for name in read_table(places.language() / FILE) if name not in table]:
        raise Unreadable(f'{folder / FILE}: there is no ["{missing[0]}"].', 'Give it its word, as word = "stop".')
    return tuple(tests)
