"""The pieces of the work: who talks where, through which front end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from benchmarks.echo.front_ends import FRONT_ENDS, OURS
from benchmarks.echo.loss import PLACES, Back, Loss, back_after, loss
from benchmarks.echo.room import ROOMS, Where
from benchmarks.echo.talking import CoachLine, Conversation, Own, Said
from benchmarks.hearing.recordings import load
from benchmarks.hearing.voices import safety_phrases, spoken, voices
from benchmarks.words.sayings import FOLDS, fold, speakers, without_a_fold
from voicecoach.coach.welcome import GREETING
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.lines import Line
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples
from voicecoach.places import word_model
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf

SERS_DB = (0.0, -10.0, -18.0)
DRIFT_PPM = 50.0
PLACE = re.compile(r"{\w+}")
VALUE = "4"
"""What stands in the places of a line; tests/prompts fills them with everything."""
TALK_LINES = 18
"""Over a minute of talk, for the loss."""


@dataclass(frozen=True, slots=True)
class Task:
    """`kind`: "loss" of the place `name`; "moved"; "own", all lines; "words", said into them by the speakers of `part`, a fold."""

    kind: str
    front_end: str
    name: str
    where: Where
    part: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a task. Lists are empty where nothing of the kind was measured."""

    task: Task
    said: tuple[Said, ...] = ()
    own: tuple[Own, ...] = ()
    lines: int = 0
    loss: Loss | None = None
    back: Back | None = None


def tasks(front_ends: list[str]) -> Iterator[Task]:
    """All of them."""
    for front_end in front_ends:
        if front_end in (OURS, "speexdsp"):
            for name, where in PLACES.items():
                yield Task("loss", front_end, name, where)
            yield Task("moved", front_end, "speaker moved", PLACES["one clock"])
        for ser_db in SERS_DB:
            for part in range(FOLDS):
                yield Task("words", front_end, f"SER {ser_db:+.0f} dB", Where(ROOMS[part % 2], ser_db), part)
        for part in range(FOLDS):
            yield Task("words", front_end, "SER -10 dB, 50 ppm", Where(ROOMS[part % 2], -10.0, DRIFT_PPM), part)
        for room in ROOMS:
            for ser_db in SERS_DB:
                for drift_ppm in (0.0, DRIFT_PPM):
                    yield Task("own", front_end, "every line", Where(room, ser_db, drift_ppm))


class Bench:
    """What a process needs, loaded once. `every`: every so-manyth of the words and of the lines."""

    def __init__(self, data: Path, model: Path, prompts: Path, scratch: Path, every: int, voice: str) -> None:
        self._data = data
        self._scratch = scratch
        self._every = every
        self._phrasebook = Phrasebook.load(prompts)
        self._model = SpeechModel(model)
        self._words = WordModel.load(word_model())
        self._unheard = without_a_fold()
        script = Script.load(prompts)
        with Renderer(voice, 155) as renderer:
            shelf = Shelf(scratch / "coach", renderer)
            lines = [_line(shelf, text) for _, text in script.every_sentence()]
            self._greeting = [_line(shelf, script.sentence(Line(line))) for line in GREETING]
        order = np.random.default_rng(3).permutation(len(lines))
        self._lines = [lines[n] for n in order]

    def done(self, task: Task) -> Found:
        """One piece."""
        seed = crc32(repr(task).encode())
        canceller, room = FRONT_ENDS[task.front_end](), task.where.build(self._data, self._lines[0].pcm, seed)
        if task.kind == "loss":
            return Found(task, loss=loss(canceller, room, self._talk()))
        if task.kind == "moved":
            return Found(task, back=back_after(canceller, self._data, self._lines[0].pcm, self._talk()))
        words = self._words if task.kind == "own" else self._unheard[task.part]
        rng = np.random.default_rng(seed)
        conversation = Conversation(room, canceller, (self._model, words, self._phrasebook), rng, guarded=task.front_end == OURS)
        if task.kind == "own":
            conversation.run(self._greeting, self._lines[:: self._every], [])
        else:
            conversation.run(self._greeting, self._lines, self._sayings(task.part))
        return Found(task, tuple(conversation.said), tuple(conversation.own), conversation.talked_lines)

    def _talk(self) -> Samples:
        pause = np.zeros(VOICE_RATE_HZ // 2, np.float32)
        return np.concatenate([part for line in (*self._greeting, *self._lines[:TALK_LINES]) for part in (line.pcm.samples, pause)])

    def _sayings(self, part: int) -> list[tuple[str, Samples]]:
        """Recorded and synthetic, by speakers of a fold that the word model hasn't heard."""
        who = speakers(self._data)
        recorded = sorted((self._data / "command_words" / "stop").glob("*.*"))
        mine = [path for path in recorded if fold(who[str(path.relative_to(self._data))]) == part][:: self._every]
        said = [("recorded", load(path)) for path in mine]
        made = [(phrase, voice) for phrase, _ in safety_phrases(self._phrasebook) for voice in voices() if fold(voice) == part]
        chosen = np.random.default_rng(part).permutation(len(made))[: len(said)]
        said += [(f"{made[n][0]} ({made[n][1]})", load(spoken(self._scratch, made[n][1], made[n][0]))) for n in chosen]
        return [said[n] for n in np.random.default_rng(part).permutation(len(said))]


def _line(shelf: Shelf, text: str) -> CoachLine:
    """A line with its places filled, and the moment in which it is said: a question is heard by the ears that wait for its answer."""
    text = PLACE.sub(VALUE, text)
    moment = "set" if not text.endswith("?") else "number" if "zero to ten" in text else "question"
    return CoachLine(text, shelf.pcm(text), moment)


_bench: list[Bench] = []


def start(data: Path, model: Path, prompts: Path, scratch: Path, every: int, voice: str) -> None:
    """Make this process ready."""
    _bench.append(Bench(data, model, prompts, scratch, every, voice))


def done(task: Task) -> Found:
    """One piece of the work, in any process."""
    return _bench[-1].done(task)
