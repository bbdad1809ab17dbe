"""The history, for people (text, a page that works offline) and for other programs (JSON, CSV). Pure: rows in, text out."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape

from voicecoach.journal.cut_off import Event
from voicecoach.journal.plots import pain_plot, repetitions_plot
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


def as_html(rows: Sequence[SessionRow]) -> str:
    """Give one page that needs nothing else: two plots, and the same figures as a table for those who can't see plots."""
    content = f"{repetitions_plot(rows)}\n{pain_plot(rows)}\n{_html_table(rows)}" if rows else f"<p>{escape(NONE_YET)}</p>"
    return _PAGE.replace("{content}", content)


def _cells(row: SessionRow) -> tuple[str, ...]:
    pain = ("-" if value is None else str(value) for value in (row.pain_before, row.pain_after))
    date = row.started_at[:16].replace("T", " ")
    done = (row.level or "-", str(row.sets), str(row.reps), f"{row.duration_s / 60:.0f}")
    return (str(row.id), date, row.outcome.replace("_", " "), *done, *pain)


def _html_table(rows: Sequence[SessionRow]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    lines = []
    for row in reversed(rows):
        number, date, *others = (escape(cell) for cell in _cells(row))
        lines.append(f'<tr><td>{number}</td><th scope="row">{date}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>")
    body = "\n".join(lines)
    return f"<h2>All sessions, newest first</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Voicecoach: your sessions</title>
<style>
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #8a929b; --before: #2f6f8f; --after: #b4472e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #16191d; --faint: #7d858e; --before: #79b8d6; --after: #f0937c; }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
body { color: var(--ink); background: var(--paper); }
figure { margin: 2rem 0; overflow-x: auto; }
svg { display: block; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.axis { stroke: var(--faint); stroke-width: 1; }
.bar { fill: var(--before); }
.before { stroke: var(--before); fill: none; stroke-width: 2; }
.after { stroke: var(--after); fill: none; stroke-width: 2; stroke-dasharray: 6 4; }
.dot-before { fill: var(--before); }
.dot-after { fill: var(--after); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem .25rem 0; text-align: left; border-bottom: 1px solid var(--faint); font-weight: normal; }
thead th { font-weight: bold; }
</style>
</head>
<body>
<main>
<h1>Your sessions</h1>
{content}
</main>
</body>
</html>
"""
