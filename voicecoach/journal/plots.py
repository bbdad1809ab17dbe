"""The history's plots as SVG, drawn by hand: no script, no font, nothing fetched; each says in words what it shows."""

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from voicecoach.journal.rows import SessionRow

_STEP = 34  # pixels a session: a date under every third one still fits
_HEIGHT = 180
_LEFT, _TOP, _BOTTOM, _RIGHT = 40, 16, 30, 60  # room for figures, and for the last date


def repetitions_plot(rows: Sequence[SessionRow]) -> str:
    """A bar for each session's repetitions."""
    most = max(10, *(row.reps for row in rows))  # a first short session fills no more than its share
    total = sum(row.reps for row in rows)
    bars = [
        f'<rect class="bar" x="{_x(i) - 9}" y="{_y(row.reps, most):.1f}" width="18" height="{_y(0, most) - _y(row.reps, most):.1f}">'
        f"<title>{_when(row)}: {row.reps} repetitions in {row.sets} sets, {escape(row.outcome)}</title></rect>"
        for i, row in enumerate(rows)
    ]
    words = f"{len(rows)} sessions with {total} repetitions in all; the latest had {rows[-1].reps}."
    return _figure("repetitions", "Repetitions in each session", words, rows, most, bars)


def pain_plot(rows: Sequence[SessionRow]) -> str:
    """Pain before (line, round dots) and after (dashed, square dots), 0 to 10. Without an answer there is no dot and no line."""
    marks = []
    for kind, values in (("before", [row.pain_before for row in rows]), ("after", [row.pain_after for row in rows])):
        marks += [
            f'<line class="{kind}" x1="{_x(i)}" y1="{_y(a, 10):.1f}" x2="{_x(i + 1)}" y2="{_y(b, 10):.1f}"/>'
            for i, (a, b) in enumerate(pairwise(values))
            if a is not None and b is not None
        ]
        marks += [_dot(kind, i, value, _when(rows[i])) for i, value in enumerate(values) if value is not None]
    answered = sum(row.pain_after is not None for row in rows)
    words = (
        "Before each session (unbroken line, round dots) and after it (dashed line, square dots), from 0 to 10; "
        f"{answered} of {len(rows)} sessions have an answer after."
    )
    return _figure("pain", "Pain before and after each session", words, rows, 10, marks)


def _dot(kind: str, i: int, value: int, when: str) -> str:
    title = f"<title>{when}: pain {kind} {value}</title>"
    if kind == "before":
        return f'<circle class="dot-before" cx="{_x(i)}" cy="{_y(value, 10):.1f}" r="5">{title}</circle>'
    return f'<rect class="dot-after" x="{_x(i) - 4}" y="{_y(value, 10) - 4:.1f}" width="8" height="8">{title}</rect>'


def _figure(name: str, title: str, words: str, rows: Sequence[SessionRow], most: int, marks: Sequence[str]) -> str:
    """Axes around `marks`, whose heights run from 0 to `most`; the caption says in words what is drawn."""
    width = _LEFT + _STEP * len(rows) + _RIGHT
    height = _TOP + _HEIGHT + _BOTTOM
    foot = _y(0, most)
    axes = [
        f'<line class="axis" x1="{_LEFT}" y1="{_y(v, most):.1f}" x2="{width - _RIGHT}" y2="{_y(v, most):.1f}"/>'
        f'<text x="{_LEFT - 8}" y="{_y(v, most) + 4:.1f}" text-anchor="end">{v}</text>'
        for v in sorted({0, most // 2, most})
    ]
    dates = [f'<text x="{_x(i)}" y="{foot + 20:.1f}" text-anchor="middle">{_when(row)}</text>' for i, row in enumerate(rows) if i % 3 == 0]
    drawing = "\n".join([*axes, *dates, *marks])
    return (
        f'<figure tabindex="0" aria-labelledby="{name}-caption">\n'
        f'<figcaption id="{name}-caption"><strong>{title}.</strong> {words}</figcaption>\n'
        f'<svg role="img" aria-labelledby="{name}-caption" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f"{drawing}\n</svg>\n</figure>"
    )


def _x(i: int) -> int:
    return _LEFT + _STEP // 2 + _STEP * i


def _y(value: int, most: int) -> float:
    return _TOP + _HEIGHT * (1 - value / most)


def _when(row: SessionRow) -> str:
    return escape(row.started_at[:10])
