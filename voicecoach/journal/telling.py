"""What is read of all sessions at once, from the journal's file: no more than every start can afford after years.

Of a session that ended as sessions do, its end says what was done, and the few events that tell of somebody say the rest; they stand
together in the file (layout_2.sql). Only of the others are the repetitions read, and what had become of them.
"""

import json
from collections.abc import Collection
from contextlib import suppress

from voicecoach.journal.cut_off import CUT_OFF, INTERRUPTED, Event
from voicecoach.journal.file import REFUSALS, Connection
from voicecoach.journal.rows import SessionRow, event_in, summed_up

TELLS = "event IN ('session_started', 'answer', 'session_ended', 'person', 'remembered', 'cut_off')"
"""The very words of the index in layout_2.sql: with others it isn't used."""
_ALSO = ("rep", *CUT_OFF)
_UNSAID = (INTERRUPTED, "fault")
"""Outcomes after which the end may say nothing of what was done."""

_SESSIONS = "SELECT s.id, s.started_at, coalesce(e.outcome, ?) FROM sessions s LEFT JOIN endings e ON e.session = s.id ORDER BY s.id"
_TOLD = f"SELECT id, session, fields FROM events WHERE {TELLS}"  # noqa: S608 - a constant
_REST = (
    f"SELECT id, session, fields FROM events WHERE NOT {TELLS}"  # noqa: S608
    " AND event IN (SELECT value FROM json_each(?)) AND session IN (SELECT value FROM json_each(?))"
)
_LASTED = (
    "SELECT session, at_s FROM events WHERE id IN"
    " (SELECT max(id) FROM events WHERE session IN (SELECT value FROM json_each(?)) GROUP BY session)"
)
_OF_ONE = "SELECT fields FROM events WHERE session = ? ORDER BY id"
_OF_KINDS = "SELECT fields FROM events WHERE session = ? AND event IN (SELECT value FROM json_each(?)) ORDER BY id"
_LEAVING = f"SELECT 1 FROM events WHERE {TELLS} AND fields LIKE '%\"forgotten\"%' LIMIT 1"  # noqa: S608


def told(connection: Connection) -> list[tuple[SessionRow, list[Event]]]:
    """Every session, oldest first, added up, with its events that tell of somebody. Raises REFUSALS."""
    sessions = connection.execute(_SESSIONS, (INTERRUPTED,)).fetchall()
    events: dict[int, list[tuple[int, Event]]] = {session: [] for session, *_ in sessions}
    _take(connection, _TOLD, (), events)
    ends = {session: _end_s(events[session]) for session, *_ in sessions}
    unsaid = json.dumps([session for session, _, outcome in sessions if outcome in _UNSAID or ends[session] is None])
    lasted_s: dict[int, float] = {}
    with suppress(*REFUSALS):  # damage among the many rows of one session must not make strangers of everybody, nor hide another's pain
        lasted_s = dict(connection.execute(_LASTED, (unsaid,)).fetchall())
        _take(connection, _REST, (json.dumps(_ALSO), unsaid), events)
    rows: list[tuple[SessionRow, list[Event]]] = []
    for session, started_at, outcome in sessions:
        happened = [event for _, event in sorted(events[session], key=lambda one: one[0])]
        duration_s = lasted_s.get(session, ends[session] or 0.0)
        rows.append((summed_up(session, started_at, outcome, duration_s, happened), happened))
    return rows


def latest(connection: Connection, count: int, before: int | None = None) -> list[tuple[SessionRow, list[Event]]]:
    """The last `count` sessions, or the last before the session `before`, oldest first, each with all its events. Raises REFUSALS."""
    sessions = [one for one in connection.execute(_SESSIONS, (INTERRUPTED,)) if before is None or one[0] < before]
    rows: list[tuple[SessionRow, list[Event]]] = []
    for session, started_at, outcome in sessions[-count:]:
        events: list[Event] = [*events_of(connection, session)]
        lasted = connection.execute(_LASTED, (json.dumps([session]),)).fetchone()
        rows.append((summed_up(session, started_at, outcome, lasted[1] if lasted else 0.0, events), events))
    return rows


def events_of(connection: Connection, session: int, kinds: Collection[str] = ()) -> list[dict[str, object]]:
    """Every event of one session, or those of some `kinds`, in the order in which they were appended. Raises REFUSALS."""
    asked = connection.execute(_OF_KINDS, (session, json.dumps([*kinds]))) if kinds else connection.execute(_OF_ONE, (session,))
    rows = asked.fetchall()
    return [event for (fields,) in rows if (event := event_in(fields))]


def somebody_leaves(connection: Connection) -> bool:
    """Whether anybody may have asked to be forgotten. Raises REFUSALS."""
    return connection.execute(_LEAVING).fetchone() is not None


def _take(connection: Connection, query: str, values: tuple[object, ...], into: dict[int, list[tuple[int, Event]]]) -> None:
    for row, session, fields in connection.execute(query, values):
        if session in into and (event := event_in(fields)):
            into[session].append((row, event))


def _end_s(events: list[tuple[int, Event]]) -> float | None:
    """When the session's end was written, in seconds since its start."""
    ends = [at_s for _, event in events if event.get("event") == "session_ended" and isinstance(at_s := event.get("at_s"), int | float)]
    return float(max(ends)) if ends else None
