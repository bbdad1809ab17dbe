"""What had become of a session whose plug was pulled. Pure.

A session that is cut off after "stop" or "pain" is no interrupted one: nothing may offer to go on with it, and pain counts as pain, though
nobody wrote how it ended. The rules are the coach's own (coach/aftermath.py), read off the log. Where the log leaves it open, the graver
reading counts.
"""

from collections.abc import Mapping, Sequence

INTERRUPTED = "interrupted"
"""The outcome of a session that never said how it ended, and in which nobody had said a safety word."""

CUT_OFF = ("phase", "heard", "hushed", "answer", "remembered", "cut_off", "session_ended")
"""The events that `outcome_of` reads."""

Event = Mapping[str, object]
"""One event as in the event log: at_s (seconds since the session's start), event, and that event's own fields."""

_STOP, _PAIN, _NERVE, _DISTRESS = "stop", "pain", "nerve", "distress"
_SAFETY = (_STOP, _PAIN, _NERVE, _DISTRESS)
_SIGNS = ("pain.numb", "pain.bladder", "pain.legs", "distress.emergency")
"""Questions after a safety word to which any answer but "no" is a sign of an emergency."""
_IS_PAIN = {"distress.pain": "no", "stop.all_right": "yes"}
"""And those to which any answer but this one means pain."""
_ENDED_AFTER = {"cool_down": "finished", "screen": "not_cleared", "paused": "silence"}
"""How a session ends that reaches its end from there: the moment between the two is short, but a plug can be pulled in it."""


def outcome_of(events: Sequence[Event]) -> str:
    """Give the outcome of a session by as many of its events as were written, in their order; of them, those in CUT_OFF are enough.

    INTERRUPTED only where nobody had said a safety word, nor answered with a sign of an emergency, nor asked to be forgotten. A suspicion
    that nothing decided any more is none.
    """
    told = [str(event.get("outcome")) for event in _all("session_ended", events)]
    if told and told[-1] != INTERRUPTED:
        return told[-1]
    words = _safety_words(events)
    stopped = _entered("stopped", events)
    before = _before(events)
    if not words and not stopped:
        if before and before != INTERRUPTED:
            return before
        finished = _entered("finished", events)
        return _ENDED_AFTER.get(finished[0], INTERRUPTED) if finished else INTERRUPTED
    by_an_answer = stopped == ["screen"] and not words and not _forgotten(events)
    if (by_an_answer and not before) or before == "emergency" or _emergency(words, events):
        return "emergency"
    new_pain = by_an_answer and before == INTERRUPTED
    return "pain" if new_pain or before == "pain" or _pained(words, events) else "stopped"


def _all(kind: str, events: Sequence[Event]) -> list[Event]:
    return [event for event in events if event.get("event") == kind]


def _entered(phase: str, events: Sequence[Event]) -> list[str]:
    """The phases from which `phase` was entered."""
    return [str(event.get("from")) for event in _all("phase", events) if event.get("to") == phase]


def _before(events: Sequence[Event]) -> str:
    """The outcome of the session that was cut off, where this one came back to it; "" where it came back to none.

    Its word is obeyed here; and where there was none, only new pain stops before anything moves again.
    """
    told = [str(event.get("outcome")) for event in _all("cut_off", events)]
    return told[0] if told and told[0] in (INTERRUPTED, "stopped", "pain", "emergency") else ""


def _safety_words(events: Sequence[Event]) -> list[tuple[str, str]]:
    """The safety words that were obeyed, with their topics, and one that there was no time to obey; none that the coach had asked for."""
    obeyed: list[tuple[str, str]] = []
    pending: tuple[str, str] | None = None
    for event in events:
        kind = event.get("event")
        if kind == "heard" and event.get("intent") in _SAFETY:
            pending = (str(event.get("intent")), str(event.get("topic", "")))
        elif pending and kind == "hushed" and event.get("why") == pending[0]:
            obeyed.append(pending)
            pending = None
        elif pending and (kind == "heard" or (kind == "answer" and event.get("value") == pending[0])):
            pending = None  # it was tried out from the mat, or the same cry as the one before it
    return [*obeyed, pending] if pending and (pending[0] != _DISTRESS or not obeyed) else obeyed


def _emergency(words: Sequence[tuple[str, str]], events: Sequence[Event]) -> bool:
    """Whether one had shown itself, or help was called for twice."""
    kinds = [intent for intent, _ in words]
    grave = _NERVE in kinds or (_DISTRESS, "grave") in words or kinds.count(_DISTRESS) > 1
    return grave or any(value != "no" for name, value in _answers(events) if name in _SIGNS)


def _pained(words: Sequence[tuple[str, str]], events: Sequence[Event]) -> bool:
    return any(intent == _PAIN for intent, _ in words) or any(_IS_PAIN.get(name, value) != value for name, value in _answers(events))


def _answers(events: Sequence[Event]) -> list[tuple[str, object]]:
    """What was answered, by question, without what nobody answered."""
    answers = [(str(event.get("id")), event.get("value")) for event in _all("answer", events)]
    return [(name, value) for name, value in answers if value is not None]


def _forgotten(events: Sequence[Event]) -> bool:
    return any(event.get("fact") == "forgotten" for event in _all("remembered", events))
