"""Each person's sessions, with all that the report tells of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.journal.cut_off import Event
from voicecoach.journal.recall import MORNING, morning_after, whose
from voicecoach.journal.rows import SessionRow
from voicecoach.messages.memory import MORNINGS, Person
from voicecoach.report.reasons import reason
from voicecoach.report.timeline import SHOWN, Entry, at_s, entries

NEEDED = ("person", "course", *SHOWN)
"""The events that a sheet is made of."""
NOBODY = 0
"""Stands for whoever it was where that can't be made sense of."""

Sessions = Sequence[tuple[SessionRow, Sequence[Event]]]
"""Each session, oldest first, with its events of the kinds in NEEDED, in their order."""


@dataclass(frozen=True, slots=True)
class Account:
    """One session, as it is told. `began`: None where what is kept of that is no moment."""

    row: SessionRow
    began: dt.datetime | None
    planned_reps: int | None
    """How many lifts were planned when the first of them was begun; None where the log doesn't say."""
    morning: str
    """How the back was the morning after: one of MORNINGS; "" when nobody was asked."""
    morning_told: dt.datetime | None
    """When that was said, in a later session."""
    why: str
    """Why it ended, in a sentence; "" for one that was done."""
    entries: tuple[Entry, ...]

    @property
    def day(self) -> dt.date | None:
        """The day on which it began, by the clock on the wall then."""
        return self.began.date() if self.began else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's sessions, oldest first. `name`: "" for somebody who has none."""

    person: int
    name: str
    accounts: tuple[Account, ...]

    @property
    def called(self) -> str:
        """What to call them in a heading."""
        return self.name or (f"Person {self.person}" if self.person != NOBODY else "Nobody knows whose")


def sheets(sessions: Sessions, people: Iterable[Person]) -> tuple[Sheet, ...]:
    """A sheet for everybody who has a session, in the order in which they came; last, the sessions of nobody known."""
    names = {person.id: person.name or "" for person in people}
    theirs: dict[int, list[tuple[SessionRow, Sequence[Event]]]] = {}
    for row, events in sessions:
        theirs.setdefault(whose(row, events) or NOBODY, []).append((row, events))
    return tuple(Sheet(who, names.get(who, ""), _accounts(theirs[who])) for who in sorted(theirs, key=lambda who: (who == NOBODY, who)))


def moment(row: SessionRow, at_s: float = 0.0) -> dt.datetime | None:
    """So long after the session's start, by the clock on the wall; None where what is kept of that start is no moment."""
    try:
        return dt.datetime.fromisoformat(row.started_at) + dt.timedelta(seconds=at_s)
    except (ValueError, TypeError, OverflowError):
        return None


def _accounts(sessions: Sessions) -> tuple[Account, ...]:
    mornings = _mornings(sessions)
    found = []
    for n, (row, events) in enumerate(sessions):
        morning, told = mornings.get(n, ("", None))
        why = reason(row.outcome, events)
        found.append(Account(row, moment(row), _planned(events), morning, told, why, entries(events)))
    return tuple(found)


def _mornings(sessions: Sessions) -> dict[int, tuple[str, dt.datetime | None]]:
    """Of each session by its place: how the morning after was, and when that was said."""
    found: dict[int, tuple[str, dt.datetime | None]] = {}
    for n, (row, events) in enumerate(sessions):
        for event in events:
            value = event.get("value")
            if event.get("event") == "answer" and event.get("id") == MORNING and value in MORNINGS:
                about = morning_after([before.reps for before, _ in sessions[:n]])
                if about is not None:
                    found[about] = (str(value), moment(row, at_s(event)))
    return found


def _planned(events: Sequence[Event]) -> int | None:
    """As the course stood last before anything more was lifted than at the session's beginning, which is none but after a power cut."""
    courses = [_course(event) for event in events if event.get("event") == "course"]
    known = [course for course in courses if course is not None]
    first = [course for course in known if course[1] == known[0][1]]
    return max(first[-1][0] - first[-1][1], 0) if first else None


def _course(event: Mapping[str, object]) -> tuple[int, int] | None:
    """How many lifts there are to be in all sets, and how many are done."""
    sets, lifts, total = event.get("sets"), event.get("lifts"), event.get("total")
    if isinstance(sets, int) and isinstance(lifts, int) and isinstance(total, int):
        return sets * lifts, total
    return None
