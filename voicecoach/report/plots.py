"""The plots of the last sessions as SVG, drawn by hand: no script, no font, nothing fetched; each says in words what it shows."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby, pairwise

from voicecoach.report.markup import Place, table
from voicecoach.report.sheets import Account
from voicecoach.report.words import MORNINGS, capital, counted, day_words, outcome_mark, outcome_words, plainly, short_day

LATEST = 30
"""So many sessions are drawn; all of them stand in the tables."""
_WIDTH, _HEIGHT = 760, 180
_LEFT, _TOP, _BOTTOM, _RIGHT = 34, 18, 50, 12
_FOOT = _TOP + _HEIGHT
_MOST_PAIN = 10
_MOST_WIDE = 60.0
"""A first few sessions don't fill the whole width."""
_LETTER = 'text-anchor="middle"'


def repetitions(place: Place, accounts: Sequence[Account]) -> str:
    """Of each session a full bar, for what was done, and on it an open one, for what was planned and not done."""
    shown = accounts[-LATEST:]
    most = max(10, *(max(account.row.reps, account.planned_reps or 0) for account in shown))
    x, width = _across(shown)
    marks = []
    for n, account in enumerate(shown):
        of = f" of {account.planned_reps} planned" if account.planned_reps is not None else ""
        title = f"{_when(account)}: {account.row.reps}{of} repetitions, {outcome_words(account.row.outcome)}"
        left = max((account.planned_reps or 0) - account.row.reps, 0)
        outline = _bar("planned", x[n], width, account.row.reps / most, left / most) if left else ""
        marks.append(f"<g><title>{escape(title)}</title>{outline}{_bar('done', x[n], width, 0, account.row.reps / most)}</g>")
        marks.append(f'<text x="{x[n]:.1f}" y="{_FOOT + 21}" {_LETTER}>{outcome_mark(account.row.outcome)}</text>')
    words = (
        f"The last {counted(len(shown), 'session')}. Full bars: lifts that were done; open parts: planned and not done."
        " Under each the letter of how it ended."
    )
    return place.section("repetitions", "Repetitions", _figure(place, "repetitions", words, shown, (0, most // 2, most), marks))


def pain(place: Place, accounts: Sequence[Account]) -> str:
    """Before (line, round dots) and after (dashed, squares), 0 to 10; the next morning as a letter. What wasn't answered breaks a line."""
    shown = accounts[-LATEST:]
    x, _ = _across(shown)
    marks = []
    for kind, values in (("before", [one.row.pain_before for one in shown]), ("after", [one.row.pain_after for one in shown])):
        marks += [
            f'<line class="{kind}" x1="{x[n]:.1f}" y1="{_up(a):.1f}" x2="{x[n + 1]:.1f}" y2="{_up(b):.1f}"/>'
            for n, (a, b) in enumerate(pairwise(values))
            if a is not None and b is not None
        ]
        marks += [_dot(kind, x[n], value, _when(shown[n])) for n, value in enumerate(values) if value is not None]
    for n, account in enumerate(shown):
        if account.morning:
            mark, words = MORNINGS[account.morning]
            title = f"<title>{_when(account)}: next morning {words}</title>"
            marks.append(f'<text x="{x[n]:.1f}" y="{_FOOT + 21}" {_LETTER}>{mark}{title}</text>')
    words = (
        f"The last {counted(len(shown), 'session')}, from 0, no pain, to 10. Before: unbroken line, round dots."
        " After: dashed line, squares. Under it the next morning: B better, = the same, W worse."
    )
    return place.section("pain", "Pain", _figure(place, "pain", words, shown, (0, 5, _MOST_PAIN), marks))


def level(place: Place, accounts: Sequence[Account], levels: Mapping[str, str]) -> str:
    """A rung of the ladder for each session, and each change in words."""
    done = [account for account in accounts if account.row.level]
    runs = [(name, list(theirs)) for name, theirs in groupby(done, key=lambda account: account.row.level)]
    called = {name: capital(levels.get(name, plainly(name))) for name, _ in runs}
    rows = [(_when(theirs[0]), called[name], str(len(theirs))) for name, theirs in reversed(runs)]
    changes = table("Levels, the latest first", ("Since", "Level", "Sessions"), rows, ("Sessions",))
    return place.section("level", "Level", f"{_ladder(place, done[-LATEST:], levels)}\n{changes}" if done else "<p>None was told.</p>")


def _ladder(place: Place, shown: Sequence[Account], levels: Mapping[str, str]) -> str:
    rungs = [name for name in levels if any(account.row.level == name for account in shown)]
    rungs += sorted({account.row.level for account in shown} - set(rungs))
    lowest = list(levels).index(rungs[0]) if rungs[0] in levels else 0
    number = {name: list(levels).index(name) + 1 if name in levels else lowest for name in rungs}
    most = max(len(levels), 1)
    x, width = _across(shown)
    marks = [
        f"<g><title>{escape(f'{_when(account)}: {levels.get(account.row.level, plainly(account.row.level))}')}</title>"
        f"{_bar('done', x[n], width, 0, number[account.row.level] / most)}</g>"
        for n, account in enumerate(shown)
    ]
    words = f"The rung of the ladder in the last {len(shown)} sessions, from 1, the easiest, to {most}."
    return _figure(place, "level", words, shown, tuple(range(0, most + 1, 2)), marks)


def _figure(place: Place, name: str, words: str, shown: Sequence[Account], scale: Sequence[int], marks: Sequence[str]) -> str:
    """Axes around `marks`, with the numbers of `scale`, whose last is at the top; the caption says in words what is drawn."""
    x, _ = _across(shown)
    lines = [
        f'<line class="axis" x1="{_LEFT}" y1="{_up(value, scale[-1]):.1f}" x2="{_WIDTH - _RIGHT}" y2="{_up(value, scale[-1]):.1f}"/>'
        f'<text x="{_LEFT - 8}" y="{_up(value, scale[-1]) + 4:.1f}" text-anchor="end">{value}</text>'
        for value in scale
    ]
    step = max(1, -(-len(shown) // 8))  # eight dates have room
    dates = [
        f'<text x="{x[n]:.1f}" y="{_FOOT + 42}" {_LETTER}>{short_day(account.day)}</text>'
        for n, account in enumerate(shown)
        if n % step == 0 and account.day
    ]
    key = f"{place.prefix}{name}-caption"
    drawing = "\n".join([*lines, *dates, *marks])
    return (
        f'<figure>\n<figcaption id="{key}">{escape(words)}</figcaption>\n'
        f'<div class="wide" role="group" tabindex="0" aria-labelledby="{key}">\n'
        f'<svg role="img" aria-labelledby="{key}" viewBox="0 0 {_WIDTH} {_FOOT + _BOTTOM}">\n{drawing}\n</svg>\n</div>\n</figure>'
    )


def _across(shown: Sequence[Account]) -> tuple[list[float], float]:
    """The middle of each session's share of the width, and how wide a bar is."""
    share = min((_WIDTH - _LEFT - _RIGHT) / max(len(shown), 1), _MOST_WIDE)
    return [_LEFT + share * (n + 0.5) for n in range(len(shown))], share * 0.6


def _bar(kind: str, x: float, width: float, foot: float, share: float) -> str:
    """From `foot` up, both as shares of the whole height."""
    y, height = _FOOT - _HEIGHT * (foot + share), _HEIGHT * share
    return f'<rect class="{kind}" x="{x - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _dot(kind: str, x: float, value: int, when: str) -> str:
    title = f"<title>{when}: pain {kind} {value}</title>"
    if kind == "before":
        return f'<circle class="dot-before" cx="{x:.1f}" cy="{_up(value):.1f}" r="5">{title}</circle>'
    return f'<rect class="dot-after" x="{x - 4:.1f}" y="{_up(value) - 4:.1f}" width="8" height="8">{title}</rect>'


def _up(value: int, most: int = _MOST_PAIN) -> float:
    return _FOOT - _HEIGHT * value / max(most, 1)


def _when(account: Account) -> str:
    return day_words(account.day) if account.day else escape(account.row.started_at)
