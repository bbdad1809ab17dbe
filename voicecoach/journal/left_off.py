"""Where the last session was left, if nobody ended it: the program or the power did. Pure.

A start that was cut off in its turn before anybody had decided anything is passed over: the session before it is the one to go on with.
What another version wrote and this one can't make sense of is as if it weren't there, and a clock that is far behind tells nothing.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import asdict, replace

from voicecoach.journal.cut_off import INTERRUPTED, Event
from voicecoach.journal.recall import FIRST, who_in
from voicecoach.journal.rows import SessionRow
from voicecoach.messages.built import built
from voicecoach.messages.memory import CutOff, Reached

LOOKED_AT = 12
"""So many of the last sessions are enough: power that comes and goes more often in half an hour is switched off by somebody."""
WORDS = frozenset({"stopped", "pain", "emergency"})
"""The outcomes that a safety word gives a session which nobody ended."""
CUT_OFF, NEWS, PAIN = "cut_off", "screen.news", "screen.pain"
_MOST = 10_000
"""Of anything that is counted."""
_LONGEST_S = 60.0
"""Of any part of a lift."""
_BEHIND_S = 3600.0
"""After a power cut a Pi without a clock chip begins at the time that was saved last, as it is every hour. A safety word counts then; how
long ago it was, and so what could be gone on with, nobody knows."""
_ROUNDED_S = 2.0
"""Moments are written in whole seconds: so far ahead is just now."""


def left_off(sessions: Sequence[tuple[SessionRow, Sequence[Event]]], now: dt.datetime, *, rehearsed: bool = False) -> CutOff | None:
    """What there is to go on with at `now`; `sessions` are the last ones, oldest first, each with all its events.

    None where the last one has an end, or had not got past its questions, unless a safety word was said in them. A rehearsal goes on with
    rehearsals only; their time is virtual, and may be ahead of the clock on the wall.
    """
    outcome, ago_s = INTERRUPTED, math.nan
    for row, events in reversed(sessions):
        kinds = {event.get("event") for event in events}
        if "session_ended" in kinds or row.outcome not in WORDS | {INTERRUPTED} or _rehearsed(events) is not rehearsed:
            return None
        if outcome == INTERRUPTED:
            outcome, ago_s = row.outcome, _ago_s(row, now)
        if "person" not in kinds and "course" not in kinds and outcome == INTERRUPTED:
            continue  # it was over before anything had begun
        who = _who(events)
        if (reached := _reached(events)) is not None:
            known = rehearsed or ago_s >= (-_BEHIND_S if outcome in WORDS else -_ROUNDED_S)
            return CutOff(who, max(0.0, ago_s), outcome, reached, row.pain_before) if known and _screened(events) else None
        if not any(event.get("event") == CUT_OFF and event.get("person") == who for event in events):
            return CutOff(who, max(0.0, ago_s), outcome, None, row.pain_before) if outcome in WORDS and ago_s >= -_BEHIND_S else None
    return None


def _rehearsed(events: Sequence[Event]) -> bool:
    return any(event.get("event") == "session_started" and event.get("rehearsed") is True for event in events)


def _ago_s(row: SessionRow, now: dt.datetime) -> float:
    """Since the last event; below nothing where the clock is behind, not a number where the moment is none."""
    try:
        begun = dt.datetime.fromisoformat(row.started_at)
    except ValueError:
        return math.nan
    since = now - begun if begun.tzinfo else now.replace(tzinfo=None) - begun
    return since.total_seconds() - row.duration_s


def _who(events: Sequence[Event]) -> int:
    became = (who_in(event) for event in reversed(events) if event.get("event") == "person")
    return next((who for who in became if who), FIRST)


def _screened(events: Sequence[Event]) -> bool:
    """Whether the log says that this person was asked all that has to be asked before anything moves, and may move."""
    asked, well = False, False
    for event in events:
        kind = event.get("event")
        if kind == "person":
            asked = well = False
        elif kind == CUT_OFF or (kind == "answer" and event.get("id") == NEWS and event.get("value") == "no"):
            asked = True
        elif kind == "remembered" and event.get("fact") == "screened_on_day":
            asked = event.get("value") is not None
        elif kind == "answer" and event.get("id") == PAIN:
            well = isinstance(event.get("value"), int)
    return asked and well


def _reached(events: Sequence[Event]) -> Reached | None:
    """The last that was written of how far it had come; a lift whose lowering had begun is done."""
    places = [n for n, event in enumerate(events) if event.get("event") == "course"]
    if not places or (reached := _read(events[places[-1]])) is None:
        return None
    lowered = {"event": "rep", "moment": "lower", "set": reached.set, "n": reached.done + 1}
    begun = any(lowered.items() <= event.items() for event in events)
    return replace(reached, done=reached.done + 1, total=reached.total + 1) if begun and reached.done < reached.lifts else reached


def _read(event: Event) -> Reached | None:
    try:
        reached = built(Reached, event)
    except ValueError:
        return None
    bounds = ((value, _LONGEST_S if name.endswith("_s") else _MOST) for name, value in asdict(reached).items())
    return reached if all(_in_bounds(value, most) for value, most in bounds) else None


def _in_bounds(value: object, most: float) -> bool:
    if isinstance(value, tuple):
        return all(_in_bounds(one, most) for one in value)
    return isinstance(value, str) or (isinstance(value, int | float) and 0 <= value <= most)
