"""What may be said at each moment, read from prompts/*/hears.toml."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import Grammar
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.tables import only_keys, read_table, subtable, words
from voicecoach.understanding.numbers import NumberWords

MOST_EMPHASIS = 100
NUMBER_PARTS = ("phrases", "words", "homophones", "fillers", "alternatives", "scale", "corrections")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase stands for."""

    intent: Intent
    topic: str = ""


GRAVE = Meaning(Intent.DISTRESS, "grave")
GRAVITY = {(intent, ""): n for n, intent in enumerate((Intent.STOP, Intent.PAIN, Intent.NERVE, Intent.DISTRESS))} | {
    (GRAVE.intent, GRAVE.topic): len(URGENT)
}
"""Which of several things in one typed line counts."""


@dataclass(frozen=True, slots=True)
class Decoys:
    """Words that mean nothing, and those among them that recognisers write for almost any short sound."""

    words: tuple[str, ...]
    vague: frozenset[str]


class Phrasebook:
    """Phrases by meaning and by moment. Immutable once loaded; safe to share between threads."""

    def __init__(
        self,
        meanings: Mapping[str, Meaning],
        moments: Mapping[str, frozenset[Intent]],
        numbers: NumberWords,
        emphasis: Mapping[str, int],
        decoys: Decoys,
        typed: Mapping[str, Meaning],
    ) -> None:
        self._meanings = meanings
        self._moments = moments
        self.numbers = numbers
        self.emphasis = emphasis
        self._decoys = decoys
        self._typed = {sign: meaning for sign, meaning in typed.items() if meaning.intent in URGENT}
        self._denials = typed.keys() - self._typed.keys()

    @classmethod
    def load(cls, folder: Path) -> "Phrasebook":
        """Reads `folder`/hears.toml. Raises Unreadable with the file, the place in it and what is allowed."""
        path = folder / "hears.toml"
        table = read_table(path)
        only_keys(table, ("intents", "numbers", "questions", "moments", "same_as", "emphasis", "decoys", "typed"), str(path))
        numbers = _numbers(subtable(table, "numbers", str(path)), path)
        meanings = _meanings(table, path)
        emphasis = _emphasis(table, {*meanings, *numbers.words}, path)
        return cls(meanings, _moments(table, path), numbers, emphasis, _decoys(table, path), _typed(table, path))

    @property
    def moments(self) -> tuple[str, ...]:
        """The names that `grammar` takes."""
        return tuple(sorted(self._moments))

    @property
    def topics(self) -> frozenset[str]:
        """The questions that can be asked."""
        return frozenset(meaning.topic for meaning in self._meanings.values() if meaning.intent is Intent.QUESTION)

    def knows(self, text: str) -> bool:
        """Whether `text` is one of the phrases, at whatever moment."""
        return text in self._meanings

    def phrase_in(self, text: str) -> str:
        """The phrase that the typed `text` is, or stands for by [typed]; else the gravest safety phrase in it, then the longest; or ""."""
        if text in self._meanings or text in self._denials:
            return text if text in self._meanings else self.phrases(Intent.NO)[0]
        plain = _plain(text)
        known = {sign: meaning for sign, meaning in self._meanings.items() if meaning.intent in URGENT} | self._typed
        found = [(GRAVITY[meaning.intent, meaning.topic], len(sign), sign) for sign, meaning in known.items() if _says(plain, sign)]
        if not found:
            return next((phrase for phrase in self._meanings if _plain(phrase) == plain), "")
        sign = max(found)[-1]
        return sign if sign in self._meanings else next(phrase for phrase, meaning in self._meanings.items() if meaning == known[sign])

    def meaning(self, phrase: str, moment: str) -> Meaning | None:
        """What `phrase` stands for at `moment`; None when it means nothing there."""
        found = self._meanings.get(phrase)
        return found if found and found.intent in self.intents_at(moment) else None

    def phrases(self, intent: Intent) -> tuple[str, ...]:
        """All phrases of an intent, the commonest first."""
        return tuple(phrase for phrase, meaning in self._meanings.items() if meaning.intent is intent)

    def intents_at(self, moment: str) -> frozenset[Intent]:
        """What may be meant at `moment`. Raises Unreadable for a moment that isn't one."""
        if moment not in self._moments:
            raise Unreadable(f'There is no moment "{moment}".', f"Known are: {', '.join(self.moments)}.")
        return self._moments[moment]

    def grammar(self, moment: str) -> Grammar:
        """What the ears listen for at `moment`; other moments' words are decoys. Unreadable for a strange one."""
        listened = self.intents_at(moment)
        phrases = tuple(phrase for phrase, meaning in self._meanings.items() if meaning.intent in listened)
        urgent = frozenset(phrase for phrase in phrases if self._meanings[phrase].intent in URGENT)
        free = tuple(_unique(self._number_words())) if Intent.NUMBER in listened else ()
        meant = {*phrases, *free, *(self.numbers.homophones if free else ())}
        elsewhere = (word for word in self.phrases_and_numbers() if " " not in word)
        decoys = tuple(word for word in _unique((*self._decoys.words, *elsewhere)) if word not in meant)
        return Grammar(moment, phrases, urgent, free, decoys, self._decoys.vague)

    def every_phrase(self) -> Iterator[str]:
        """Each phrase, number word and decoy there is, to be checked against the speech model."""
        yield from self.phrases_and_numbers()
        yield from self._decoys.words

    def phrases_and_numbers(self) -> Iterator[str]:
        """Each phrase and number word there is."""
        yield from self._meanings
        yield from _unique(self._number_words())

    def _number_words(self) -> Iterator[str]:
        yield from self.numbers.words
        for group in (self.numbers.fillers, self.numbers.alternatives, self.numbers.scale, self.numbers.corrections):
            yield from group


