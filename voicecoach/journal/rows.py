"""A session in one row: what its events add up to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.journal.cut_off import INTERRUPTED, Event, outcome_of

TELLING = ("session_started", "rep", "answer", "session_ended")
"""The events that a session's row is made of; of one that was cut off, those in cut_off.CUT_OFF too."""

PAIN = ("screen.pain", "pain.level", "cool_down.pain")
"""The questions about the pain of that moment; what is usual for somebody is another."""


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


def summed_up(session: int, started_at: str, outcome: str, duration_s: float, events: Sequence[Event]) -> SessionRow:
    """Add one session up, from those of its events that are in TELLING.

    `outcome` is what its ending says, INTERRUPTED where it has none: then its events say whether it is (`outcome_of`).
    The level is the one it was done at; where its end tells of none, the one it began at. Repetitions and sets are those of
    session_ended; of a session that never ended, those whose lowering had begun. Pain is what was answered to PAIN: the last number before
    the first repetition, since a number may be taken back, and its question put to somebody else; and the last one after it, or after
    pain was said (`pain.*`).
    """
    done: set[tuple[str, ...]] = set()
    before: list[int] = []
    after: list[int] = []
    moved = False
    for event in events:
        if event.get("event") == "rep":
            moved = True
            if event.get("moment") == "lower":
                done.add(tuple(str(event.get(key, "")) for key in ("set", "n")))
        elif event.get("event") == "answer" and str(event.get("id")) in PAIN:
            value = event.get("value")
            moved = moved or str(event.get("id")).startswith("pain.")
            if isinstance(value, int) and not isinstance(value, bool):
                (after if moved else before).append(value)
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
        pain_before=before[-1] if before else None,
        pain_after=after[-1] if after else None,
    )
