"""Sessions as text. Every one is played under the eyes of all the rules of tests/simulation.

# what the file shows
plan sets=1 reps=3        settings of the plan
person silent             answers nothing by itself;  person healthy: a healthy person's answers, as at the beginning
person new                nobody is remembered (otherwise: somebody who was taught, and has to be screened)
knows screened_on_day=-9  facts about the first person; days count from today
with name=Ben             somebody else is known too, and facts about them
past on_day=-2 spare_reps=3   a session of the first person before this one, oldest first;  past who=2 …: of the second
> stop                    somebody says this, half a second after the last thing
> ? stop                  the ears only suspect it;  > - stop  they take it back
< line set.begin          this happens next, sooner or later (a glob)
~ 20                      twenty seconds pass
! fault microphone        a part fails;  ! recovered microphone
! unclear                 somebody mumbles;  ! worrying  and it may have been a safety phrase;  ! hard_to_hear faint
! calibrated clipped      the first words have told how the microphone does: fine, silent, clipped, loud, noisy, late, drowned
! cut                     the speaker falls silent by itself;  ! unplayed  the next line never comes;  ! late 2  what is due comes later
! interrupted             the service is stopped;  ! killed  the power fails
x rep *                   from here on, nothing of this kind happens
"""

import fnmatch
from dataclasses import dataclass, field, replace
from typing import Any

from tests.coach.stage import KNOWN, TODAY, plan
from tests.simulation.watched import Broken, Coach, Watched
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Fault, HardToHear, Interrupted, Recovered, Unclear
from voicecoach.messages.heard import Stage, Trouble
from voicecoach.messages.memory import Memory, PastSession, Person

SHOWN = 14
FINE = PastSession(TODAY, "finished", reps=20, sets=2, pain_before=1, pain_after=1)
GIVEN = ("plan", "person", "knows", "with", "past")
STAGES = {"?": Stage.SUSPECTED, "-": Stage.WITHDRAWN}
MANNERS = {"silent": False, "healthy": True}
WELL = Figures(-60.0, -30.0, 30.0, 80.0, 0.0, -12.0, 0.0, 0.0)
FIGURES = {
    "fine": WELL,
    "silent": replace(WELL, zero_share=1.0),
    "clipped": replace(WELL, clipped_share=0.01),
    "loud": replace(WELL, coach_dbfs=-10.0),
    "noisy": replace(WELL, noise_dbfs=-35.0),
    "late": replace(WELL, delay_ms=400.0),
    "drowned": replace(WELL, echo_loss_db=0.0, coach_dbfs=-20.0),
}


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
            self.healthy = MANNERS[rest]
        else:
            facts = {name: _fact(name, text) for name, _, text in settings}
            people = list(self.memory.people)
            if mark == "with":
                people.append(replace(Person(len(people) + 1), **facts))
            elif mark == "past":
                who = facts.pop("who", 1) - 1
                people[who] = replace(people[who], sessions=(*people[who].sessions, replace(FINE, **facts)))
            else:
                people[0] = replace(people[0], **facts)
            self.memory = replace(self.memory, people=tuple(people))


def _fact(name: str, text: str) -> Any:
    if name.endswith("on_day"):
        return TODAY + float(text)
    if text.lstrip("-").isdigit():
        return int(text)
    return float(text) if text.lstrip("-").replace(".", "", 1).isdigit() else {"yes": True, "no": False, "none": None}.get(text, text)


class Played:
    """A script, taken line by line. What it says of a broken rule is a problem like any other."""

    def __init__(self, coach: Coach = Session) -> None:
        self._coach = coach
        self._given = _Given()
        self._forbidden: list[tuple[int, str]] = []
        self.evening: Watched | None = None
        self.killed = False
        """Whether the power failed: nothing happens any more."""
        self.broken: Broken | None = None
        """The first rule that was broken; nothing happens any more."""

    def take(self, line: str) -> str:
        """The next line. Returns what is wrong, or ""."""
        mark, _, rest = line.strip().partition(" ")
        if not mark or mark == "#" or self.killed or self.broken:
            return ""
        if mark in GIVEN:
            self._given.take(mark, rest)
            if self.evening:
                self.evening.healthy = self._given.healthy
            return ""
        try:
            given = self._given
            self.evening = self.evening or Watched(given.plan, healthy=given.healthy, memory=given.memory, coach=self._coach)
            return self._step(self.evening, mark, rest)
        except Broken as broken:
            self.broken = broken
            return str(broken)

    def _step(self, evening: Watched, mark: str, rest: str) -> str:
        first, _, others = rest.partition(" ")
        if mark == ">":
            evening.hear(others if first in STAGES else rest, STAGES.get(first, Stage.CONFIRMED))
        elif mark == "<":
            just = evening.happened[-1][1] if evening.happened else ""
            if not fnmatch.fnmatch(just, rest) and not evening.run_to(rest):
                return "never happened"
        elif mark == "~":
            evening.run_until(evening.now_s + float(rest))
        elif mark == "!" and first == "killed":
            self.killed = True
        elif mark == "!":
            _happen(evening, first, others)
        elif mark == "x":
            self._forbidden.append((len(evening.happened), rest))
        else:
            return "not a step: > < ~ ! x"
        return ""

    def look_back(self) -> str:
        """What happened that must not, or ""."""
        for since, pattern in self._forbidden if self.evening else []:
            found = [text for text in self.evening.since(since) if fnmatch.fnmatch(text, pattern)] if self.evening else []
            if found:
                return f"x {pattern}: {found[0]} happened, and must not"
        return ""

    def told(self, problem: str) -> str:
        """The problem, and what happened just before."""
        happened = self.evening.happened[-SHOWN:] if self.evening else []
        return "\n".join([problem, *(f"  {at_s:7.2f}  {text}" for at_s, text in happened)])


def play(script: str) -> str:
    """Plays it. Returns "" when all went as it says, otherwise what didn't and what happened just before."""
    played = Played()
    for line in script.splitlines():
        if problem := played.take(line):
            return played.told(f"{line.strip()}: {problem}")
    problem = played.look_back()
    return played.told(problem) if problem else ""


def _happen(evening: Watched, what: str, detail: str) -> None:
    match what:
        case "fault":
            evening.tell(Fault(detail, "as the script says"))
        case "recovered":
            evening.tell(Recovered(detail))
        case "unclear" | "worrying":
            evening.tell(Unclear("mumble", worrying=what == "worrying"))
        case "hard_to_hear":
            evening.tell(HardToHear(Trouble(detail)))
        case "calibrated":
            evening.tell(Calibrated(FIGURES[detail], None))
        case "interrupted":
            evening.tell(Interrupted())
        case "cut":
            evening.cut()
        case "unplayed":
            evening.refuse()
        case "late":
            evening.delay(float(detail))
        case _:
            raise ValueError(what)
