"""What somebody types instead of saying it."""

from voicecoach.messages.heard import Heard, Stage
from voicecoach.understanding.phrasebook import Phrasebook


def typed(line: str, phrasebook: Phrasebook, at_s: float) -> Heard | None:
    """`line` as if it had been heard: lower case, no punctuation, numbers in words. None when nothing is left of it."""
    plain = "".join(letter if letter.isalnum() or letter in "'/" else " " for letter in line.lower().replace("’", "'"))
    text = " ".join(phrasebook.numbers.in_words(plain).replace("/", " ").split())
    phrase = phrasebook.phrase_in(text)
    return Heard(Stage.CONFIRMED, phrase, text, at_s, worrying=not phrase and phrasebook.is_worrying(text)) if text else None
