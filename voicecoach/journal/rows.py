"""A session in one row: what its events add up to. Pure."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.journal.cut_off import INTERRUPTED, Event, outcome_of

PAIN_BEFORE, PAIN_AFTER = ("screen.pain",), ("pain.level", "cool_down.pain")
"""The questions about the pain of that moment, before anything moves and after; what is usual for somebody is another."""
_MOST_DIGITS = 300
"""A longer number has no float that is as large."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as the history shows it. `started_at` is ISO 8601 with its offset; pain is 0 to 10, None where it wasn't answered."""

    id: int
    started_at: str
    outcome: str
    duration_s: float
    level: str
    reps: int
    sets: int
    pain_before: int | None
    pain_after: int | None


def event_in(fields: object) -> dict[str, object]:
    """The event that stands in a row; an empty one where another program wrote what is none. What no screen can show is replaced."""
    try:
        text = str(fields)
        event = json.loads(text, parse_int=_number)
        if "\\ud" in text.lower():  # it may be half a character
            event = json.loads(json.dumps(event, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) else {}


def _number(digits: str) -> int | float:
    """As it is; infinite where it is too large to count with."""
    return int(digits) if len(digits) <= _MOST_DIGITS else math.inf


def summed_up(session: int, started_at: str, outcome: str, duration_s: float, events: Sequence[Event]) -> SessionRow:
    """Add one session up, from its events, in their order.

    `outcome` is what its ending says, INTERRUPTED where it has none: then its events say whether it is (`outcome_of`).
    The level is the one it was done at; where its end tells of none, the one it began at. Repetitions and sets are those of
    session_ended; of a session that never ended, those whose lowering had begun. Pain is the last number that was answered to
    PAIN_BEFORE, since one may be taken back, and its question put to somebody else; and to PAIN_AFTER.
    """
    lowered = [event for event in events if event.get("event") == "rep" and event.get("moment") == "lower"]
    done = {tuple(str(event.get(key, "")) for key in ("set", "n")) for event in lowered}
    ended = next((event for event in reversed(events) if event.get("event") == "session_ended"), {})
    counted = {key: value for key in ("reps", "sets") if isinstance(value := ended.get(key), int)}
    return SessionRow(
        id=session,
        started_at=started_at,
        outcome=outcome_of(events) if outcome == INTERRUPTED else outcome,
        duration_s=duration_s,
        level=next((str(event["level"]) for event in (ended, *events) if event.get("level")), ""),
        reps=counted.get("reps", len(done)),
        sets=counted.get("sets", len({key[0] for key in done})),
        pain_before=_last_number(events, PAIN_BEFORE),
        pain_after=_last_number(events, PAIN_AFTER),
    )


def _last_number(events: Sequence[Event], questions: tuple[str, ...]) -> int | None:
    answers = (event.get("value") for event in reversed(events) if event.get("event") == "answer" and event.get("id") in questions)
    return next((value for value in answers if isinstance(value, int) and not isinstance(value, bool)), None)
