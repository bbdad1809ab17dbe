"""Sessions as text. Every one is played under the eyes of all the rules of tests/simulation, unless it is exact.

# what the file shows
plan sets=1 reps=3        settings of the plan
person silent             answers nothing by itself (otherwise: a healthy person's answers)
person new                nobody is remembered (otherwise: somebody who was taught, and has to be screened)
knows screened_on_day=-9  facts about the person; days count from today
with name=Ben             somebody else is known too, and facts about them
past on_day=-2 spare_reps=3   a session before this one, oldest first;  their on_day=-2 …: one of whoever came last
cutoff phase=set set=2 done=1   a session that was cut off, two minutes ago; also ago_s, outcome, pain, total, ...; "nothing": not begun
speaks words_per_minute=150   how the coach speaks to those who have not asked for anything else
locale en-GB              another locale than en
exact                     all that happens stands here with its moment, and nothing else does; the voice isn't made up (exact.py)
> stop                    somebody says this, half a second after the last thing
> ? stop                  the ears only suspect it;  > - stop  they take it back
< line set.begin          this happens next, sooner or later (a glob): after what was last read here, and after the word or fault before it
~ 20                      twenty seconds pass
! fault microphone        a part fails;  ! recovered microphone, and what else happenings.py has
! cut                     the speaker falls silent by itself;  ! unplayed  the next line never comes;  ! late 2  what is due comes later
@ 12.345 > stop           in an exact script: at that moment;  @ 12.5 ! ends 17 set.lift
x rep *                   from here on, nothing of this kind happens
"""

import fnmatch
from dataclasses import dataclass, field, replace
from typing import Any

from tests.coach.exact import Exact
from tests.coach.happenings import happening, value_of, values_in
from tests.coach.stage import CURRICULUM, KNOWN, PROMPTS, TODAY, Rehearsed, plan
from tests.simulation.watched import Broken, Coach, Watched
from voicecoach.coach.course import course_of
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.coach.taking_up import reached
from voicecoach.curriculum import load
from voicecoach.messages.events import LineEnded, LineStarted
from voicecoach.messages.heard import Stage
from voicecoach.messages.memory import CutOff, Memory, PastSession, Person

SHOWN = 14
FINE = PastSession(TODAY, "finished", reps=20, sets=2, pain_before=1, pain_after=1)
GIVEN = ("plan", "person", "knows", "with", "past", "their", "cutoff", "speaks", "locale", "exact")
UNKNOWN = PastSession(TODAY, "finished")
Evening = Rehearsed | Exact
STAGES = {"?": Stage.SUSPECTED, "-": Stage.WITHDRAWN}


@dataclass
class Given:
    """What stands before the first step."""

    plan: Plan = field(default_factory=plan)
    healthy: bool = True
    memory: Memory = KNOWN
    locale: str = PROMPTS.name
    exact: str | None = None
    cut_off: dict[str, Any] | None = None
    coach: Coach = Session

    def evening(self) -> "Evening":
        """The session that begins so."""
        curriculum = CURRICULUM if self.locale == PROMPTS.name else load(PROMPTS.with_name(self.locale))
        if self.exact is None:
            return Watched(self.plan, healthy=self.healthy, memory=self.remembered, curriculum=curriculum, coach=self.coach)
        return Exact(self.plan, curriculum, self.remembered, recorded=self.exact == "recorded")

    @property
    def remembered(self) -> Memory:
        """The memory, with the session that was cut off: one by the same plan, as far as the script says."""
        if self.cut_off is None:
            return self.memory
        about = {"person": 1, "ago_s": 120.0, "outcome": "interrupted", "pain": 1 if self.exact is None else None}
        facts = {name: value for name, value in self.cut_off.items() if name not in about}
        said = {name: self.cut_off.get(name, usual) for name, usual in about.items()}
        if "nothing" in facts:
            return replace(self.memory, cut_off=CutOff(reached=None, **said))
        begun = reached(course_of(self.plan, CURRICULUM, self.memory), Phase.SET)
        total = (facts.get("set", 1) - 1) * begun.lifts + facts.get("done", 0)
        where = replace(begun, **{"total": total, **facts})
        return replace(self.memory, cut_off=CutOff(reached=where, **said))

    def take(self, mark: str, rest: str) -> None:
        """One line of it."""
        if mark in ("exact", "locale"):
            setattr(self, mark, rest)
        elif mark == "plan":
            for name, value in values_in(rest).items():
                self.plan = self.plan.with_value(name, value)
        elif mark == "person" and rest == "new":
            self.memory = Memory(TODAY)
        elif mark == "person":
            self.healthy = rest != "silent"
        else:
            facts = {name: _fact(name, text) for name, text in values_in(rest).items()}
            if mark == "cutoff":
                failed = [int(one) for one in str(facts.get("failed_sets", "")).split(",") if one]
                self.cut_off = {**facts, "failed_sets": tuple(failed)}
            else:
                self._remember(mark, facts)

    def _remember(self, mark: str, facts: dict[str, Any]) -> None:
        people = list(self.memory.people)
        if mark == "speaks":
            self.memory = replace(self.memory, **facts)
            return
        if mark == "with":
            people.append(replace(Person(len(people) + 1), **facts))
        else:
            whose = -1 if mark == "their" else 0
            usual = {"past": FINE, "their": UNKNOWN}.get(mark)
            new = {"sessions": (*people[whose].sessions, replace(usual, **facts))} if usual else facts
            people[whose] = replace(people[whose], **new)
        self.memory = replace(self.memory, people=tuple(people))


def _fact(name: str, text: str) -> Any:
    return TODAY + float(text) if name.endswith("on_day") else value_of(text)


class Steps:
    """A session on its way: what of it has been read, and what may not happen any more."""

    def __init__(self, given: Given) -> None:
        self.evening = given.evening()
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
            return _happens(self.evening, rest)
        elif mark == "@":
            at_s, _, then = rest.partition(" ")
            self.evening.run_until(float(at_s))
            inner, _, what = then.partition(" ")
            return self.step(inner, what)
        else:
            return "not a step: > < ~ ! x @"
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
    played: Steps | None = None
    given = Given()
    for line in (line.strip() for line in script.splitlines()):
        mark, _, rest = line.partition(" ")
        if not line or mark == "#":
            continue
        if mark in GIVEN:
            given.take(mark, rest)
            if played and isinstance(played.evening, Rehearsed):
                played.evening.healthy = given.healthy
        else:
            try:
                played = played or Steps(given)
                problem = played.step(mark, rest)
            except Broken as broken:
                problem = str(broken)
            if played is None:
                return problem
            if problem:
                return _told(played.evening, f"{line}: {problem}")
    problem = played.broken() if played else "not a step in it"
    return _told(played.evening, problem) if played and problem else problem


def _happens(evening: Evening, what: str) -> str:
    if isinstance(evening, Watched) and evening.sulks(what):
        return ""
    event = happening(what)
    if event is None:
        return "no such thing can happen"
    if isinstance(event, LineStarted | LineEnded) and (wrong := evening.says(what) if isinstance(evening, Exact) else "not exact"):
        return wrong
    evening.tell(event)
    return ""


def _told(evening: Evening, problem: str) -> str:
    return "\n".join([problem, *(f"  {at_s:7.2f}  {text}" for at_s, text in evening.happened[-SHOWN:])])
