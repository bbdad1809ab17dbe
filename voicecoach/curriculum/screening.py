"""Reads screening.toml: the safety questions before a session, in their order."""

from pathlib import Path

from voicecoach import places
from voicecoach.coach.curriculum import Concern, SafetyQuestion
from voicecoach.errors import Unreadable
from voicecoach.messages.intents import Intent
from voicecoach.tables import Placed, layers, only_keys, read_prompts, read_table, subtable, text, words

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
    _unweakened(questions, table, folder)
    return questions


def _unweakened(questions: tuple[SafetyQuestion, ...], table: Placed, folder: Path) -> None:
    """What came along, and what lies under all changes, asks at least that, with the same consequences: more may be added."""
    lowest = read_table(layers(folder)[-1] / FILE)
    below = [read_table(places.language() / FILE), lowest]
    for shipped in (_question(name, subtable(one, name)) for one in below for name in one):
        ours = next((question for question in questions if question.id == shipped.id), None)
        if ours is None:
            raise Unreadable(
                f'{table.at()}: there is no ["{shipped.id}"].', "Every safety question has to be asked: add it, with its concern."
            )
        for key in ("concern", "clear", "if_yes", "if_unsure"):
            if getattr(ours, key) != getattr(shipped, key):
                raise Unreadable(f"{subtable(table, ours.id).at(key)} can't be changed.", f'Leave it "{getattr(shipped, key)}".')
        if missing := [part for part in shipped.parts if part not in ours.parts]:
            raise Unreadable(f"{subtable(table, ours.id).at('parts')} lacks {missing[0]}.", "Signs may be added, but none taken away.")


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
