"""Every sentence that prompts/ gives the coach to say, its places filled, and how easily it is read. Shared with benchmarks/language."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.tables import LOCALE_FILE, read_table

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
LOCALES = sorted(path.name for path in PROMPTS.iterdir() if (path / LOCALE_FILE).is_file() or (path / "says.toml").is_file())
SPOKEN = {"says.toml": ("say", "brief", "why", "metric"), "questions.toml": ("say", "more", "why", "metric")}
"""The keys under which a file has sentences. In the other files `say` and its like name lines of says.toml; the weights in
exercises.toml are no sentences, they fill a place."""
FILLED = {"emergency": "1 1 2", "urgent": "1 1 1", "name": "Anna", "names": "Anna, Ben", "weight": "half a kilo"}
A_NUMBER = "8"
"""What goes into the places of a sentence, for reading and listening: nearly all of them are numbers."""
ANSWERED = (
    "tempo.slower", "tempo.slowest", "tempo.faster", "tempo.fastest", "loudness.louder", "loudness.loudest", "loudness.quieter",
    "loudness.quietest", "talk.less", "talk.more", "easier.fewer", "easier.one_leg", "easier.easiest", "harder.both_legs", "harder.later",
    "harder.more", "harder.next_set", "harder.next_time", "easier.kindly", "how_long.left", "how_long.left_half", "how_long.left_seconds",
    "routine.too_late",
    "left.set", "left.last_lift", "left.warm_up", "left.warm_up_one", "question.later", "resume.going", "not_now.other",
    "skip.set",
)  # fmt: skip
"""What commands are answered with while the legs move; "help" is answered with three commands."""
VOWELS = re.compile(r"[aeiouy]+")
SILENT_END = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouydt]ed$|(?:[^aeiouyscghlzx]|[aeiouy]l)es$")
SPLIT_VOWELS = re.compile(r"(?<![st])i[ao]|[aeiouy]ing$|rea$|dea$")
ENDS = re.compile(r"(?<=[.?!;:])\s+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that the coach may say: `id` is its table in `file` of `locale`, `key` one of SPOKEN's; `template` has its places unfilled."""

    locale: str
    file: str
    id: str
    key: str
    template: str

    @property
    def text(self) -> str:
        """What is said, with something in every place."""
        return filled(self.template)

    def __str__(self) -> str:
        return f"{self.locale}/{self.file} {self.id}.{self.key}: {self.template}"


def every_sentence(locale: str) -> Iterator[Sentence]:
    """All that the files of one locale say, in order; not what a locale leaves to its base."""
    for path in sorted(path for path in (PROMPTS / locale).glob("*.toml") if path.name in SPOKEN):
        for name, table in read_table(path).items():
            for key, text in _said(table, SPOKEN[path.name]):
                yield Sentence(locale, path.name, name, key, " ".join(text.split()))


def _said(table: object, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if not isinstance(table, Mapping):
        raise TypeError(table)
    for key in (key for key in table if key in keys):
        said = table[key]
        yield from ((key, text) for text in ([said] if isinstance(said, str) else said))


def filled(template: str) -> str:
    """The template with something in every place."""
    places = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return template.format(**{place: FILLED.get(place, A_NUMBER) for place in places})


def parts(text: str) -> list[str]:
    """The sentences of a text."""
    return ENDS.split(text)


def words(text: str) -> list[str]:
    """The words of a text, lower case; a number is one."""
    return re.findall(r"[a-z0-9]+(?:['’-][a-z]+)*", text.lower())


def syllables(word: str) -> int:
    """How many, by the rule of thumb that a group of vowels is one and a final e is silent."""
    spelled = re.sub(r"[^a-z]", "", word.lower())
    count = len(VOWELS.findall(spelled)) + len(SPLIT_VOWELS.findall(spelled)) - len(SILENT_END.findall(spelled))
    return max(count, 1)


def reading_ease(text: str) -> float:
    """Flesch's: 100 is very easy, 60 plain English, 30 for students. Flesch (1948), A new readability yardstick."""
    said = words(text)
    return 206.835 - 1.015 * len(said) / len(parts(text)) - 84.6 * sum(syllables(word) for word in said) / len(said)


MOST_WORDS = 20
"""A sentence has fewer."""
EASIEST_HARD = {"more": 40.0}
"""Below these a text is too hard. Plain English is 60; the names of muscles and professions, which have to be said, cost some of it, and
what is said only to who asked for more may have more of them."""
EASY_ENOUGH = 50.0
FEWEST_TO_JUDGE = 8
"""Of a shorter text one long word decides, and says nothing about the text."""


def hard_to_read(sentence: Sentence) -> bool:
    """Whether its reading ease is below what it may be."""
    text = sentence.text
    return len(words(text)) >= FEWEST_TO_JUDGE and reading_ease(text) < EASIEST_HARD.get(sentence.key, EASY_ENOUGH)
