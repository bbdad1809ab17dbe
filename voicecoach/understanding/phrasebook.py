"""What may be said at each moment."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import Grammar, has_any, has_words
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.tables import only_keys, read_prompts, subtable
from voicecoach.understanding import reading
from voicecoach.understanding.meaning import GRAVE, GRAVITY, Meaning, NoPhrases
from voicecoach.understanding.naming import NAMES_FILE
from voicecoach.understanding.numbers import NumberWords


class Phrasebook:
    """Phrases by meaning and by moment. Immutable once loaded; safe to share between threads."""

    def __init__(
        self,
        meanings: Mapping[str, Meaning],
        moments: Mapping[str, frozenset[Meaning]],
        numbers: NumberWords,
        emphasis: Mapping[str, int],
        no_phrases: NoPhrases,
        typed: Mapping[str, Meaning],
    ) -> None:
        self._meanings = meanings
        self._moments = moments
        self.numbers = numbers
        self.emphasis = emphasis
        self._no_phrases = no_phrases
        self._typed = {sign: meaning for sign, meaning in typed.items() if meaning.intent in URGENT}
        self._whole = {sign: meaning for sign, meaning in typed.items() if sign not in self._typed}

    @classmethod
    def load(cls, folder: Path) -> "Phrasebook":
        """Reads hears.toml, questions.toml and names.toml in `folder`. Unreadable with the file, the line in it and what is allowed."""
        table, questions = read_prompts(folder, "hears.toml"), read_prompts(folder, "questions.toml")
        only_keys(table, ("intents", "numbers", "moments", "same_as", "emphasis", "decoys", "typed", "worrying"))
        numbers = reading.numbers(subtable(table, "numbers"))
        meanings = reading.meanings(table, questions)
        emphasis = reading.emphasis(table, {*meanings, *numbers.words})
        no_phrases, typed = reading.no_phrases(table, meanings), reading.typed(table)
        called = reading.with_names(meanings, read_prompts(folder, NAMES_FILE))
        return cls(called, reading.moments(table, set(called.values())), numbers, emphasis, no_phrases, typed)

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

    def is_worrying(self, text: str) -> bool:
        """Whether a piece of a safety phrase is in `text`, which is none."""
        return has_any(text, self._no_phrases.worrying)

    def phrase_in(self, text: str) -> str:
        """The phrase that the typed `text` is, or stands for by [typed]; else the gravest safety phrase in it, then the longest; or ""."""
        if text in self._meanings or text in self._whole:
            return text if text in self._meanings else self.phrases(self._whole[text].intent)[0]
        plain = _plain(text)
        known = {sign: meaning for sign, meaning in self._meanings.items() if meaning.intent in URGENT} | self._typed
        found = [(GRAVITY[meaning.intent, meaning.topic], len(sign), sign) for sign, meaning in known.items() if _says(plain, sign)]
        if not found:
            return next((phrase for phrase in self._meanings if _plain(phrase) == plain), "")
        sign = max(found)[-1]
        return sign if sign in self._meanings else next(phrase for phrase, meaning in self._meanings.items() if meaning == known[sign])

    def anywhere(self, phrase: str) -> Meaning | None:
        """What `phrase` stands for, at whatever moment; None for what is no phrase."""
        return self._meanings.get(phrase)

    def meaning(self, phrase: str, moment: str) -> Meaning | None:
        """What `phrase` stands for at `moment`; None when it means nothing there."""
        found = self._meanings.get(phrase)
        return found if found in self.meant_at(moment) else None

    def phrases(self, intent: Intent) -> tuple[str, ...]:
        """All phrases of an intent, the commonest first."""
        return tuple(phrase for phrase, meaning in self._meanings.items() if meaning.intent is intent)

    def intents_at(self, moment: str) -> frozenset[Intent]:
        """What may be meant at `moment`. Raises Unreadable for a moment that isn't one."""
        return frozenset(meaning.intent for meaning in self.meant_at(moment))

    def meant_at(self, moment: str) -> frozenset[Meaning]:
        """All that may be meant at `moment`. Raises Unreadable for a moment that isn't one."""
        if moment not in self._moments:
            raise Unreadable(f'There is no moment "{moment}".', f"Known are: {', '.join(self.moments)}.")
        return self._moments[moment]

    def grammar(self, moment: str) -> Grammar:
        """What the ears listen for at `moment`; other moments' words are decoys. Unreadable for a strange one."""
        listened = self.meant_at(moment)
        phrases = tuple(phrase for phrase, meaning in self._meanings.items() if meaning in listened)
        urgent = frozenset(phrase for phrase in phrases if self._meanings[phrase].intent in URGENT)
        grave = frozenset(phrase for phrase in urgent if self._meanings[phrase] == GRAVE)
        free = tuple(_unique(self._number_words())) if Intent.NUMBER in self.intents_at(moment) else ()
        meant = {*phrases, *free, *(self.numbers.homophones if free else ())}
        elsewhere = (word for word in self.phrases_and_numbers() if " " not in word and not self._is_name(word))
        decoys = tuple(word for word in _unique((*self._no_phrases.decoys, *elsewhere)) if word not in meant)
        return Grammar(moment, phrases, urgent, free, decoys, self._no_phrases.vague, self._no_phrases.worrying, grave)

    def every_phrase(self) -> Iterator[str]:
        """Each phrase, number word and decoy there is, to be checked against the speech model."""
        yield from self.phrases_and_numbers()
        yield from self._no_phrases.decoys

    def phrases_and_numbers(self) -> Iterator[str]:
        """Each phrase and number word there is."""
        yield from self._meanings
        yield from _unique(self._number_words())

    def _is_name(self, phrase: str) -> bool:
        """So many that they would do more harm as decoys than good."""
        return phrase in self._meanings and self._meanings[phrase].intent is Intent.NAME

    def _number_words(self) -> Iterator[str]:
        yield from self.numbers.words
        for group in (self.numbers.fillers, self.numbers.alternatives, self.numbers.scale, self.numbers.corrections):
            yield from group


def _plain(text: str) -> str:
    """`text` without apostrophes: who is in a hurry types none."""
    return text.replace("'", "")


def _says(plain: str, sign: str) -> bool:
    """Whether the words of `sign` are in `plain`."""
    return has_words(plain, _plain(sign))


def _unique(items: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(items)
