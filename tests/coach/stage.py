"""The pure coach with a made-up voice, in made-up time: sessions are played as text.

A line takes as long as its words suggest; nothing here sleeps, renders or listens.
"""

import fnmatch
import heapq
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.curriculum import load
from voicecoach.messages.actions import Action, Form, Hush, Listen, Record, Say
from voicecoach.messages.events import Event, LineEnded, LineStarted, Started, Wake
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory, Person, Reached
from voicecoach.rehearsal.healthy import healthy_answers
from voicecoach.replay.noted import noted
from voicecoach.settings import read_settings
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script
from voicecoach.voice.tones import Tones

PROMPTS = Path(__file__).resolve().parents[2] / "prompts" / "en"
PHRASEBOOK = Phrasebook.load(PROMPTS)
SCRIPT = Script.load(PROMPTS)
CURRICULUM = load(PROMPTS)
TONES = Tones.load(PROMPTS)
SETTINGS = read_settings(Path())
"""Those of somebody who has set nothing."""
TODAY = 739_944.75
"""24 November 2026, six in the evening."""
KNOWN = Memory(TODAY, (Person(name="", heard_on_mat=True, taught=True),))
"""Somebody who has been taught, and has to be screened again."""
SECONDS_A_LETTER = 0.06
GAP_S = 0.2
HEALTHY = healthy_answers(PHRASEBOOK)


