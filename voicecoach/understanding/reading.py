"""Reads prompts/*/hears.toml and questions.toml, a table at a time. Unreadable with the file, the line in it and what is allowed."""

from collections.abc import Collection, Iterator, Mapping

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import has_words
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.tables import Placed, only_keys, subtable, text, words
from voicecoach.understanding.meaning import GRAVE, Meaning, NoPhrases
from voicecoach.understanding.naming import names_in, numbered
from voicecoach.understanding.numbers import NumberWords

MOST_EMPHASIS = 100
NUMBER_PARTS = ("phrases", "words", "homophones", "fillers", "alternatives", "scale", "corrections")


def meanings(table: Placed, questions: Placed) -> dict[str, Meaning]:
    """Every phrase and what it stands for."""
    found: dict[str, Meaning] = {}
    intents = subtable(table, "intents")
    for name in intents:
        if name not in set(Intent):
            raise Unreadable(f'{intents.at(name)}: "{name}" is no known intent.', f"Known are: {', '.join(Intent)}.")
        entry = subtable(intents, name)
        only_keys(entry, ("phrases", "topics"))
        _add(found, entry, "phrases", Meaning(Intent(name)))
        topics = subtable(entry, "topics")
        for topic in topics:
            _add(found, topics, topic, Meaning(Intent(name), topic))
    for topic in questions:
        table = subtable(questions, topic)
        if not words(table, "ask"):
            raise Unreadable(f"{table.at('ask')}: nobody can ask that.", 'Write ask = ["how high"], with what people say.')
        _add(found, table, "ask", Meaning(Intent.QUESTION, topic))
    missing = [intent for intent in Intent if intent not in {meaning.intent for meaning in found.values()}]
    if missing:
        raise Unreadable(f"{intents.at()} has no phrases for {', '.join(missing)}.", "Every intent needs at least one phrase.")
    return found


def with_names(found: dict[str, Meaning], table: Placed) -> dict[str, Meaning]:
    """`found`, and the names of names.toml in `table`: each is a topic, and so is the number of somebody without one."""
    for phrase, topic in (*names_in(table).items(), *numbered(table).items()):
        if phrase in found:
            raise Unreadable(f'{table.at("names", phrase)}: "{phrase}" already means {found[phrase].intent}.', "Keep it in one list.")
        found[phrase] = Meaning(Intent.NAME, topic)
    return found


def _add(found: dict[str, Meaning], table: Placed, key: str, meaning: Meaning) -> None:
    for phrase in words(table, key):
        if phrase in found:
            other = " ".join(filter(None, (found[phrase].intent, found[phrase].topic)))
            raise Unreadable(f'{table.at(key, phrase)}: "{phrase}" already means {other}.', "Keep it in one list.")
        if phrase != " ".join(phrase.lower().split()):
            raise Unreadable(f'{table.at(key, phrase)}: "{phrase}" has to be in lower case with single blanks.', "Write it so.")
        found[phrase] = meaning


def emphasis(table: Placed, known: Collection[str]) -> dict[str, int]:
    """How many times likelier than others single words are to be said; `known` are those that may be named."""
    found: dict[str, int] = {}
    given = subtable(table, "emphasis")
    for word, times in given.items():
        if word not in known or " " in word or not isinstance(times, int) or not 1 <= times <= MOST_EMPHASIS:
            raise Unreadable(f"{given.at(word)} = {times} can't be.", f"Name a phrase or number of one word, and 1 to {MOST_EMPHASIS}.")
        found[word] = times
    return found


def no_phrases(table: Placed, known: Mapping[str, Meaning]) -> NoPhrases:
    """Decoys, and what gives rise to worry."""
    entry, worrying = subtable(table, "decoys"), subtable(table, "worrying")
    only_keys(entry, ("words", "vague"))
    only_keys(worrying, ("signs",))
    signs = words(worrying, "signs")
    found = NoPhrases(words(entry, "words"), frozenset(words(entry, "vague")), frozenset(signs))
    safety = [phrase for phrase, meaning in known.items() if meaning.intent in URGENT]
    if strange := [sign for sign in signs if not any(has_words(phrase, sign) for phrase in safety)]:
        place = worrying.at("signs", strange[0])
        raise Unreadable(f'{place}: "{strange[0]}" is no piece of a safety phrase.', "Correct it, or take it out.")
    for word in found.decoys:
        if word in safety:
            raise Unreadable(f'{entry.at("words", word)}: "{word}" is a safety phrase.', "It is always listened for: take it out here.")
        if " " in word or word != word.lower():
            raise Unreadable(f'{entry.at("words", word)}: "{word}" has to be one word in lower case.', "Write it so.")
    if strange := sorted(found.vague - set(found.decoys)):
        place = entry.at("vague", strange[0])
        raise Unreadable(f'{place} has "{strange[0]}", which is not among the words.', "Add it there, or take it out here.")
    return found


def moments(table: Placed, known: Collection[Meaning]) -> dict[str, frozenset[Meaning]]:
    """What may be meant at each moment; safety always."""
    found: dict[str, frozenset[Meaning]] = {}
    given, same = subtable(table, "moments"), subtable(table, "same_as")
    urgent = frozenset(meaning for meaning in known if meaning.intent in URGENT)
    for moment in given:
        found[moment] = urgent.union(*(_meant(given, moment, name, known) for name in words(given, moment)))
    for name in same:
        other = text(same, name)
        if other not in given:
            raise Unreadable(f'{same.at(name)} = "{other}": there is no such moment.', f"Known are: {', '.join(given)}.")
        found[name] = found[other]
    return found


def _meant(given: Placed, moment: str, name: str, known: Collection[Meaning]) -> frozenset[Meaning]:
    """What `name` stands for: an intent, or one topic of it, as in question.how_high."""
    intent, _, topic = name.partition(".")
    meant = frozenset(meaning for meaning in known if meaning.intent == intent and (not topic or meaning.topic == topic))
    if meant:
        return meant
    if intent not in set(Intent):
        raise Unreadable(f'{given.at(moment, name)} has an unknown intent "{name}".', f"Known are: {', '.join(Intent)}.")
    topics = sorted(meaning.topic for meaning in known if meaning.intent == intent and meaning.topic)
    raise Unreadable(f'{given.at(moment, name)}: {intent} has no topic "{topic}".', f"Known are: {', '.join(topics) or 'none'}.")


def typed(table: Placed) -> dict[str, Meaning]:
    """Words that are searched for in what is typed; those of yes and no have to be all of it."""
    given = subtable(table, "typed")
    only_keys(given, {*URGENT, GRAVE.topic, Intent.YES, Intent.NO})
    return {sign: GRAVE if name == GRAVE.topic else Meaning(Intent(name)) for name in given for sign in words(given, name)}


def numbers(table: Placed) -> NumberWords:
    """The words of an answer that is a number."""
    only_keys(table, NUMBER_PARTS)
    phrases, known, homophones = (dict(_values(subtable(table, group))) for group in NUMBER_PARTS[:3])
    fillers, alternatives, scale, corrections = (words(table, group) for group in NUMBER_PARTS[3:])
    return NumberWords(phrases, known, homophones, fillers, alternatives, scale, corrections)


def _values(group: Placed) -> Iterator[tuple[str, int]]:
    for word, value in group.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10:
            raise Unreadable(f'{group.at(word)}: "{word}" has to be a whole number from 0 to 10.', "Write it without quotes.")
        yield word, value
