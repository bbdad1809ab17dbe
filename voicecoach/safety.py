"""What keeps somebody safe can be added to, at home and in a locale, and not weakened: the words, the questions, the sentences.

Whatever a locale is made of, the lowest of its layers says what holds. One that lies over nothing is held against the language that came
along: it has other words, but the same groups of them, and the same lines.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from voicecoach import places
from voicecoach.coach.curriculum import WordTest
from voicecoach.errors import Unreadable
from voicecoach.messages.heard import has_words
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.tables import Placed, layers, only_keys, read_prompts, read_table, subtable, whole, words
from voicecoach.understanding.meaning import GRAVE
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script

FILE = "safety.toml"
HEARS = "hears.toml"
ANSWERS = frozenset({Intent.YES, Intent.NO, Intent.UNSURE, Intent.BETTER, Intent.SAME, Intent.WORSE, Intent.FEEL_BACK, Intent.IN_BACK})
GOING = frozenset({Intent.RESUME, Intent.NEXT_SET, Intent.SKIP, Intent.GO_ON, Intent.CLOSE})
"""What sets somebody going, and what declines that."""
KEPT = ANSWERS | GOING
"""And what answers a safety question. Phrases may come and go, but none of these means anything else, and no other one of these."""
OR = "/"


def with_all_safety(phrasebook: Phrasebook, folder: Path) -> Phrasebook:
    """The phrasebook, if it understands at least what lies under all changes does. Raises Unreadable."""
    table = read_prompts(folder, HEARS)
    lowest = Phrasebook.load(layers(folder)[-1])
    for intent in sorted(URGENT):
        if missing := [one for one in lowest.phrases(intent) if phrasebook.meaning(one, "set") != lowest.meaning(one, "set")]:
            place = subtable(subtable(table, "intents"), intent).at("phrases")
            raise Unreadable(f'{place}: "{missing[0]}" is missing.', "Safety phrases may be added, but none may be taken away.")
    if GRAVE not in phrasebook.meant_at("set"):
        place = subtable(subtable(table, "intents"), GRAVE.intent).at("topics")
        raise Unreadable(f"{place}: there is no {GRAVE.topic} in it.", "Name what is an emergency by itself.")
    for phrase in lowest.every_phrase():
        was, now = lowest.anywhere(phrase), phrasebook.anywhere(phrase)
        if was and now and was != now and not KEPT.isdisjoint((was.intent, now.intent)):
            place = subtable(subtable(table, "intents"), now.intent).at("phrases", phrase)
            raise Unreadable(f'{place}: "{phrase}" means {was.intent}.', f"Keep it under {was.intent}, or take it out.")
    _hidden(phrasebook, lowest, table)
    below, shipped = read_table(layers(folder)[-1] / HEARS), read_table(places.language() / HEARS)
    _signs(table, below, shipped)
    _moments(table, shipped)
    _numbers(table, below)
    _likely(table, below)
    return phrasebook


def _hidden(phrasebook: Phrasebook, lowest: Phrasebook, table: Placed) -> None:
    """No new phrase of another meaning has a safety phrase in it: one of the two would be taken for the other."""
    urgent = [phrase for intent in sorted(URGENT) for phrase in phrasebook.phrases(intent)]
    for phrase in phrasebook.phrases_and_numbers():
        meaning = phrasebook.anywhere(phrase)
        within = next((one for one in urgent if has_words(phrase, one)), "")
        if within and meaning != lowest.anywhere(phrase) and (meaning is None or meaning.intent not in URGENT):
            raise Unreadable(f'{table.at()}: "{phrase}" has the safety phrase "{within}" in it.', "Find other words for it.")


def _signs(table: Placed, below: Placed, shipped: Placed) -> None:
    """What gives rise to worry, and what a typed line is searched for."""
    for part, keys in (("worrying", ("signs",)), ("typed", (*sorted(URGENT), GRAVE.topic))):
        for key in keys:
            ours, theirs = words(subtable(table, part), key), words(subtable(below, part), key)
            if missing := [one for one in theirs if one not in ours]:
                raise Unreadable(f'{subtable(table, part).at(key)}: "{missing[0]}" is missing.', "More may be added, but none taken away.")
            if not ours and words(subtable(shipped, part), key):
                raise Unreadable(
                    f"{subtable(table, part).at(key)}: it is empty.", "A safety word in other words is found by it: name some."
                )


def _moments(table: Placed, shipped: Placed) -> None:
    """A session listens at each of those that there are."""
    given = subtable(table, "moments")
    for moment in (*subtable(shipped, "moments"), *subtable(shipped, "same_as")):
        if moment not in given and moment not in subtable(table, "same_as"):
            raise Unreadable(f'{given.at()}: there is no "{moment}".', f"Write {moment} = [], with what may be said then.")


def _numbers(table: Placed, below: Placed) -> None:
    """Pain is told in them."""
    ours, theirs = (subtable(subtable(one, "numbers"), "words") for one in (table, below))
    if changed := [word for word in theirs if ours.get(word) != theirs[word]]:
        raise Unreadable(f'{ours.at(changed[0])}: "{changed[0]}" is {theirs[changed[0]]}.', "Pain is told in these words: leave them so.")
    if missing := [value for value in range(11) if value not in ours.values()]:
        raise Unreadable(f"{ours.at()}: nothing means {missing[0]}.", "Pain is told from 0 to 10: give each a word.")


def _likely(table: Placed, below: Placed) -> None:
    """A safety word that was to be expected stays so."""
    ours, theirs = subtable(table, "emphasis"), subtable(below, "emphasis")
    safety = {phrase for intent in URGENT for phrase in words(subtable(subtable(below, "intents"), intent), "phrases")}
    for word in sorted(safety & set(theirs)):
        if whole(ours, word) < whole(theirs, word):
            raise Unreadable(f'{ours.at(word)}: "{word}" is a safety word.', f"Leave it at {theirs[word]}, or make it more.")


def with_every_warning(script: Script, mat: tuple[WordTest, ...], phrasebook: Phrasebook, folder: Path) -> Script:
    """The script, if each line that keeps somebody safe says what it has to, and the words from the mat are obeyed. Raises Unreadable."""
    shipped = read_table(places.language() / FILE)
    lowest = read_table(layers(folder)[-1] / FILE)
    if missing := [line for line in shipped if line not in lowest]:
        raise Unreadable(f'{lowest.at()}: "{missing[0]}" is missing.', f'Write ["{missing[0]}"] and keep = ["…"], with what it has to say.')
    for line, piece, place in _kept(folder):
        for text in script.entry(line).said():
            if not any(re.search(rf"\b{re.escape(one.strip())}", text, re.IGNORECASE) for one in piece.split(OR)):
                what = " or ".join(f'"{one}"' for one in piece.split(OR))
                raise Unreadable(f"{script.at(line)} has to have {what} in every sentence.", f"It keeps somebody safe ({place}).")
    for test in mat:
        meaning = phrasebook.meaning(test.word, "set")
        if meaning is None or meaning.intent not in URGENT:
            raise Unreadable(f'{folder / "mat.toml"}: "{test.word}" is no safety word.', "Choose one of the phrases of stop or of pain.")
    return script


def _kept(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each line, a piece that it has to have, and where that stands; of every layer."""
    for path in (path for layer in layers(folder) if (path := layer / FILE).is_file()):
        table = read_table(path)
        for line in table:
            entry = subtable(table, line)
            only_keys(entry, ("keep",))
            if not words(entry, "keep"):
                raise Unreadable(f"{entry.at('keep')}: it is empty.", 'Write keep = ["…"], with what the line has to say.')
            yield from ((line, piece, entry.at("keep", piece)) for piece in words(entry, "keep"))