class Rehearsed:
    """A session. `happened` is what it did so far, as (at_s, text): "line set.begin", "cut set.lift", "phase set", "rep 3 lift",
    "hush stop", "end stopped"."""

    script = SCRIPT
    phrasebook = PHRASEBOOK
    answers = staticmethod(HEALTHY)
    coach: Callable[[Plan, Curriculum, Memory], Session] = Session
    answers_after_s = 0.5
    seconds_a_line = 0.0
    recorded = False

    def __init__(self, plan: Plan, *, healthy: bool = True, memory: Memory = KNOWN, curriculum: Curriculum = CURRICULUM) -> None:
        self.session = self.coach(plan, curriculum, memory)
        self.healthy = healthy
        self.happened: list[tuple[float, str]] = []
        self.now_s = 0.0
        self.moment = "screen"
        self.texts: list[str] = []
        self.reached: Reached | None = None
        self._due: list[tuple[float, int, Event]] = []
        self._number = count()
        self._lines: dict[int, tuple[str, float, float]] = {}
        self._free_at_s = 0.0
        self._hand_over(Started(self.recorded))

    @property
    def outcome(self) -> str | None:
        """How it ended."""
        return self.session.outcome

    def hear(self, phrase: str, stage: Stage = Stage.CONFIRMED) -> None:
        """Somebody says `phrase`, half a second after the last thing that happened."""
        self.run_until(self.now_s + 0.5)
        known = self.phrasebook.knows(phrase)
        self._hand_over(interpret(Heard(stage, phrase if known else "", phrase, self.now_s), self.moment, self.phrasebook))

    def tell(self, event: Event) -> None:
        """Something else happens, now."""
        self._hand_over(event)

    def run_until(self, at_s: float) -> None:
        """Lets time pass."""
        while self.outcome is None and (due_s := self._next_s()) is not None and due_s <= at_s:
            self._step(due_s)
        self.now_s = max(self.now_s, at_s)

    def run_to(self, pattern: str, within_s: float = 900.0) -> bool:
        """Lets time pass until something that matches `pattern` happens. False when it doesn't."""
        seen, end_s = len(self.happened), self.now_s + within_s
        while not any(fnmatch.fnmatchcase(text, pattern) for _, text in self.happened[seen:]):
            seen, due_s = len(self.happened), self._next_s()
            if due_s is None or due_s > end_s or self.outcome is not None:
                return False
            self._step(due_s)
        return True

    def run_to_question(self, name: str) -> bool:
        """Lets time pass until this is asked; from then on nothing is answered by itself. False when it never is."""
        begun = self.run_to(f"line {name}")
        self.healthy = False
        return begun and self.run_to(f"question {name}")

    def since(self, mark: int) -> list[str]:
        """What happened since `len(happened)` was `mark`."""
        return [text for _, text in self.happened[mark:]]

    def _next_s(self) -> float | None:
        wake_s = self.session.wake_at_s
        times = [self._due[0][0]] if self._due else []
        return min([*times, *([] if wake_s is None else [wake_s])], default=None)

    def _step(self, due_s: float) -> None:
        self.now_s = max(self.now_s, due_s)
        if self._due and self._due[0][0] <= due_s:
            _, _, event = heapq.heappop(self._due)
            if isinstance(event, LineStarted):
                self._note(f"line {self._lines[event.say_id][0]}")
            self._hand_over(event)
        else:
            self._hand_over(Wake())

    def _hand_over(self, event: Event) -> None:
        for action in self.session.handle(event, self.now_s):
            self._perform(action)

    def _perform(self, action: Action) -> None:
        match action:
            case Say():
                self._say(action)
            case Hush():
                self._hush()
            case Listen(moment):
                self.moment = moment
            case Record("course", fields):
                self.reached = Reached(**fields)  # type: ignore[arg-type]
            case _:
                pass
        if text := noted(action):
            self._note(text)
        if isinstance(action, Record) and action.event == "question" and self.healthy:
            self._answer(str(action.fields["id"]))

    def words(self, line: Line, say: Say) -> str:
        """The sentence, or its reason."""
        return self.script.why(line.id) if say.form is Form.WHY else self.script.sentence(line, say.turn, brief=say.form is Form.BRIEF)

    def _say(self, say: Say) -> None:
        text = self.words(say.line, say)
        length_s = self.seconds_a_line + SECONDS_A_LETTER * len(text)
        start_s = max(self.now_s, self._free_at_s + GAP_S) if say.at_s is None else say.at_s
        if say.by_s is not None and start_s + length_s > say.by_s and say.form is not Form.WHY:
            text = self.words(say.line, replace(say, form=Form.BRIEF))
            length_s = self.seconds_a_line + SECONDS_A_LETTER * len(text)
        late = say.by_s is not None and start_s + length_s > say.by_s
        if late or (say.at_s is not None and (say.at_s < self._free_at_s or (say.room_s is not None and length_s > say.room_s))):
            self._hand_over(LineEnded(say.say_id, cut_short=True))
            return
        self.texts.append(text)
        self._free_at_s = start_s + length_s
        self._lines[say.say_id] = (say.line.id, start_s, start_s + length_s)
        self._push(start_s, LineStarted(say.say_id))
        self._push(start_s + length_s, LineEnded(say.say_id, cut_short=False))

    def _hush(self) -> None:
        for _, _, event in list(self._due):
            if isinstance(event, LineEnded):
                line, start_s, _ = self._lines[event.say_id]
                if start_s <= self.now_s:
                    self._note(f"cut {line}")
        self._due = [entry for entry in self._due if not isinstance(entry[2], LineStarted | LineEnded)]
        heapq.heapify(self._due)
        self._free_at_s = self.now_s

    def _answer(self, question: str) -> None:
        phrase, book = self.answers(question), self.phrasebook
        meant = interpret(Heard(Stage.CONFIRMED, phrase if book.knows(phrase) else "", phrase, self.now_s), self.moment, book)
        self._push(self.now_s + self.answers_after_s, meant)

    def _push(self, at_s: float, event: Event) -> None:
        heapq.heappush(self._due, (at_s, next(self._number), event))

    def _note(self, text: str) -> None:
        self.happened.append((self.now_s, text))


def plan(**changes: Any) -> Plan:
    """The usual plan, changed."""
    return replace(CURRICULUM.numbers.plan, **changes)


QUICK = plan(sets=2, reps=3, rest_s=20, warm_up_s=0, cool_down_s=0)
