"""A picture of a session: who said what, what was heard, where the legs were; a row for every half minute, or more of a long one."""

from collections.abc import Sequence
from itertools import pairwise

from voicecoach.rehearsal.drawing import box, cropped, document, dot, label, line, text_width, wrapped
from voicecoach.rehearsal.spans import Span, coach_lines, faults, leg_curve, person_spoke, phases, session_end_s
from voicecoach.rehearsal.transcript import clock, named
from voicecoach.rehearsal.trigger import Logged, as_text, at_s

_WIDTH, _LEFT, _RIGHT, _TOP = 1400, 90, 20, 92
_ROW_LENGTHS_S = (30, 60, 90, 180)
_MANY_ROWS = 24
"""More than that and a row takes a longer time, so that forty minutes are still a few screens."""

_READABLE = 60
"""A line that goes on from the row before repeats its words only if its rest has room for some."""

# Upper edge and height of each lane within its row.
_PHASE, _COACH, _PERSON, _HEARD, _LEGS, _ROW = (16, 16), (36, 38), (78, 32), (114, 30), (148, 26), 192
_DARK = 'fill="#1d1d1f"'
_FAINT = 'fill="#6b6b70"'
_TINTS = {
    "screen": "#e4dcf5", "warm_up": "#fde3b8", "set": "#cfe8d2", "hold": "#b3dbbb", "rest": "#d6e6f7", "cool_down": "#f9d9e1",
    "check_in": "#efe6c8", "paused": "#dddddf", "stopped": "#f4c3c0", "finished": "#e6e6e8",
}  # fmt: skip
_COACH_BOX = 'fill="#bcd9f2" stroke="#2b6ca3" rx="3"'
_CUT_BOX = 'fill="#bcd9f2" stroke="#c62828" stroke-dasharray="4 2" rx="3"'
_PERSON_BOX = 'fill="#5aa552" rx="2"'
_FAULT_BOX = 'fill="#c62828" fill-opacity="0.13" stroke="#c62828" stroke-opacity="0.5"'
_HUSH_LINE = 'stroke="#c62828" stroke-width="2.5"'
_LEG_LINE = 'stroke="#7b3fb5" stroke-width="2" stroke-linejoin="round"'
_MARKS = {
    "heard": 'fill="#1d1d1f"',
    "suspected": 'fill="#ffffff" stroke="#d9741a" stroke-width="2"',
    "withdrawn": 'fill="#c9c9cd" stroke="#8e8e93"',
}


class _Row:
    """A stretch of the session on paper."""

    def __init__(self, from_s: float, length_s: float, top: float) -> None:
        self.from_s = from_s
        self.to_s = from_s + length_s
        self.top = top
        self._scale = (_WIDTH - _LEFT - _RIGHT) / length_s
        self._taken: dict[float, float] = {}

    def x(self, moment_s: float) -> float:
        """Where a moment is, kept within the row."""
        return _LEFT + (min(max(moment_s, self.from_s), self.to_s) - self.from_s) * self._scale

    def has(self, moment_s: float) -> bool:
        """Whether the moment belongs to this row."""
        return self.from_s <= moment_s < self.to_s

    def of(self, spans: Sequence[Span]) -> list[tuple[Span, float, float]]:
        """The spans that reach into the row, with left edge and width."""
        inside = [span for span in spans if span.from_s < self.to_s and (span.to_s > self.from_s or self.has(span.from_s))]
        return [(span, self.x(span.from_s), self.x(span.to_s) - self.x(span.from_s)) for span in inside]

    def caption(self, x: float, baselines: Sequence[float], text: str, style: str = _DARK) -> list[str]:
        """`text` at `x` on the first of the baselines that is free there; nothing if none is: the mouse still finds it."""
        for baseline in baselines:
            if self._taken.get(baseline, 0.0) <= x:
                self._taken[baseline] = x + text_width(text, 10) + 6
                return [label(x, self.top + baseline, text, 10, style)]
        return []


