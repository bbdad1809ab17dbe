"""Numbers from 0 to 10, as people say them: "about four", "four out of ten", "four, no, five"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of [numbers] in hears.toml. `phrases` are whole answers; `words` and `homophones` map one word to 0 to 10."""

    phrases: Mapping[str, int]
    words: Mapping[str, int]
    homophones: Mapping[str, int]
    fillers: tuple[str, ...]
    alternatives: tuple[str, ...]
    scale: tuple[str, ...]
    corrections: tuple[str, ...]

    def in_words(self, text: str) -> str:
        """`text` as it would be said: 7 and 7/10, as somebody types them, become "seven" and "seven out of ten"."""
        by_value = {str(value): word for word, value in self.words.items()}
        by_value |= {f"{value}/10": f"{word} {phrase}" for value, word in by_value.items() for phrase in self.scale[:1]}
        return " ".join(by_value.get(word, word) for word in text.split())


def number_in(text: str, known: NumberWords) -> int | None:
    """The number meant by `text`, or None when it isn't one.

    What comes after a correction counts. Of alternatives ("three or four") the highest does: a pain is taken as the worse one. Two
    different numbers side by side are none, nobody knows which was meant; nor is anything with a word that belongs to none of the lists.
    """
    if text in known.phrases:
        return known.phrases[text]
    rest = f" {text} "
    for phrase in known.scale:
        rest = rest.replace(f" {phrase} ", " ")
    for phrase in sorted(known.corrections, key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", " | ")
    for phrase in sorted(known.fillers, key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", " ")
    values = dict(known.homophones) | dict(known.words)
    for part in reversed(rest.split("|")):
        if part.strip():
            return _highest(part, known.alternatives, values)
    return None


def _highest(part: str, alternatives: tuple[str, ...], values: Mapping[str, int]) -> int | None:
    """The highest of the alternatives in `part`; None when one of them isn't exactly one number."""
    for phrase in alternatives:
        part = part.replace(f" {phrase} ", " / ")
    found: list[int] = []
    for alternative in part.split("/"):
        spoken = {values.get(word) for word in alternative.split()}
        if None in spoken or len(spoken) > 1:
            return None
        found.extend(value for value in spoken if value is not None)
    return max(found, default=None)
