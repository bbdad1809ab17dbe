"""From a line's name to its sentence: reads says.toml and questions.toml, the words of the coach."""

import difflib
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import has_words
from voicecoach.messages.lines import Line
from voicecoach.tables import LOCALE_FILE, Placed, only_keys, read_prompts, subtable, text

ALLOWED = ("say", "brief", "why", "metric")
"""What may stand under a line's name."""
ANSWERS = ("ask", "say", "metric", "more", "why", "source")
"""What may stand under a question's."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `say` holds its variants (at least one), `brief` and `why` are "" where the file has none.

    `metric` takes the place of `say` for those who want centimetres and kilos, where it has any.
    """

    say: tuple[str, ...]
    brief: str
    why: str
    metric: tuple[str, ...] = ()

    def said(self) -> tuple[str, ...]:
        """Every text of the line but its reason."""
        return tuple(text for text in (*self.say, *self.metric, self.brief) if text)

    def templates(self) -> tuple[str, ...]:
        """Every text of the line that isn't empty, places unfilled."""
        return tuple(text for text in (*self.say, *self.metric, self.brief, self.why) if text)

    def in_words(self, of: Mapping[str, str]) -> "Entry":
        """The line with other words for some: `of` says which, in lower case."""
        if not of:
            return self
        pattern = re.compile(rf"\b({'|'.join(re.escape(word) for word in sorted(of, key=len, reverse=True))})\b", re.IGNORECASE)

        def other(found: re.Match[str]) -> str:
            word = of[found[0].lower()]
            return word[0].upper() + word[1:] if found[0][0].isupper() else word

        say, metric = (tuple(pattern.sub(other, text) for text in texts) for texts in (self.say, self.metric))
        return Entry(say, pattern.sub(other, self.brief), pattern.sub(other, self.why), metric)


class Script:
    """All the coach's sentences by line id. Immutable after loading; any thread may use it."""

    def __init__(self, entries: Mapping[str, Entry], says: Placed, questions: Placed) -> None:
        self._entries = dict(entries)
        self._says = says
        self._questions = questions

    @classmethod
    def load(cls, folder: Path) -> "Script":
        """Read says.toml and questions.toml in `folder`; Unreadable says which file and line must be mended, and what is allowed there."""
        says, questions = read_prompts(folder, "says.toml"), read_prompts(folder, "questions.toml")
        answers = dict(_answers(questions))
        if twice := next((line_id for line_id in says if line_id in answers), ""):
            raise Unreadable(f'{says.at(twice)}: "{twice}" is an answer.', "Change it in questions.toml, under say or more.")
        entries = {line_id: _line(says, line_id) for line_id in says} | answers
        here = _words(subtable(read_prompts(folder, LOCALE_FILE), "words"))
        return cls({line_id: entry.in_words(here) for line_id, entry in entries.items()}, says, questions)

    def at(self, line_id: str) -> str:
        """Where a line stands, for a sentence about it."""
        _, _, topic = line_id.partition(".")
        return self._questions.at(topic) if line_id not in self._says and topic in self._questions else self._says.at(line_id)

    def ids(self) -> frozenset[str]:
        """The ids of all lines in the file."""
        return frozenset(self._entries)

    def sentence(self, line: Line, turn: int = 0, brief: bool = False, metric: bool = False) -> str:
        """Give the words of `line`: variant `turn` (counted round), or the short form where `brief` is set and there is one.

        Unreadable: the file has no such line. ValueError: the values don't match the line's places.
        """
        entry = self.entry(line.id)
        variants = (metric and entry.metric) or entry.say
        template = entry.brief if brief and entry.brief else variants[turn % len(variants)]
        values = dict(line.values)
        known = {place for text in entry.templates() for place in places_in(text)}
        if strange := set(values) - known:
            raise ValueError(f"line {line.id!r} has no place for {sorted(strange)}")
        if empty := set(places_in(template)) - set(values):
            raise ValueError(f"line {line.id!r} is given no {sorted(empty)}")
        return template.format(**values)

    def entry(self, line_id: str) -> Entry:
        """All texts of a line. Unreadable: the file has no such line."""
        if line_id not in self._entries:
            near = difflib.get_close_matches(line_id, self._entries, 3, 0.5)
            hint = f" (nearest: {', '.join(near)})" if near else ""
            raise Unreadable(f'{self._says.at()} has no line "{line_id}"{hint}.', f'Add ["{line_id}"] with its say.')
        return self._entries[line_id]

    def why(self, line_id: str) -> str:
        """Give the reason for a line in one sentence, "" if the file has none. Unreadable: the file has no such line."""
        return self.entry(line_id).why

    def places(self, line_id: str) -> frozenset[str]:
        """The {places} that any text of a line has. Unreadable: the file has no such line."""
        return frozenset(place for text in self.entry(line_id).templates() for place in places_in(text))

    def always(self, line_id: str, place: str) -> bool:
        """Whether a line has {place} however it is said; its reason need not."""
        return all(place in places_in(text) for text in self.entry(line_id).said())

    def says(self, line_id: str, phrase: str) -> bool:
        """Whether any text of a line has `phrase` in it, word by word. Unreadable: the file has no such line."""
        return any(has_words(_plain(text), phrase) for text in self.entry(line_id).templates())

    def every_sentence(self) -> Iterator[tuple[str, str]]:
        """Every (id, text) of the file: all variants, short forms and reasons, places unfilled."""
        for line_id, entry in self._entries.items():
            for template in entry.templates():
                yield line_id, template


