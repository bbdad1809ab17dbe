"""The event log as stretches of time: what a picture of a session is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from voicecoach.rehearsal.trigger import Logged, as_text, at_s

_HEIGHTS = {"brace": 0.0, "lift": 0.0, "hold": 1.0, "lower": 1.0}
"""How high the legs are when a moment of a repetition begins."""

_LOWERED_S = 3.0
"""Legs that nobody follows any further are down after so long."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted from `from_s` to `to_s`. `cut`: it was ended before its time."""

    from_s: float
    to_s: float
    name: str
    text: str = ""
    cut: bool = False


def session_end_s(events: Sequence[Logged]) -> float:
    """When the last thing happened."""
    return max((at_s(event) for event in events), default=0.0)


def phases(events: Sequence[Logged]) -> list[Span]:
    """The phases, each up to the next or the end. One that was left at once is left out, unless it is the last."""
    entered = [event for event in events if event.get("event") == "phase"]
    moments = [*(at_s(event) for event in entered), session_end_s(events)]
    spans = [Span(at_s(event), to_s, as_text(event.get("to", ""))) for event, to_s in zip(entered, moments[1:], strict=True)]
    return [span for at, span in enumerate(spans, 1) if span.to_s > span.from_s or at == len(spans)]


def coach_lines(events: Sequence[Logged]) -> list[Span]:
    """What the coach said. A line that never ended lasts to the end, cut."""
    return _paired(events, "line_started", "line_ended", "line")


def faults(events: Sequence[Logged]) -> list[Span]:
    """What failed, up to where it recovered."""
    return _paired(events, "fault", "recovered", "what")


def person_spoke(events: Sequence[Logged]) -> list[Span]:
    """What the simulated person said."""
    return [
        Span(_number(event, "from_s"), _number(event, "to_s"), "you", as_text(event.get("text", event.get("wav", ""))))
        for event in events
        if event.get("event") == "user_spoke"
    ]


def leg_curve(events: Sequence[Logged]) -> list[tuple[float, float]]:
    """Moments and how high the legs are then, 0 to 1, as the coach asked for: straight between them."""
    reps = [event for event in events if event.get("event") == "rep" and event.get("moment") in _HEIGHTS]
    curve: list[tuple[float, float]] = []
    for event, following in zip_longest(reps, reps[1:]):
        curve.append((at_s(event), _HEIGHTS[str(event["moment"])]))
        down_s = at_s(event) + _LOWERED_S
        if following is None or at_s(following) > down_s + _LOWERED_S:
            curve.append((down_s, 0.0))
            if following is not None:
                curve.append((at_s(following), 0.0))
    return curve


def _paired(events: Sequence[Logged], opening: str, closing: str, key: str) -> list[Span]:
    spans: list[Span] = []
    open_ones: list[Logged] = []
    for event in events:
        if event.get("event") == opening:
            open_ones.append(event)
        elif event.get("event") == closing:
            begun = next((one for one in open_ones if one.get(key) == event.get(key)), None)
            if begun is not None:
                open_ones.remove(begun)
                spans.append(_span(begun, key, at_s(event), cut=bool(event.get("cut_short"))))
    return spans + [_span(begun, key, session_end_s(events), cut=True) for begun in open_ones]


def _span(begun: Logged, key: str, to_s: float, *, cut: bool) -> Span:
    return Span(at_s(begun), to_s, as_text(begun.get(key, "")), as_text(begun.get("text", begun.get("detail", ""))), cut)


def _number(event: Logged, key: str) -> float:
    value = event.get(key)
    return float(value) if isinstance(value, int | float) else at_s(event)
