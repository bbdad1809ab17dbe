"""Why a session ended that was not done to its end, in a sentence, from its events."""

from collections.abc import Iterable, Mapping, Sequence

from voicecoach.journal.cut_off import Event
from voicecoach.messages.intents import URGENT
from voicecoach.report.timeline import LEFT_OUT, questions, said
from voicecoach.report.words import PHASES, capital, plainly

_REFUSALS = "refuse."
_SHARP = "sharp or shooting, or into the leg"


def reason(outcome: str, events: Sequence[Event]) -> str:
    """Why it ended; "" for a session that was done."""
    if outcome == "finished":
        return ""
    parts = [part for part in _parts(outcome, events) if part]
    sentence = capital("; ".join(parts))
    return sentence if not sentence or sentence.endswith(".”") else f"{sentence}."


def _parts(outcome: str, events: Sequence[Event]) -> Iterable[str]:
    asked = questions(events)
    if outcome == "interrupted":
        yield "the program or the power ended it"
    elif outcome == "fault":
        faults = [f"fault: {plainly(event.get('what'))}" for event in events if event.get("event") == "fault"]
        yield from faults[-1:]
    elif outcome in ("not_cleared", "silence"):
        yield _last_answer(events, asked)
        yield _refused(events)
    else:
        yield from _stopped(events, asked)


def _stopped(events: Sequence[Event], asked: Mapping[str, str]) -> Iterable[str]:
    """A safety word, or an answer, and what was answered after it."""
    stops = [n for n, event in enumerate(events) if event.get("event") == "phase" and event.get("to") == "stopped"]
    until = stops[0] + 1 if stops else len(events)
    words = [n for n, event in enumerate(events) if str(event.get("intent")) in URGENT and _obeyed(events, n)]
    if words and words[0] < until:
        yield f"said {_word(events[words[0]])}{_where(events[: words[0]])}"
        intents = {"stop", str(events[words[0]].get("intent"))}
        yield from (f"then {_word(events[n])}" for n in words if str(events[n].get("intent")) not in intents)
    else:
        yield _last_answer(events[:until], asked)
    after = {str(event.get("id")): event.get("value") for event in events[until:] if event.get("event") == "answer"}
    if isinstance(after.get("pain.level"), int):
        yield f"pain then {after['pain.level']} of 10"
    if after.get("pain.sharp") == "yes":
        yield _SHARP
    for name in ("pain.numb", "pain.bladder", "pain.legs", "distress.emergency"):
        if after.get(name, "no") not in ("no", None):
            yield _answered(name, after[name], asked)


def _obeyed(events: Sequence[Event], n: int) -> bool:
    """Whether what was heard then was a safety word that counted, and not one that the coach had asked for from the mat."""
    intent = events[n].get("intent")
    for event in events[n + 1 :]:
        if event.get("event") == "hushed" and event.get("why") == intent:
            break
        if event.get("event") == "heard" or (event.get("event") == "answer" and event.get("value") == intent):
            return False
    return events[n].get("event") == "heard"


def _word(heard: Event) -> str:
    return f"“{heard.get('phrase') or plainly(heard.get('intent'))}”"


def _where(before: Sequence[Event]) -> str:
    """In which part of the session, and after how many lifts of the set."""
    phases = [str(event.get("to")) for event in before if event.get("event") == "phase" and event.get("to") != "hold"]
    if not phases:
        return ""
    if phases[-1] != "set":
        return f" ({PHASES.get(phases[-1], plainly(phases[-1])).lower()})"
    reps = [event for event in before if event.get("event") == "rep"]
    return f" in set {reps[-1].get('set')}, lift {reps[-1].get('n')}" if reps else " before the first lift"


def _refused(events: Sequence[Event]) -> str:
    """With which words there was no session; "" where none were said."""
    told = [f"told: “{event.get('text', '')}”" for event in events if str(event.get("line")).startswith(_REFUSALS)]
    return told[-1] if told else ""


def _last_answer(events: Sequence[Event], asked: Mapping[str, str]) -> str:
    answers = [event for event in events if event.get("event") == "answer" and not str(event.get("id")).startswith(LEFT_OUT)]
    return "".join(_answered(str(event.get("id")), event.get("value"), asked) for event in answers[-1:])


def _answered(name: str, value: object, asked: Mapping[str, str]) -> str:
    return f"“{asked.get(name) or plainly(name)}”: {said(value)}"
