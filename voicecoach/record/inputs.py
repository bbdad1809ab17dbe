"""What is handed to the coach, as events of the log, and back. A Wake needs none: when it is due, the coach says itself."""

from collections.abc import Mapping
from dataclasses import asdict

from voicecoach.messages.built import built
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import (
    Calibrated,
    Fault,
    HardToHear,
    Input,
    Interrupted,
    LineEnded,
    LineStarted,
    Recovered,
    Started,
    Unclear,
)
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Meant

STAGES = {"suspected": Stage.SUSPECTED, "heard": Stage.CONFIRMED, "withdrawn": Stage.WITHDRAWN}
NAMES = {stage: name for name, stage in STAGES.items()}
KINDS: Mapping[str, type[Input]] = {
    "session_started": Started,
    **dict.fromkeys(STAGES, Meant),
    "unclear": Unclear,
    "hard_to_hear": HardToHear,
    "measured": Calibrated,
    "line_started": LineStarted,
    "line_ended": LineEnded,
    "line_left_out": LineEnded,
    "fault": Fault,
    "recovered": Recovered,
    "interrupted": Interrupted,
}
"""What an event of the log was for the coach, by its name. A line that was left out ended as well, without ever beginning."""
OF_NAMES = {kind: name for name, kind in KINDS.items() if name != "line_left_out"}
OUTSIDE = "by"
"""The field of what the coach neither got nor decided; it says who tells it."""


def as_logged(event: Input, *, left_out: bool = False) -> tuple[str, dict[str, object]]:
    """Its name in the log, and the fields that make it up."""
    if isinstance(event, Meant):
        return NAMES[event.stage], _of_meant(event)
    fields = asdict(event)
    if isinstance(event, HardToHear):
        fields["trouble"] = event.trouble.value
    return "line_left_out" if left_out else OF_NAMES[type(event)], fields


def as_handed(line: Mapping[str, object]) -> Input | None:
    """What the coach was told by this line of a log; None: nothing. ValueError: what it was can't be read from it."""
    name = str(line.get("event"))
    kind = KINDS.get(name)
    if kind is None or OUTSIDE in line or (kind in (LineStarted, LineEnded) and "say_id" not in line):
        return None
    if kind is Meant:
        return built(Meant, {**line, "stage": STAGES[name].value})
    if kind is Calibrated:
        last = line.get("last")
        return Calibrated(built(Figures, line.get("figures")), None if last is None else built(Figures, last))
    return built(kind, line)


def _of_meant(meant: Meant) -> dict[str, object]:
    fields: dict[str, object] = {"intent": meant.intent.value, "phrase": meant.phrase, "text": meant.text}
    fields |= {"topic": meant.topic} if meant.topic else {}
    return fields | ({"value": meant.value} if meant.value is not None else {})
