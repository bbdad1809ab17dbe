"""The history as a table for a terminal, and for other programs (JSON, CSV). Pure: rows in, text out."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from voicecoach.journal.cut_off import Event
from voicecoach.journal.rows import SessionRow

NONE_YET = "No sessions yet. A demo doesn't count, nor does a rehearsal without --home."
_COLUMNS = ("session", "date", "outcome", "level", "sets", "repetitions", "minutes", "pain before", "pain after")
_RIGHT = frozenset({"session", "sets", "repetitions", "minutes", "pain before", "pain after"})


def as_text(rows: Sequence[SessionRow]) -> str:
    """Give a table for a terminal, oldest session first, without a newline at its end."""
    if not rows:
        return NONE_YET
    table = [_COLUMNS, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in table) for i in range(len(_COLUMNS))]
    forms = [f"{{:{'>' if name in _RIGHT else '<'}{width}}}" for name, width in zip(_COLUMNS, widths, strict=True)]
    return "\n".join("  ".join(forms).format(*line).rstrip() for line in table)


def as_json(sessions: Iterable[tuple[SessionRow, Sequence[Event]]]) -> str:
    """Give a list of sessions, each with the fields of SessionRow and its `events` as in the event log."""
    table = [asdict(row) | {"events": [dict(event) for event in events]} for row, events in sessions]
    return json.dumps(table, ensure_ascii=False, indent=1)


def as_csv(rows: Iterable[SessionRow]) -> str:
    """Give a line a session under a line of names, those of SessionRow; what wasn't answered is empty. Lines end as RFC 4180 has it."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(SessionRow.__dataclass_fields__))
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


def _cells(row: SessionRow) -> tuple[str, ...]:
    pain = ("-" if value is None else str(value) for value in (row.pain_before, row.pain_after))
    date = row.started_at[:16].replace("T", " ")
    done = (row.level or "-", str(row.sets), str(row.reps), f"{row.duration_s / 60:.0f}")
    return (str(row.id), date, row.outcome.replace("_", " "), *done, *pain)
