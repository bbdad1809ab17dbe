"""A session as a `.session` test: what it began from, every input at its moment, and what the coach did about it.

The words are those of tests/coach/session_script.py. The voice isn't made up there: when it began and ended which line stands in the
text. What the coach did is what this version does, up to where that differs from the log.
"""

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from voicecoach import places
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, Listen, Record, Say
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import (
    Calibrated,
    Fault,
    HardToHear,
    Input,
    Interrupted,
    LineEnded,
    LineStarted,
    Recovered,
    Started,
    Unclear,
)
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import Meant
from voicecoach.messages.memory import Memory
from voicecoach.record.beginning import DAY, facts
from voicecoach.record.handover import Fields, Handover
from voicecoach.replay.noted import noted
from voicecoach.replay.origins import Origin
from voicecoach.replay.replaying import NOTHING, Step
from voicecoach.replay.stand_ins import StandIns, names_in
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook

MARKS = {Stage.SUSPECTED: "? ", Stage.WITHDRAWN: "- ", Stage.CONFIRMED: ""}


def as_script(title: str, began: Origin, steps: Sequence[Step], *, names: bool = False) -> str:
    """The whole text. `names`: as they are; otherwise others stand for them."""
    others = StandIns(began.curriculum.names, [] if names else names_in(began.memory, (step.event for step in steps)))
    memory = others.of(began.memory)
    played = _Played(began, memory)
    for step in steps:
        if step.event is not None:
            played.hand_over(others.said(step.event), step.at_s)
    recorded = any(step.event == Started(recorded=True) for step in steps)
    return "\n".join([f"# {title}", f"exact{' recorded' if recorded else ''}", *_given(began, memory), *played.told, ""])


class _Played:
    """The session once more, told line by line."""

    def __init__(self, began: Origin, memory: Memory) -> None:
        self._coach = Session(began.plan, began.curriculum, memory)
        self._door = Handover(self._coach, self._happened, self._done)
        self._phrasebook = Phrasebook.load(places.language())
        self._moment = self._coach.moment
        self._lines: dict[int, str] = {}
        self.told: list[str] = []

    def hand_over(self, event: Input, at_s: float) -> None:
        """The next input."""
        self._door.hand_over(event, at_s)

    def _happened(self, event: Input, more: Fields, at_s: float) -> None:
        del more
        if not isinstance(event, Started):
            self.told.append(f"@ {at_s} {self._step(event)}")

    def _done(self, action: Action) -> None:
        if isinstance(action, Say):
            self._lines[action.say_id] = action.line.id
        if isinstance(action, Listen):
            self._moment = action.moment
        if text := noted(action):
            self.told.append(f"< {_undated(text, action)}")

    def _step(self, event: Input) -> str:
        match event:
            case Meant():
                return self._said(event)
            case LineStarted(say_id):
                return f"! begins {say_id} {self._lines.get(say_id, NOTHING)}"
            case LineEnded(say_id, cut_short):
                return f"! {'cut' if cut_short else 'ends'} {say_id} {self._lines.get(say_id, NOTHING)}"
            case Unclear(_, worrying):
                return "! worrying" if worrying else "! unclear"
            case HardToHear(trouble):
                return f"! hard_to_hear {trouble.value}"
            case Calibrated(figures, last):
                return "! " + " ".join(["calibrated", *_figures("", figures), *(_figures("last.", last) if last else ())])
            case Fault(what) | Recovered(what):
                return f"! {'fault' if isinstance(event, Fault) else 'recovered'} {what}"
            case Interrupted() | Started():
                return "! interrupted"

    def _said(self, meant: Meant) -> str:
        """As it would be said, if that means the same; otherwise as it was understood."""
        heard = Heard(meant.stage, meant.phrase if self._phrasebook.knows(meant.phrase) else "", meant.phrase, 0.0)
        again = interpret(heard, self._moment, self._phrasebook)
        if isinstance(again, Meant) and again == meant:
            return f"> {MARKS[meant.stage]}{meant.phrase}"
        told = {**asdict(meant), "intent": meant.intent.value, "stage": meant.stage.value}
        return "! " + " ".join(["meant", *_words({key: value for key, value in told.items() if value not in (None, "")})])


def _undated(text: str, action: Action) -> str:
    """Without a date: the test has another; and so that its end can be seen."""
    dated = isinstance(action, Record) and str(action.fields.get("fact")).endswith(DAY) and isinstance(action.fields["value"], float)
    return f"{text.rpartition(' ')[0]} *" if dated or text.endswith(" ") else text


def _given(began: Origin, memory: Memory) -> Iterator[str]:
    """What stands before the first step."""
    yield f"locale {began.house.settings.locale}"
    yield " ".join(["plan", *_words({name: value for name, value in began.plan.settings.items() if value not in (None, "")})])
    yield " ".join(["speaks", *_words({"voice": memory.voice, "words_per_minute": memory.words_per_minute})])
    if memory.cut_off is not None:
        cut = asdict(memory.cut_off)
        where = cut.pop("reached")
        told = {**cut, **where, "failed_sets": ",".join(map(str, where["failed_sets"]))}
        yield " ".join(["cutoff", *_words({name: value for name, value in told.items() if value is not None})])
    yield "person new"
    for person in memory.people:
        yield " ".join(["with", *_words(facts(person, memory.today))])
        for past in person.sessions:
            yield " ".join(["their", *_words(facts(past, memory.today))])


def _figures(before: str, figures: Figures) -> Iterable[str]:
    return _words({f"{before}{name}": value for name, value in asdict(figures).items() if value is not None})


def _words(facts_: Mapping[str, object]) -> Iterator[str]:
    for name, value in facts_.items():
        yield f"{name}={shlex.quote(_text(value))}" if value != "" else f"{name}="


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