def _line(says: Placed, line_id: str) -> Entry:
    table = subtable(says, line_id)
    for key, inner in table.items():
        if isinstance(inner, dict):
            quoted = f'["{line_id}.{key}"]'
            raise Unreadable(
                f'{table.at(key)}: "{key}" is a table.', f"Allowed: {', '.join(ALLOWED)}. A line's name stands in quotes: {quoted}."
            )
    only_keys(table, ALLOWED)
    brief = _text(table, "brief", table["brief"]) if "brief" in table else ""
    return Entry(_variants(table, "say"), brief, _reason(table), _metric(table))


def _answers(questions: Placed) -> Iterator[tuple[str, Entry]]:
    """The short answer to each question, and what is said on "more?"."""
    for topic in questions:
        table = subtable(questions, topic)
        if not topic.isidentifier():
            raise Unreadable(f'{table.at()}: "{topic}" can\'t be a topic.', "Write one word of letters, as [how_high].")
        only_keys(table, ANSWERS)
        text(table, "source", "")
        for name, key in (("answer", "say"), ("more", "more")):
            entry = Entry(_variants(table, key), "", _reason(table), _metric(table) if key == "say" else ())
            if strange := [place for template in entry.templates() for place in places_in(template)]:
                raise Unreadable(f"{table.at(key)}: nothing fills {{{strange[0]}}}.", "An answer has no {places}.")
            yield f"{name}.{topic}", entry


def _words(table: Placed) -> dict[str, str]:
    for word in table:
        if word != word.lower():
            raise Unreadable(f'{table.at(word)}: "{word}" has to be in lower case.', "It is found with a capital letter, too.")
    return {word: text(table, word) for word in table}


def _metric(table: Placed) -> tuple[str, ...]:
    return _variants(table, "metric") if "metric" in table else ()


def _variants(table: Placed, key: str) -> tuple[str, ...]:
    if key not in table:
        raise Unreadable(f"{table.at()} has no {key}.", "Give it a sentence, or a list of them.")
    value = table[key]
    if isinstance(value, list):
        if not value:
            raise Unreadable(f"{table.at(key)}: empty {key}.", "Give it a sentence, or a list of them.")
        return tuple(_text(table, key, item, f"number {n} ") for n, item in enumerate(value, 1))
    return (_text(table, key, value),)


def _reason(table: Placed) -> str:
    if "why" not in table:
        return ""
    reason = _text(table, "why", table["why"])
    if places_in(reason):
        raise Unreadable(f"{table.at('why')} has a place: {reason!r}.", "A reason is a sentence without {places}.")
    return reason


def _text(table: Placed, key: str, value: object, which: str = "") -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{table.at(key)} {which}is {value!r}, not a sentence.", "Write it in double quotes.")
    if not any(character.isalnum() for character in value):
        raise Unreadable(f"{table.at(key, value)} {which}has no word in it.", "Give it a sentence.")
    sentence = " ".join(value.split())
    try:
        places_in(sentence)
    except ValueError as error:
        raise Unreadable(
            f"{table.at(key, value)} {which}has a bad place: {sentence!r}.", "A place is a name in braces, as {reps}."
        ) from error
    return sentence


def places_in(template: str) -> tuple[str, ...]:
    """Names of the {places} in `template`; ValueError for anything else in braces."""
    names = []
    for _, name, form, conversion in string.Formatter().parse(template):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(name)
        names.append(name)
    return tuple(names)


def _plain(template: str) -> str:
    """The words alone, in lower case."""
    return " ".join(re.sub(r"[^a-z' ]", " ", template.lower()).split())
