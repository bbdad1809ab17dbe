"""wake.toml: what wakes the coach where it waits, and means nothing anywhere else."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import Grammar
from voicecoach.tables import only_keys, read_prompts, words
from voicecoach.understanding.phrasebook import Phrasebook

WAKE_FILE = "wake.toml"
LEAST_WORDS, MOST_WORDS = 2, 4
"""A single word is said all day; nobody says more before they are answered."""
TALKED = "set"
"""The moment whose decoys are taken: it has them all."""


def wake_grammar(folder: Path, phrasebook: Phrasebook) -> Grammar:
    """What is listened for while the coach waits. Raises Unreadable with the file, the line in it and what is allowed.

    The phrases are urgent ones, though nothing hurries: those are heard amid other words and in noise, and are believed only when dictation
    bears them out. Their own words are decoys: without, "hello" alone would be the nearest thing to "hello coach" that can be said.
    """
    table = read_prompts(folder, WAKE_FILE)
    only_keys(table, ("phrases",))
    phrases = words(table, "phrases")
    if not phrases:
        raise Unreadable(f"{table.at('phrases')}: nothing would ever wake the coach.", 'Write phrases = ["hello coach"].')
    for phrase in phrases:
        if phrase != " ".join(phrase.lower().split()) or not LEAST_WORDS <= phrase.count(" ") + 1 <= MOST_WORDS:
            raise Unreadable(
                f'{table.at("phrases", phrase)}: "{phrase}" can\'t wake the coach.',
                f"Write {LEAST_WORDS} to {MOST_WORDS} words, in lower case with single blanks.",
            )
        if phrasebook.knows(phrase):
            raise Unreadable(f'{table.at("phrases", phrase)}: "{phrase}" means something in a session.', "Choose another phrase.")
    ordinary = phrasebook.grammar(TALKED)
    pieces = {piece for phrase in phrases for piece in _pieces(phrase.split())} - set(phrases)
    decoys = (*(word for word in ordinary.decoys if word not in pieces), *sorted(pieces))
    return Grammar("waiting", phrases, frozenset(phrases), decoys=decoys, vague=ordinary.vague)


def _pieces(said: Sequence[str]) -> Iterator[str]:
    """Every stretch of what is said."""
    for start in range(len(said)):
        for end in range(start + 1, len(said) + 1):
            yield " ".join(said[start:end])
