"""What happened in one session, moment by moment, as far as that tells something: parts, lifts, answers, orders, silences, faults.

Names stay out, and so does talk that was no order: it may have been a radio's, or somebody else's.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.journal.cut_off import Event
from voicecoach.report.words import PHASES, SILENCES, capital, outcome_words, plainly

SHOWN = ("phase", "line_started", "question", "answer", "heard", "hushed", "rep", "fault", "recovered", "session_ended")
"""The events that it reads."""
LEFT_OUT = ("who.", "name.", "read_back")
"""How the questions begin that are answered with a name, or only make sure of an answer."""
_ANSWERS = frozenset(
    {"yes", "no", "unsure", "number", "better", "same", "worse", "name", "somebody_else", "feel_right", "in_back", "elsewhere", "which"}
)
"""What is said to a question, and stands with that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment, since the session's start. `kind`: part, answer, said, silence, fault or end."""

    at_s: float
    kind: str
    text: str


def entries(events: Sequence[Event]) -> tuple[Entry, ...]:
    """All that is shown of a session, in its order."""
    told = _Told()
    for event in events:
        if take := _TAKES.get(str(event.get("event"))):
            take(told, event)
    return tuple(told.entries)


def at_s(event: Event) -> float:
    """When it happened, since the session's start."""
    moment = event.get("at_s")
    return float(moment) if isinstance(moment, int | float) and math.isfinite(moment) else 0.0


def questions(events: Sequence[Event]) -> dict[str, str]:
    """What was asked, by the name of the question, in the words in which it was asked."""
    lines = {str(event.get("line")): str(event.get("text", "")) for event in events if event.get("event") == "line_started"}
    return {str(event.get("id")): lines.get(str(event.get("line")), "") for event in events if event.get("event") == "question"}


def said(answer: object) -> str:
    """An answer, as it is read."""
    return "no answer" if answer is None else plainly(answer)


class _Told:
    """What was told so far."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._texts: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self._set: int | None = None
        """Where the entry of the set stands that is going on."""

    def phase(self, event: Event) -> None:
        before, now = str(event.get("from")), str(event.get("to"))
        if now == "hold" or (now == "set" and before == "hold"):
            return  # the top of each lift is a part of its set
        text = PHASES.get(now, capital(plainly(now)))
        self._add(event, "part", f"{text} goes on" if before == "paused" and now not in ("stopped", "finished") else text)
        self._set = len(self.entries) - 1 if now == "set" else None

    def line_started(self, event: Event) -> None:
        self._texts[str(event.get("line"))] = str(event.get("text", ""))

    def question(self, event: Event) -> None:
        self._asked[str(event.get("id"))] = self._texts.get(str(event.get("line")), "")

    def answer(self, event: Event) -> None:
        name, value = str(event.get("id")), event.get("value")
        if self.entries and self.entries[-1].kind == "said" and self.entries[-1].at_s == at_s(event):
            self.entries.pop()
        if not name.startswith(LEFT_OUT):
            self._add(event, "answer", f"{self._asked.get(name) or plainly(name)} — {said(value)}")

    def heard(self, event: Event) -> None:
        if str(event.get("intent")) not in _ANSWERS:
            self._add(event, "said", f"“{event.get('phrase') or plainly(event.get('intent'))}”")

    def hushed(self, event: Event) -> None:
        if text := SILENCES.get(str(event.get("why"))):
            self._add(event, "silence", text)

    def rep(self, event: Event) -> None:
        if event.get("moment") == "lower" and self._set is not None:
            text = f"Set {event.get('set')}: {event.get('n')} of {event.get('of')} lifts"
            self.entries[self._set] = Entry(self.entries[self._set].at_s, "part", text)

    def fault(self, event: Event) -> None:
        self._add(event, "fault", f"Fault: {plainly(event.get('what', ''))}")

    def recovered(self, event: Event) -> None:
        self._add(event, "fault", f"Works again: {plainly(event.get('what', ''))}")

    def session_ended(self, event: Event) -> None:
        self._add(event, "end", capital(outcome_words(str(event.get("outcome", "")))))

    def _add(self, event: Event, kind: str, text: str) -> None:
        self.entries.append(Entry(at_s(event), kind, text))


_TAKES: Mapping[str, Callable[[_Told, Event], None]] = {
    "phase": _Told.phase,
    "line_started": _Told.line_started,
    "question": _Told.question,
    "answer": _Told.answer,
    "heard": _Told.heard,
    "hushed": _Told.hushed,
    "rep": _Told.rep,
    "fault": _Told.fault,
    "recovered": _Told.recovered,
    "session_ended": _Told.session_ended,
}
