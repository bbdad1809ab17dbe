"""Sessions as text.

# what the file shows
plan sets=1 reps=3        settings of the plan
person silent             answers nothing by itself (otherwise: a healthy person's answers)
person new                nobody is remembered (otherwise: somebody who was taught, and has to be screened)
knows screened_on_day=-9  facts about the person; days count from today
with name=Ben             somebody else is known too, and facts about them
past on_day=-2 spare_reps=3   a session before this one, oldest first
> stop                    somebody says this, half a second after the last thing
> ? stop                  the ears only suspect it;  > - stop  they take it back
< line set.begin          this happens next, sooner or later (a glob): after what was last read here, and after the word or fault before it
~ 20                      twenty seconds pass
! fault microphone        a part fails;  ! recovered microphone
x rep *                   from here on, nothing of this kind happens
"""

import fnmatch
from dataclasses import dataclass, field, replace
from typing import Any

from tests.coach.stage import KNOWN, TODAY, Rehearsed, plan
from voicecoach.coach.plan import Plan
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.heard import Stage
from voicecoach.messages.memory import Memory, PastSession, Person

SHOWN = 14
FINE = PastSession(TODAY, "finished", reps=20, sets=2, pain_before=1, pain_after=1)
GIVEN = ("plan", "person", "knows", "with", "past")
STAGES = {"?": Stage.SUSPECTED, "-": Stage.WITHDRAWN}


@dataclass
class _Given:
    """What stands before the first step."""

    plan: Plan = field(default_factory=plan)
    healthy: bool = True
    memory: Memory = KNOWN

    def take(self, mark: str, rest: str) -> None:
        """One line of it."""
        settings = [setting.partition("=") for setting in rest.split()]
        if mark == "plan":
            for name, _, value in settings:
                self.plan = self.plan.with_value(name, value)
        elif mark == "person" and rest == "new":
            self.memory = Memory(TODAY)
        elif mark == "person":
            self.healthy = rest != "silent"
        else:
            facts = {name: _fact(name, text) for name, _, text in settings}
            if mark == "with":
                other = replace(Person(len(self.memory.people) + 1), **facts)
                self.memory = replace(self.memory, people=(*self.memory.people, other))
                return
            person = self.memory.people[0]
            new = {"sessions": (*person.sessions, replace(FINE, **facts))} if mark == "past" else facts
            self.memory = replace(self.memory, people=(replace(person, **new), *self.memory.people[1:]))


def _fact(name: str, text: str) -> Any:
    if name.endswith("on_day"):
        return TODAY + float(text)
    return {"yes": True, "no": False}.get(text, int(text) if text.lstrip("-").isdigit() else text)


class _Played:
    """A session on its way: what of it has been read, and what may not happen any more."""

    def __init__(self, given: _Given) -> None:
        self.evening = Rehearsed(given.plan, healthy=given.healthy, memory=given.memory)
        self._read = 0
        self._forbidden: list[tuple[int, str]] = []

    def step(self, mark: str, rest: str) -> str:
        """One line. "" when it went as it says."""
        if mark in (">", "!"):
            self._read = len(self.evening.happened)
        if mark == "x":
            self._forbidden.append((len(self.evening.happened), rest))
        elif mark == "<":
            if not (self._reads(rest) or self.evening.run_to(rest)):
                return "never happened"
            self._read += self._reads(rest)
        elif mark == "~":
            self.evening.run_until(self.evening.now_s + float(rest))
        elif mark == ">":
            first, _, others = rest.partition(" ")
            self.evening.hear(others if first in STAGES else rest, STAGES.get(first, Stage.CONFIRMED))
        elif mark == "!":
            kind, _, what = rest.partition(" ")
            self.evening.tell(Fault(what, "as the script says") if kind == "fault" else Recovered(what))
        else:
            return "not a step: > < ~ ! x"
        return ""

    def broken(self) -> str:
        """What happened and must not; "" for nothing."""
        for since, pattern in self._forbidden:
            for text in self.evening.since(since):
                if fnmatch.fnmatch(text, pattern):
                    return f"x {pattern}: {text} happened, and must not"
        return ""

    def _reads(self, pattern: str) -> int:
        """How far one has to read on until it happens; 0: it hasn't yet."""
        return next((n for n, text in enumerate(self.evening.since(self._read), start=1) if fnmatch.fnmatch(text, pattern)), 0)


def play(script: str) -> str:
    """Plays it. Returns "" when all went as it says, otherwise what didn't and what happened just before."""
    played: _Played | None = None
    given = _Given()
    for line in (line.strip() for line in script.splitlines()):
        mark, _, rest = line.partition(" ")
        if not line or mark == "#":
            continue
        if mark in GIVEN:
            given.take(mark, rest)
            if played:
                played.evening.healthy = given.healthy
        else:
            played = played or _Played(given)
            problem = played.step(mark, rest)
            if problem:
                return _told(played.evening, f"{line}: {problem}")
    problem = played.broken() if played else "not a step in it"
    return _told(played.evening, problem) if played and problem else problem


def _told(evening: Rehearsed, problem: str) -> str:
    return "\n".join([problem, *(f"  {at_s:7.2f}  {text}" for at_s, text in evening.happened[-SHOWN:])])
