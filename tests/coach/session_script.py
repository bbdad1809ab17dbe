"""Sessions as text.

# what the file shows
plan sets=1 reps=3        settings of the plan
person silent             answers nothing by itself (otherwise: a healthy person's answers)
person new                nobody is remembered (otherwise: somebody who was taught, and has to be screened)
knows screened_on_day=-9  facts about the person; days count from today
with name=Ben             somebody else is known too, and facts about them
past on_day=-2 spare_reps=3   a session before this one, oldest first
cutoff phase=set set=2 done=1   a session that was cut off, two minutes ago; also ago_s, outcome, pain, person, total, ...
> stop                    somebody says this, half a second after the last thing
> ? stop                  the ears only suspect it;  > - stop  they take it back
< line set.begin          this happens next, sooner or later (a glob)
~ 20                      twenty seconds pass
! fault microphone        a part fails;  ! recovered microphone
x rep *                   from here on, nothing of this kind happens
"""

import fnmatch
from dataclasses import dataclass, field, replace
from typing import Any

from tests.coach.stage import CURRICULUM, KNOWN, TODAY, Rehearsed, plan
from voicecoach.coach.course import course_of
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.taking_up import reached
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.heard import Stage
from voicecoach.messages.memory import CutOff, Memory, PastSession, Person

SHOWN = 14
FINE = PastSession(TODAY, "finished", reps=20, sets=2, pain_before=1, pain_after=1)
GIVEN = ("plan", "person", "knows", "with", "past", "cutoff")
STAGES = {"?": Stage.SUSPECTED, "-": Stage.WITHDRAWN}


@dataclass
class _Given:
    """What stands before the first step."""

    plan: Plan = field(default_factory=plan)
    healthy: bool = True
    memory: Memory = KNOWN
    cut_off: dict[str, Any] | None = None

    @property
    def remembered(self) -> Memory:
        """The memory, with the session that was cut off: one by the same plan, as far as the script says."""
        if self.cut_off is None:
            return self.memory
        about = {"person": 1, "ago_s": 120.0, "outcome": "interrupted", "pain": 1}
        facts = {name: value for name, value in self.cut_off.items() if name not in about}
        begun = reached(course_of(self.plan, CURRICULUM, self.memory), Phase.SET)
        total = (facts.get("set", 1) - 1) * begun.lifts + facts.get("done", 0)
        where = replace(begun, **{"total": total, **facts})
        return replace(self.memory, cut_off=CutOff(reached=where, **{name: self.cut_off.get(name, usual) for name, usual in about.items()}))

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
            if mark == "cutoff":
                self.cut_off = facts
                return
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


def play(script: str) -> str:
    """Plays it. Returns "" when all went as it says, otherwise what didn't and what happened just before."""
    evening: Rehearsed | None = None
    given, forbidden = _Given(), list[tuple[int, str]]()
    for line in (line.strip() for line in script.splitlines()):
        mark, _, rest = line.partition(" ")
        if not line or mark == "#":
            continue
        if mark in GIVEN:
            given.take(mark, rest)
            if evening:
                evening.healthy = given.healthy
        else:
            evening = evening or Rehearsed(given.plan, healthy=given.healthy, memory=given.remembered)
            problem = _step(evening, mark, rest, forbidden)
            if problem:
                return _told(evening, f"{line}: {problem}")
    for since, pattern in forbidden if evening else []:
        found = [text for text in evening.since(since) if fnmatch.fnmatch(text, pattern)] if evening else []
        if evening and found:
            return _told(evening, f"x {pattern}: {found[0]} happened, and must not")
    return ""


def _step(evening: Rehearsed, mark: str, rest: str, forbidden: list[tuple[int, str]]) -> str:
    first, _, others = rest.partition(" ")
    if mark == ">":
        stage = STAGES.get(first, Stage.CONFIRMED)
        evening.hear(others if first in STAGES else rest, stage)
    elif mark == "<":
        just = evening.happened[-1][1] if evening.happened else ""
        if not fnmatch.fnmatch(just, rest) and not evening.run_to(rest):
            return "never happened"
    elif mark == "~":
        evening.run_until(evening.now_s + float(rest))
    elif mark == "!":
        evening.tell(Fault(others, "as the script says") if first == "fault" else Recovered(others))
    elif mark == "x":
        forbidden.append((len(evening.happened), rest))
    else:
        return "not a step: > < ~ ! x"
    return ""


def _told(evening: Rehearsed, problem: str) -> str:
    return "\n".join([problem, *(f"  {at_s:7.2f}  {text}" for at_s, text in evening.happened[-SHOWN:])])
