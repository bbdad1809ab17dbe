"""Runs a log through the coach again, and looks whether it decides the same. Pure.

The log has all inputs with their moments, and every action: as an event, or in `asked` of the next line. In between the coach is woken as
it says itself. So both can be read side by side, line by line, up to the first difference.
"""

import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, End, Hush, Record
from voicecoach.messages.events import Input
from voicecoach.record.asked import PLACES, asked
from voicecoach.record.handover import Fields, Handover
from voicecoach.record.inputs import OUTSIDE, as_handed
from voicecoach.record.logbook import ASKED

Line = Mapping[str, object]
NOTHING = "nothing"
AND = "; "
SHOWN = 3
"""So many of the actions that this version decides together are told."""
A_DAY_S = 86400.0
"""No session lasts so long: a moment beyond it is a mistake."""
LATE_S = 1.0
"""What is decided is stamped with its own moment; nothing is decided so much later than that."""
NOT_THE_COACHS = frozenset({"at_s", "event", ASKED, "interrupted"})
"""Fields of an action's line that aren't the action's; which line a hush cut is the loop's to know."""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the log, and what the coach got by it."""

    at_s: float
    line: Line
    event: Input | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The first: in the line `number` of the log, from 0, or before it."""

    number: int
    at_s: float
    logged: str
    does: str


@dataclass(frozen=True, slots=True)
class _Did:
    """What this version decided; `at_s`: how it is stamped, None where it isn't."""

    what: str
    at_s: float | None


def steps_of(lines: Sequence[Line]) -> list[Step]:
    """The lines of a log. ValueError: one of them is none."""
    return [Step(_moment(line), line, as_handed(line)) for line in lines]


class Replay:
    """One log and the coach as it was before it. `run` once; then `inputs` and `actions` say how much was compared."""

    def __init__(self, coach: Session, steps: Sequence[Step]) -> None:
        self._coach = coach
        self._steps = steps
        self._door = Handover(coach, self._taken, self._performed)
        self._did: deque[_Did] = deque()
        self._last_s = 0.0
        self.inputs = 0
        self.actions = 0

    @property
    def whole(self) -> bool:
        """Whether the log has an end of its own: it may have been cut."""
        return any(step.line["event"] == "session_ended" and OUTSIDE not in step.line for step in self._steps[-1:])

    def run(self) -> Difference | None:
        """The first difference, None if there is none. Of a log that was cut, only what is there counts."""
        for number, step in enumerate(self._steps):
            if (found := self._compared(number, step)) is not None:
                return found
            self._last_s = step.at_s
        return None

    def _compared(self, number: int, step: Step) -> Difference | None:
        if step.event is not None:
            self._door.pass_time(step.at_s)
        until_s = self._until_s(number)
        expected = _asked_in(step.line)
        for n, one in enumerate(expected):
            if self._next(until_s) != _Did(one, None):
                return self._differs(number, step, _Did(AND.join(expected[n:]), None))
            self._count()
        if step.event is not None:
            return self._handed(number, step, step.event)
        if OUTSIDE in step.line:
            return None
        did = _Did(_as_text(str(step.line["event"]), step.line), step.at_s)
        if self._next(until_s) != did:
            return self._differs(number, step, did)
        self._count()
        return None

    def _handed(self, number: int, step: Step, event: Input) -> Difference | None:
        """An input comes when everything decided before it has been found in the log; after the end it tells the coach nothing."""
        if self._coach.outcome is None:
            if self._did:
                return self._differs(number, step, _Did(NOTHING, None))
            self._door.hand_over(event, step.at_s)
        return None

    def _next(self, until_s: float) -> _Did | None:
        """What this version does next of itself, stamped as the log stamps it: never before the line before."""
        while not self._did and self._door.wake_once(until_s):
            pass
        if not self._did:
            return None
        did = self._did[0]
        return did if did.at_s is None else _Did(did.what, max(did.at_s, self._last_s))

    def _count(self) -> None:
        self._did.popleft()
        self.actions += 1

    def _until_s(self, number: int) -> float:
        return next((step.at_s for step in self._steps[number:] if step.event is not None), self._steps[-1].at_s + LATE_S)

    def _differs(self, number: int, step: Step, logged: _Did) -> Difference:
        did = self._next(self._until_s(number))
        does = AND.join(one.what for one in list(self._did)[:SHOWN]) or NOTHING
        if did and did.what == logged.what:
            does = f"{does}, at {did.at_s} s"
        return Difference(number, step.at_s, logged.what, does)

    def _taken(self, event: Input, more: Fields, at_s: float) -> None:
        del event, more, at_s
        self.inputs += 1

    def _performed(self, action: Action) -> None:
        what, now_s = asked(action), self._door.now_s
        if what is not None:
            self._did.append(_Did(what, None))
            return
        match action:
            case Record(event, fields, at_s):
                self._happened(event, fields, min(at_s, now_s))
            case Hush(why):
                self._happened("hushed", {"why": why}, now_s)
            case End(outcome):
                self._happened("session_ended", {"outcome": outcome, **self._coach.summary}, now_s)
            case _:
                raise AssertionError(action)

    def _happened(self, event: str, fields: Line, at_s: float) -> None:
        self._did.append(_Did(_as_text(event, fields), round(at_s, PLACES)))


def _as_text(event: str, fields: Line) -> str:
    told = (f"{key}={json.dumps(value, ensure_ascii=False, default=str)}" for key, value in fields.items() if key not in NOT_THE_COACHS)
    return " ".join([event, *told])


def _asked_in(line: Line) -> list[str]:
    found = line.get(ASKED, [])
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]


def _moment(line: Line) -> float:
    at_s = line.get("at_s")
    if not isinstance(at_s, int | float) or not 0 <= at_s < A_DAY_S or not isinstance(line.get("event"), str):
        raise ValueError(f"no line of a log: {line!r}")
    return float(at_s)
