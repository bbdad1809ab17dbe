"""Sessions as text.

# what the file shows
plan sets=1 reps=3        settings of the plan
person silent             answers nothing by itself (otherwise: a healthy person's answers)
> stop                    somebody says this, half a second after the last thing
> ? stop                  the ears only suspect it;  > - stop  they take it back
< line set.begin          this happens next, sooner or later (a glob)
~ 20                      twenty seconds pass
! fault microphone        a part fails;  ! recovered microphone
x rep *                   from here on, nothing of this kind happens
"""

import fnmatch

from tests.coach.stage import Rehearsed
from voicecoach.coach.plan import Plan
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.heard import Stage

SHOWN = 14
STAGES = {"?": Stage.SUSPECTED, "-": Stage.WITHDRAWN}


def play(script: str) -> str:
    """Plays it. Returns "" when all went as it says, otherwise what didn't and what happened just before."""
    evening: Rehearsed | None = None
    plan, healthy, forbidden = Plan(), True, list[tuple[int, str]]()
    for line in (line.strip() for line in script.splitlines()):
        mark, _, rest = line.partition(" ")
        if not line or mark == "#":
            continue
        if mark == "plan":
            for name, _, value in (setting.partition("=") for setting in rest.split()):
                plan = plan.with_value(name, value)
        elif mark == "person":
            healthy = rest != "silent"
            if evening:
                evening.healthy = healthy
        else:
            evening = evening or Rehearsed(plan, healthy=healthy)
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