def timeline(events: Sequence[Logged]) -> str:
    """An SVG document, to be opened by a browser. Any list of events gives a picture, an empty one too."""
    end_s = max(session_end_s(events), 1.0)
    length_s = next((length for length in _ROW_LENGTHS_S if end_s <= length * _MANY_ROWS), _ROW_LENGTHS_S[-1])
    rows = [_Row(at * length_s, length_s, _TOP + at * _ROW) for at in range(int(end_s // length_s) + 1)]
    shapes = _heading(events, end_s)
    for row in rows:
        for lane in (_phases, _grid, _faults, _coach, _person, _heard, _legs):
            shapes += lane(row, events)
    return document(_WIDTH, _TOP + len(rows) * _ROW, shapes)


def _heading(events: Sequence[Logged], end_s: float) -> list[str]:
    outcome = next((named(event.get("outcome")) for event in events if event.get("event") == "session_ended"), "not ended")
    shapes = [label(20, 32, f"A session of {int(end_s) // 60} min {int(end_s) % 60} s: {outcome}", 20, 'font-weight="600"')]
    entries = [
        (box(0, 0, 22, 12, _COACH_BOX), "coach speaks"),
        (box(0, 0, 22, 12, _CUT_BOX), "cut short"),
        (line([(11, 0), (11, 14)], _HUSH_LINE), "hushed"),
        (box(0, 2, 22, 8, _PERSON_BOX), "person speaks"),
        (dot(11, 6, 5, _MARKS["suspected"]), "suspected"),
        (dot(11, 6, 5, _MARKS["heard"]), "heard: acted upon"),
        (dot(11, 6, 5, _MARKS["withdrawn"]), "withdrawn"),
        (line([(0, 11), (7, 1), (14, 1), (22, 11)], _LEG_LINE), "legs: lift, hold, lower"),
        (box(0, 0, 22, 12, _FAULT_BOX), "fault"),
    ]
    x = 20.0
    for shape, text in entries:
        shapes += [cropped(x, 52, 24, 14, shape), label(x + 28, 63, text, 12)]
        x += 28 + text_width(text, 12) + 26
    return shapes


def _phases(row: _Row, events: Sequence[Logged]) -> list[str]:
    shapes = []
    for span, x, width in row.of(phases(events)):
        style = f'fill="{_TINTS.get(span.name, "#e6e6e8")}"'
        shapes += [box(x, row.top + _PHASE[0], width, _PHASE[1], style, f"{named(span.name)}, from {clock(span.from_s)}")]
        shapes += [box(x, row.top + _PHASE[0], width, _ROW - 24, f'{style} fill-opacity="0.28"')]
        shapes += row.caption(x + 4, (_PHASE[0] + 12,), named(span.name), f'{_DARK} font-weight="600"')
    return shapes


def _grid(row: _Row, _: Sequence[Logged]) -> list[str]:
    shapes = [
        label(20, row.top + top + 14, name, 12, _FAINT)
        for name, (top, _height) in (("coach", _COACH), ("person", _PERSON), ("heard", _HEARD), ("legs", _LEGS))
    ]
    step_s = round((row.to_s - row.from_s) / 6)
    for moment in range(int(row.from_s), int(row.to_s) + 1, step_s):
        x = row.x(moment)
        shapes.append(line([(x, row.top + _PHASE[0]), (x, row.top + _ROW - 8)], 'stroke="#1d1d1f" stroke-opacity="0.12"'))
        shapes.append(label(x - 8, row.top + 12, f"{moment // 60}:{moment % 60:02d}", 11, _FAINT))
    return shapes


def _coach(row: _Row, events: Sequence[Logged]) -> list[str]:
    top, height = row.top + _COACH[0], _COACH[1]
    shapes = []
    for span, x, width in row.of(coach_lines(events)):
        begins_here = row.has(span.from_s) or width > _READABLE
        size = 10 if max((text_width(word, 10) for word in span.text.split()), default=0) <= width - 6 else 8
        words = wrapped(span.text, width - 6, size, 3) if begins_here else []
        inside = "".join(label(3, 11 + 11.5 * at, text, size) for at, text in enumerate(words))
        told = f"{clock(span.from_s)} {span.name}: {span.text}{' (cut short)' if span.cut else ''}"
        shapes += [box(x, top, width, height, _CUT_BOX if span.cut else _COACH_BOX, told), cropped(x, top, width - 2, height, inside)]
    for event in events:
        if event.get("event") == "hushed" and row.has(at_s(event)):
            points = [(row.x(at_s(event)), top - 3), (row.x(at_s(event)), top + height + 3)]
            shapes.append(line(points, _HUSH_LINE, f"{clock(at_s(event))} hushed: {named(event.get('why', ''))}"))
    asked = [event for event in events if event.get("event") == "question" and row.has(at_s(event))]
    for event in asked:
        x = row.x(at_s(event))
        shapes.append(dot(x, top + height, 6, 'fill="#2b6ca3"', f"question {as_text(event.get('id'))}"))
        shapes.append(label(x - 3, top + height + 4, "?", 11, 'fill="#ffffff" font-weight="700" pointer-events="none"'))
    return shapes


def _person(row: _Row, events: Sequence[Logged]) -> list[str]:
    top, height = _PERSON
    shapes = []
    for span, x, width in row.of(person_spoke(events)):
        shapes.append(box(x, row.top + top + height - 9, width, 8, _PERSON_BOX, f"{clock(span.from_s)} {span.text}"))
        if row.has(span.from_s):
            shapes += row.caption(x, (top + height - 12, top + height - 23), f"“{span.text}”")
    return shapes


def _heard(row: _Row, events: Sequence[Logged]) -> list[str]:
    top, height = _HEARD
    shapes = []
    for event in events:
        style = _MARKS.get(str(event.get("event")))
        if style is None or not row.has(at_s(event)):
            continue
        intent = named(event.get("intent", ""))
        words = intent if event.get("value") is None else f"{intent} {as_text(event['value'])}"
        x = row.x(at_s(event))
        told = f"{clock(at_s(event))} {event['event']}: {as_text(event.get('phrase', ''))} ({words})"
        shapes.append(dot(x, row.top + top + height - 7, 4, style, told))
        if event.get("event") == "heard":
            shapes += row.caption(x + 7, (top + height - 4, top + height - 16), words)
    return shapes


def _legs(row: _Row, events: Sequence[Logged]) -> list[str]:
    curve = leg_curve(events)
    bottom, height = row.top + _LEGS[0] + _LEGS[1], _LEGS[1] - 10
    shapes = []
    for (from_s, low), (to_s, high) in pairwise(curve):
        if to_s > row.from_s and from_s < row.to_s and to_s > from_s:
            ends = [max(from_s, row.from_s), min(to_s, row.to_s)]
            levels = [low + (high - low) * (moment - from_s) / (to_s - from_s) for moment in ends]
            points = [(row.x(moment), bottom - level * height) for moment, level in zip(ends, levels, strict=True)]
            shapes.append(line(points, _LEG_LINE))
    for event in events:
        if event.get("event") == "rep" and event.get("moment") == "lift" and row.has(at_s(event)):
            told = f"set {as_text(event.get('set'))}, repetition {as_text(event.get('n'))} of {as_text(event.get('of'))}"
            shapes.append(dot(row.x(at_s(event)), bottom, 3, 'fill="#7b3fb5"', told))
            shapes += row.caption(row.x(at_s(event)) + 3, (_LEGS[0] + 12,), as_text(event.get("n")), 'fill="#5c2a8c" font-weight="600"')
    return shapes


def _faults(row: _Row, events: Sequence[Logged]) -> list[str]:
    shapes = []
    for span, x, width in row.of(faults(events)):
        told = f"{clock(span.from_s)} fault: {named(span.name)}. {span.text}"
        shapes.append(box(x, row.top + _PHASE[0], width, _ROW - 24, _FAULT_BOX, told))
        shapes += row.caption(x + 3, (_ROW - 12,), f"fault: {named(span.name)}", 'fill="#a01818" font-weight="600"')
    return shapes
