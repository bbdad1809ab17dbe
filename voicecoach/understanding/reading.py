"""Reads prompts/*/hears.toml, a table at a time. Unreadable with the file, the place in it and what is allowed."""

from collections.abc import Collection, Mapping
from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.messages.heard import has_words
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.tables import only_keys, subtable, words
from voicecoach.understanding.meaning import GRAVE, Meaning, NoPhrases
from voicecoach.understanding.naming import names_in, numbered
from voicecoach.understanding.numbers import NumberWords

MOST_EMPHASIS = 100
NUMBER_PARTS = ("phrases", "words", "homophones", "fillers", "alternatives", "scale", "corrections")


def meanings(table: Mapping[str, object], path: Path) -> dict[str, Meaning]:
    """Every phrase and what it stands for."""
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


def with_names(found: dict[str, Meaning], table: Mapping[str, object], path: Path) -> dict[str, Meaning]:
    """`found`, and the names of names.toml in `table`: each is a topic, and so is the number of somebody without one."""
    for phrase, topic in (*names_in(table, path).items(), *numbered(table, path).items()):
        _add(found, phrase, Meaning(Intent.NAME, topic), str(path))
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


def emphasis(table: Mapping[str, object], known: Collection[str], path: Path) -> dict[str, int]:
    """How many times likelier than others single words are to be said; `known` are those that may be named."""
    found: dict[str, int] = {}
    for word, times in subtable(table, "emphasis", str(path)).items():
        if word not in known or " " in word or not isinstance(times, int) or not 1 <= times <= MOST_EMPHASIS:
            raise Unreadable(
                f"{path} [emphasis] {word} = {times} can't be.", f"Name a phrase or number of one word, and 1 to {MOST_EMPHASIS}."
            )
        found[word] = times
    return found


def no_phrases(table: Mapping[str, object], known: Mapping[str, Meaning], path: Path) -> NoPhrases:
    """Decoys, and what gives rise to worry."""
    place = f"{path} [decoys]"
    entry = subtable(table, "decoys", str(path))
    only_keys(entry, ("words", "vague"), place)
    worrying = subtable(table, "worrying", str(path))
    only_keys(worrying, ("signs",), f"{path} [worrying]")
    vague, signs = words(entry, "vague", place), words(worrying, "signs", f"{path} [worrying]")
    found = NoPhrases(words(entry, "words", place), frozenset(vague), frozenset(signs))
    safety = [phrase for phrase, meaning in known.items() if meaning.intent in URGENT]
    if strange := [sign for sign in signs if not any(has_words(phrase, sign) for phrase in safety)]:
        raise Unreadable(f'{path} [worrying]: "{strange[0]}" is no piece of a safety phrase.', "Correct it, or take it out.")
    for word in found.decoys:
        if " " in word or word != word.lower():
            raise Unreadable(f'{place}: "{word}" has to be one word in lower case.', "Write it so.")
    if strange := sorted(found.vague - set(found.decoys)):
        raise Unreadable(f'{place}: vague has "{strange[0]}", which is not among the words.', "Add it there, or take it out here.")
    return found


def moments(table: Mapping[str, object], path: Path) -> dict[str, frozenset[Intent]]:
    """What may be meant at each moment; safety always."""
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


def typed(table: Mapping[str, object], path: Path) -> dict[str, Meaning]:
    """Words that are searched for in what is typed; those of Intent.NO are denials."""
    place = f"{path} [typed]"
    given = subtable(table, "typed", str(path))
    only_keys(given, {*URGENT, GRAVE.topic, Intent.NO}, place)
    return {sign: GRAVE if name == GRAVE.topic else Meaning(Intent(name)) for name in given for sign in words(given, name, place)}


def numbers(table: Mapping[str, object], path: Path) -> NumberWords:
    """The words of an answer that is a number."""
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
