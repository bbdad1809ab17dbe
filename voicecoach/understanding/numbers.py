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
    scale: tuple[str, ...]
    corrections: tuple[str, ...]

    def in_words(self, text: str) -> str:
        """`text` with the numbers 0 to 10 that are written in digits put into words, as somebody types them."""
        by_value = {str(value): word for word, value in self.words.items()}
        return " ".join(by_value.get(word, word) for word in text.split())


def number_in(text: str, known: NumberWords) -> int | None:
    """The number meant by `text`, or None when it isn't one.

    What comes after a correction counts. Of several numbers ("three or four") the highest does: a pain is taken as the worse one. A word
    that belongs to none of the lists makes the whole no number.
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
        spoken = [values.get(word) for word in part.split()]
        if any(value is None for value in spoken):
            return None
        if spoken:
            return max(value for value in spoken if value is not None)
    return None
