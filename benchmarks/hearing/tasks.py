"""The list of what is measured, cut into pieces for several processes; the same list in every run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

from benchmarks.hearing.recordings import AFTER_TALK, CLIPS_A_STREAM
from benchmarks.hearing.voices import commands, safety_phrases, spoken, voices
from benchmarks.words.sayings import FOLDS, fold, recordings_of_talk, speakers, talk_before
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.understanding.phrasebook import Phrasebook

NOISES = ("kitchen10", "kitchen5", "exercise_bike10", "music10")
ROOMS = ("ir_bathroom1", "concrete_room", "muffled", "far")
DISTRESS = ("high", "drawn_out", "whispered", "repeated")
LOUDER_NOISES = ("kitchen24", "kitchen12", "kitchen6")
"""The points of the plot of acceptance against the signal-to-noise ratio."""

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
COMMAND_WORDS = frozenset({"stop", "yes", "no"})
TALK = ("librispeech", "coffee_orders")
"""The third kind, arctic, is one speaker, whom the word model knows."""
CLIPS_A_TASK = CLIPS_A_STREAM
PATIENCES = (0.25, 0.5, 1.0, 2.0, 3.0)
"""The points of the trade-off curve: how many times as patient as the coach's ears are."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some recordings of one line of the table, for one engine. `line` is that line's name; `kind` is "word", "other" or "talk"."""

    engine: str
    kind: str
    line: str
    paths: tuple[Path, ...]
    condition: str = ""
    moment: str = "set"
    meaning: str = ""
    urgent: bool = False
    patience: float = 1.0
    fold: int = 0
    """Of the speakers: they are judged with a word model that hasn't heard them."""


def tasks(data: Path, scratch: Path, phrasebook: Phrasebook, engine: str, every: int) -> Iterator[Task]:
    """Everything for one engine, with every so-manyth recording."""
    words = data / "command_words"
    for condition in ("clean", *NOISES, *ROOMS, *DISTRESS, *LOUDER_NOISES, AFTER_TALK):
        yield from _word(engine, words / "stop", condition, "set", Intent.STOP, every)
    for answer in (Intent.YES, Intent.NO):
        for condition in ("clean", "kitchen10", "muffled", *LOUDER_NOISES):
            yield from _word(engine, words / answer, condition, "question", answer, every)
    for number, digit in enumerate(DIGITS):
        task = Task(engine, "word", "digits, clean", (), "clean", "number", str(number))
        yield from _cut(task, data, _files(data / "digits" / digit, every))
    for name, phrases, conditions in (
        ("safety phrases", safety_phrases(phrasebook), ("clean", "kitchen10", "muffled", AFTER_TALK)),
        ("commands", commands(phrasebook), ("clean",)),
    ):
        for condition in conditions:
            said = [(spoken(scratch, voice, phrase), intent) for phrase, intent in phrases for voice in voices()][::every]
            for intent in sorted({intent for _, intent in said}):
                line = f"{name} (synthetic), {condition}"
                task = Task(engine, "word", line, (), condition, "set", intent, intent in URGENT)
                yield from _cut(task, data, [path for path, one in said if one is intent])
    folders = [folder for folder in sorted((*words.iterdir(), *(data / "other_words").iterdir())) if folder.name not in COMMAND_WORDS]
    others = [path for folder in folders for path in _files(folder, every)]
    yield from _cut(Task(engine, "other", "other single words", (), "clean"), data, others)
    for kind in TALK:
        yield from talk(engine, data, kind, every)


def talk(engine: str, data: Path, kind: str, every: int) -> Iterator[Task]:
    """One kind of talk, by speakers whom the word model hasn't heard before words either."""
    who = _speakers(data)
    known = {who[path] for path in talk_before(data)}
    files = [path for path in recordings_of_talk(data, kind) if who[path] not in known][::every]
    yield from _cut(Task(engine, "talk", f"talk: {kind}", ()), data, files)


def curve(data: Path, every: int) -> Iterator[Task]:
    """What the trade-off curve needs: "stop" and read speech, for ears of different patience; a quarter of the recordings draws it."""
    for patience in PATIENCES:
        words = (
            _word("ears", data / "command_words" / "stop", condition, "set", Intent.STOP, 4 * every) for condition in ("clean", "kitchen10")
        )
        for task in chain(*words, talk("ears", data, "librispeech", 4 * every)):
            yield replace(task, line=patient_line(task.line, patience), patience=patience)


def patient_line(line: str, patience: float) -> str:
    """The name of a line of the trade-off curve."""
    return f"{patience:g} times as patient: {line}"


def _word(engine: str, folder: Path, condition: str, moment: str, intent: Intent, every: int) -> Iterator[Task]:
    task = Task(engine, "word", f"{intent}, {condition}", (), condition, moment, intent, intent in URGENT)
    yield from _cut(task, folder.parent.parent, _files(folder, every))


def _files(folder: Path, every: int) -> list[Path]:
    return sorted(path for path in folder.glob("*.*") if path.is_file())[::every]


def _cut(task: Task, data: Path, paths: Sequence[Path]) -> Iterator[Task]:
    """In pieces of CLIPS_A_TASK, in each of which all speakers are of one fold; a synthetic voice has a folder of its name."""
    who = _speakers(data)
    for number in range(FOLDS):
        dealt = [path for path in paths if fold(who.get(path, path.parent.name)) == number]
        for at in range(0, len(dealt), CLIPS_A_TASK):
            yield replace(task, paths=tuple(dealt[at : at + CLIPS_A_TASK]), fold=number)


@cache
def _speakers(data: Path) -> dict[Path, str]:
    return {data / name: speaker for name, speaker in speakers(data).items()}
