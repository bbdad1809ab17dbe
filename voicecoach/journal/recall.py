"""Whom the journal knows: its events, in order, folded into people. Pure.

A session is about whoever became known in it last (`person`), and about person 1 where nobody did. What another version wrote and this one
doesn't know, or can't make sense of, is passed over: a journal of years has seen many versions. Where it can't be made sense of who
became known, what follows is nobody's: nobody passes for screened by another's answers. Only a session that ended in pain counts all the
same, for the one before: it errs on the side of more care. A session that was cut off and the one in which it was offered again
(`cut_off`) are one: neither its lifts nor its pain count twice, and no morning lies between them.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import get_type_hints

from voicecoach.journal.cut_off import Event
from voicecoach.journal.rows import SessionRow
from voicecoach.messages.built import fitting
from voicecoach.messages.memory import MORNINGS, PAIN_STOPS, TALK, TODAY, UNITS, PastSession, Person

EFFORT, MORNING = "check_in.effort", "screen.morning"
FIRST = 1
"""Whom a session is about that names nobody: before there was more than one, none did."""
_HINTS = get_type_hints(Person)
FACTS = {field.name: _HINTS[field.name] for field in fields(Person) if field.name not in ("id", "sessions")}
"""What can be remembered of somebody, with its type."""
RANGES = {"usual_pain": (0, 10), "words_per_minute": (0, 450), "gain_db": (-60, 20)}
CHOICES = {"units": ("", *UNITS), "talk": ("", *TALK)}


def recalled(sessions: Iterable[tuple[SessionRow, Sequence[Event]]]) -> tuple[Person, ...]:
    """Everybody of whom the journal tells, in the order of their ids, those too who asked to be forgotten. `sessions`: oldest first."""
    people: dict[int, Person] = {}
    past: dict[int, list[PastSession]] = {}
    for row, events in sessions:
        spares: int | None = None
        who: int | None = FIRST
        for event in events:
            kind = event.get("event")
            if kind == "person":
                who = who_in(event)
            elif kind == "remembered" and who and _makes_sense(fact := str(event.get("fact")), value := _value(event, row)):
                people[who] = people.get(who, Person(who)).knowing(fact, value)
            elif kind == "answer" and event.get("id") == EFFORT:
                spares = _count(event.get("value"))
            elif kind == "answer" and who and event.get("id") == MORNING and event.get("value") in MORNINGS:
                _morning_after(past.get(who, []), str(event.get("value")))
        who = whose(row, events)
        if who:
            people.setdefault(who, Person(who))
        if who and (on_day := _begun_on(row)) is not None:
            one = _past(row, events, on_day, spares)
            before = past.setdefault(who, [])
            if before and (offered := _offered(events, who)) is not None:
                one = _as_one(before.pop(), one, offered)
            before.append(one)
    return tuple(replace(people[who], sessions=tuple(past.get(who, ()))) for who in sorted(people))


def whose(row: SessionRow, events: Iterable[Event]) -> int | None:
    """Whom a session is about; None where that can't be made sense of, and it didn't end in pain."""
    who: int | None = FIRST
    known = FIRST
    for event in events:
        if event.get("event") == "person":
            who = who_in(event)
            known = who or known
    return who or (known if row.outcome in PAIN_STOPS else None)


def who_in(event: Event) -> int | None:
    """Who became known by a `person` event; None where that can't be made sense of."""
    return _count(event.get("id")) or None


def day_of(at: dt.datetime) -> float:
    """Days as Memory counts them, by the clock on the wall where `at` is from."""
    return at.toordinal() + (at - at.replace(hour=0, minute=0, second=0, microsecond=0)) / dt.timedelta(days=1)


def _begun_on(row: SessionRow) -> float | None:
    """The day of a session; None when what is kept of that is no moment."""
    try:
        return day_of(dt.datetime.fromisoformat(row.started_at))
    except (ValueError, TypeError, OverflowError):
        return None


def _past(row: SessionRow, events: Sequence[Event], on_day: float, spare_reps: int | None) -> PastSession:
    ended = next((event for event in reversed(events) if event.get("event") == "session_ended"), {})
    level = ended.get("level")
    return PastSession(
        on_day=on_day,
        outcome=row.outcome,
        level=level if isinstance(level, str) else "",
        reps=row.reps,
        sets=row.sets,
        pain_before=row.pain_before,
        pain_after=row.pain_after,
        spare_reps=spare_reps,
        failed_sets=_count(ended.get("failed_sets")) or 0,
    )


def _offered(events: Sequence[Event], who: int) -> int | None:
    """The set from which on the session before this one, theirs, was to be gone on with; None where it wasn't cut off."""
    found = (event for event in events if event.get("event") == "cut_off" and event.get("person") == who)
    return next((_count(event.get("set")) for event in found), None)


def _as_one(first: PastSession, second: PastSession, from_set: int) -> PastSession:
    return replace(
        second,
        on_day=first.on_day,
        reps=first.reps + second.reps,
        sets=max(from_set - 1, 0) + second.sets if second.reps else first.sets,
        pain_before=second.pain_before if first.pain_before is None else first.pain_before,
        failed_sets=first.failed_sets + second.failed_sets,
        spare_reps=first.spare_reps if second.spare_reps is None else second.spare_reps,
        morning=first.morning,
    )


def morning_after(reps: Sequence[int]) -> int | None:
    """Which of somebody's sessions, of so many repetitions each, a morning is told of: the last in which they moved; None: of none."""
    return next((n for n in reversed(range(len(reps))) if reps[n]), None)


def _morning_after(past: list[PastSession], morning: str) -> None:
    if (n := morning_after([one.reps for one in past])) is not None:
        past[n] = replace(past[n], morning=morning)


def _value(event: Event, row: SessionRow) -> object:
    """What is to be remembered; a day that is the session's own stands in the log by name."""
    value = event.get("value")
    return _begun_on(row) if value == TODAY else value


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _makes_sense(fact: str, value: object) -> bool:
    try:
        return fact in FACTS and _in_range(fact, fitting(value, FACTS[fact], fact))
    except ValueError:
        return False


def _in_range(fact: str, value: object) -> bool:
    least, most = RANGES.get(fact, (-math.inf, math.inf))
    if isinstance(value, int | float) and not (math.isfinite(value) and least <= value <= most):
        return False
    return value in CHOICES.get(fact, (value,))
