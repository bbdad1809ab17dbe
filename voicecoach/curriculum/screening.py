"""Reads screening.toml: the safety questions before a session, in their order."""

from pathlib import Path

from voicecoach.coach.curriculum import Concern, SafetyQuestion
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import Intent
from voicecoach.tables import Placed, only_keys, read_prompts, subtable, text, words

FILE = "screening.toml"
KEYS = ("concern", "clear", "parts", "if_yes", "if_unsure", "source")
CLEAR = (Intent.YES, Intent.NO)


def load_screening(folder: Path) -> tuple[SafetyQuestion, ...]:
    """The questions of `folder`, a locale's. Raises Unreadable with the file, the line and what is allowed."""
    table = read_prompts(folder, FILE)
    questions = tuple(_question(name, subtable(table, name)) for name in table)
    for concern in Concern:
        if all(question.concern is not concern for question in questions):
            raise Unreadable(
                f"{folder / FILE} has no question about {concern}.",
                f'Give one of them concern = "{concern}": nobody is asked otherwise.',
            )
    return questions


def _question(name: str, entry: Placed) -> SafetyQuestion:
    only_keys(entry, KEYS)
    concern = Concern(_choice(entry, "concern", tuple(Concern), ""))
    lines = {key: text(entry, key) for key in ("if_yes", "if_unsure") if concern is Concern.EMERGENCY or key in entry}
    if lines and concern is not Concern.EMERGENCY:
        raise Unreadable(
            f"{entry.at()} has {' and '.join(lines)}, and is no emergency.", "Leave it out: those lines name the number to call."
        )
    text(entry, "source")
    return SafetyQuestion(name, concern, Intent(_choice(entry, "clear", CLEAR, Intent.NO)), _parts(entry, name), **lines)


def _parts(entry: Placed, name: str) -> tuple[str, ...]:
    parts = words(entry, "parts")
    if len(parts) == 1 or len(set(parts)) < len(parts) or name in parts:
        raise Unreadable(f"{entry.at('parts')}: parts has to name two signs or more, each once.", "A question about one sign has no parts.")
    return parts


def _choice(entry: Placed, key: str, allowed: tuple[str, ...], default: str) -> str:
    value = entry.get(key, default)
    if value not in allowed:
        raise Unreadable(f'{entry.at(key)}: {key} can\'t be "{value}".', f"Choose one of: {', '.join(allowed)}.")
    return str(value)
