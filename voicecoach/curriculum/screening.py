"""Reads screening.toml: the safety questions before a session, in their order."""

from pathlib import Path

from voicecoach.coach.curriculum import Concern, SafetyQuestion
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import Intent
from voicecoach.tables import only_keys, read_prompts, words

FILE = "screening.toml"
KEYS = ("concern", "clear", "parts", "if_yes", "if_unsure", "source")
CLEAR = (Intent.YES, Intent.NO)


def load_screening(folder: Path) -> tuple[SafetyQuestion, ...]:
    """The questions of `folder`, a locale's. Raises Unreadable with the file, the question in it and what is allowed."""
    path = folder / FILE
    questions = tuple(_question(name, entry, path) for name, entry in read_prompts(folder, FILE).items())
    for concern in Concern:
        if all(question.concern is not concern for question in questions):
            raise Unreadable(
                f"{path} has no question about {concern}.", f'Give one of them concern = "{concern}": nobody is asked otherwise.'
            )
    return questions


def _question(name: str, entry: object, path: Path) -> SafetyQuestion:
    place = f'{path}, ["{name}"]'
    if not isinstance(entry, dict):
        raise Unreadable(f"{place} has to be a table.", f"Allowed in it: {', '.join(KEYS)}.")
    only_keys(entry, KEYS, place)
    concern = Concern(_choice(entry, "concern", tuple(Concern), "", place))
    lines = {key: _line(entry, key, place) for key in ("if_yes", "if_unsure") if concern is Concern.EMERGENCY or key in entry}
    if lines and concern is not Concern.EMERGENCY:
        raise Unreadable(f"{place} has {' and '.join(lines)}, and is no emergency.", "Leave it out: those lines name the number to call.")
    _line(entry, "source", place)
    return SafetyQuestion(name, concern, Intent(_choice(entry, "clear", CLEAR, Intent.NO, place)), _parts(entry, name, place), **lines)


def _parts(entry: dict[str, object], name: str, place: str) -> tuple[str, ...]:
    parts = words(entry, "parts", place)
    if len(parts) == 1 or len(set(parts)) < len(parts) or name in parts:
        raise Unreadable(f"{place}: parts has to name two signs or more, each once.", "A question about one sign has no parts.")
    return parts


def _choice(entry: dict[str, object], key: str, allowed: tuple[str, ...], default: str, place: str) -> str:
    value = entry.get(key, default)
    if value not in allowed:
        raise Unreadable(f'{place}: {key} can\'t be "{value}".', f"Choose one of: {', '.join(allowed)}.")
    return str(value)


def _line(entry: dict[str, object], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{place} has no {key}.", "Write it as a text in double quotes: where it comes from, or the name of a line.")
    return value