def _plain(text: str) -> str:
    """`text` without apostrophes: who is in a hurry types none."""
    return text.replace("'", "")


def _says(plain: str, sign: str) -> bool:
    """Whether the words of `sign` are in `plain`."""
    return f" {_plain(sign)} " in f" {plain} "


def _unique(items: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(items)


def _meanings(table: Mapping[str, object], path: Path) -> dict[str, Meaning]:
    found: dict[str, Meaning] = {}
    for name, entry in subtable(table, "intents", str(path)).items():
        place = f"{path} [intents.{name}]"
        try:
            intent = Intent(name)
        except ValueError:
            raise Unreadable(f"{place} is no known intent.", f"Known are: {', '.join(Intent)}.") from None
        if not isinstance(entry, dict):
            raise Unreadable(f"{place} has to be a table.", 'Write phrases = ["…"] under it.')
        only_keys(entry, ("phrases", "topics"), place)
        for phrase in words(entry, "phrases", place):
            _add(found, phrase, Meaning(intent), place)
        _add_topics(found, intent, subtable(entry, "topics", place), place)
    _add_topics(found, Intent.QUESTION, subtable(table, "questions", str(path)), f"{path} [questions]")
    missing = [intent for intent in Intent if intent not in {meaning.intent for meaning in found.values()}]
    if missing:
        raise Unreadable(f"{path} has no phrases for {', '.join(missing)}.", "Every intent needs at least one phrase.")
    return found


def _add_topics(found: dict[str, Meaning], intent: Intent, topics: Mapping[str, object], place: str) -> None:
    for topic in topics:
        for phrase in words(topics, topic, place):
            _add(found, phrase, Meaning(intent, topic), f"{place} {topic}")


def _add(found: dict[str, Meaning], phrase: str, meaning: Meaning, place: str) -> None:
    if phrase in found:
        raise Unreadable(f'{place}: "{phrase}" already means {found[phrase].intent}.', "Keep it in one list.")
    if phrase != " ".join(phrase.lower().split()):
        raise Unreadable(f'{place}: "{phrase}" has to be in lower case with single blanks.', "Write it so.")
    found[phrase] = meaning


def _emphasis(table: Mapping[str, object], known: Collection[str], path: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, times in subtable(table, "emphasis", str(path)).items():
        if word not in known or " " in word or not isinstance(times, int) or not 1 <= times <= MOST_EMPHASIS:
            raise Unreadable(
                f"{path} [emphasis] {word} = {times} can't be.", f"Name a phrase or number of one word, and 1 to {MOST_EMPHASIS}."
            )
        found[word] = times
    return found


def _decoys(table: Mapping[str, object], path: Path) -> Decoys:
    place = f"{path} [decoys]"
    entry = subtable(table, "decoys", str(path))
    only_keys(entry, ("words", "vague"), place)
    found = Decoys(words(entry, "words", place), frozenset(words(entry, "vague", place)))
    for word in found.words:
        if " " in word or word != word.lower():
            raise Unreadable(f'{place}: "{word}" has to be one word in lower case.', "Write it so.")
    if strange := sorted(found.vague - set(found.words)):
        raise Unreadable(f'{place}: vague has "{strange[0]}", which is not among the words.', "Add it there, or take it out here.")
    return found


def _moments(table: Mapping[str, object], path: Path) -> dict[str, frozenset[Intent]]:
    found: dict[str, frozenset[Intent]] = {}
    given = subtable(table, "moments", str(path))
    for moment in given:
        place = f"{path} [moments] {moment}"
        names = words(given, moment, place)
        unknown = sorted(set(names) - set(Intent))
        if unknown:
            raise Unreadable(f'{place} has an unknown intent "{unknown[0]}".', f"Known are: {', '.join(Intent)}.")
        found[moment] = frozenset(Intent(name) for name in names) | URGENT
    for name, other in subtable(table, "same_as", str(path)).items():
        if other not in given:
            raise Unreadable(f'{path} [same_as] {name} = "{other}": there is no such moment.', f"Known are: {', '.join(given)}.")
        found[name] = found[str(other)]
    return found


def _typed(table: Mapping[str, object], path: Path) -> dict[str, Meaning]:
    place = f"{path} [typed]"
    given = subtable(table, "typed", str(path))
    only_keys(given, {*URGENT, GRAVE.topic, Intent.NO}, place)
    return {sign: GRAVE if name == GRAVE.topic else Meaning(Intent(name)) for name in given for sign in words(given, name, place)}


def _numbers(table: Mapping[str, object], path: Path) -> NumberWords:
    place = f"{path} [numbers]"
    only_keys(table, NUMBER_PARTS, place)
    for group in ("phrases", "words", "homophones"):
        for word, value in subtable(table, group, place).items():
            if not isinstance(value, int) or not 0 <= value <= 10:
                raise Unreadable(f'{place} {group}: "{word}" has to be a whole number from 0 to 10.', "Write it without quotes.")
    phrases, known, homophones = (
        {word: int(str(value)) for word, value in subtable(table, group, place).items()} for group in ("phrases", "words", "homophones")
    )
    fillers, alternatives, scale, corrections = (words(table, group, place) for group in NUMBER_PARTS[3:])
    return NumberWords(phrases, known, homophones, fillers, alternatives, scale, corrections)
