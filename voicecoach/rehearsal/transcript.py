"""The session for reading: a line at a time, as it happens."""

from collections.abc import Callable

from voicecoach.rehearsal.trigger import Logged, as_text, at_s

_WIDTH = 10
HEARD = ("suspected", "heard", "unclear", "withdrawn")


def clock(moment_s: float) -> str:
    """Minutes, seconds and tenths: "1:05.3"."""
    tenths = round(moment_s * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def named(name: object) -> str:
    """A name of the log for people: "warm_up" is "warm up"."""
    return as_text(name).replace("_", " ")


class Transcript:
    """Turns events into lines and hands each to `show`, without a line end."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._part = ""

    def event(self, event: Logged) -> None:
        """One event; many give a line, some none."""
        kind = str(event.get("event", ""))
        if kind == "phase":
            self._heading(str(event.get("to", "")))
            return
        told = _TOLD.get(kind)
        if told is not None:
            who, what = told(event)
            if what:
                self._show(f"{clock(at_s(event)):>8}  {who:<{_WIDTH}}{what}")

    def _heading(self, phase: str) -> None:
        # The top of each lift is a phase of its own for the coach; for reading it is a part of its set.
        part = "set" if phase == "hold" else phase
        if part != self._part:
            self._part = part
            self._show("")
            self._show(f"——— {named(part).upper()} ———")

    def note(self, text: str) -> None:
        """A remark that belongs to no moment."""
        self._show(text)


def _user(event: Logged) -> tuple[str, str]:
    return "you", f"“{event['text']}”" if "text" in event else f"[{event.get('wav', '')}]"


def _line_ended(event: Logged) -> tuple[str, str]:
    return "", "(cut short)" if event.get("cut_short") else ""


def _heard(event: Logged) -> tuple[str, str]:
    phrase, intent = as_text(event.get("phrase") or event.get("text") or ""), named(event.get("intent", ""))
    value = f" {as_text(event['value'])}" if event.get("value") is not None else ""
    return "  heard", f"“{phrase}”" + (f" → {intent}{value}" if intent + value != phrase else "")


def _suspected(event: Logged) -> tuple[str, str]:
    return "  heard", f"“{as_text(event.get('phrase', ''))}”? ({named(event.get('intent', ''))} suspected)"


def _unclear(event: Logged) -> tuple[str, str]:
    text = f"“{as_text(event.get('text', ''))}”, " if event.get("text") else ""
    return "  heard", f"{text}{'perhaps a safety phrase' if event.get('worrying') else 'nothing known'}"


def _answer(event: Logged) -> tuple[str, str]:
    value = event.get("value")
    return "  answer", f"{as_text(event.get('id'))}: {'none' if value is None else as_text(value)}"


def _rep(event: Logged) -> tuple[str, str]:
    return "  rep", f"{as_text(event.get('n'))} of {as_text(event.get('of'))}: {named(event.get('moment'))}"


def _detail(event: Logged) -> str:
    return f"{named(event.get('what', ''))} {event.get('detail', '')}".strip()


def _gap(event: Logged) -> str:
    counts = {name: event.get(name, 0) for name in ("overflows", "underflows", "slips", "unheard")}
    return ", ".join(f"{as_text(count)} {name}" for name, count in counts.items() if count) + " so far"


def heard(event: Logged) -> str:
    """What was heard and what was made of it; "" where an event is about something else."""
    kind = str(event.get("event", ""))
    return _TOLD[kind](event)[1] if kind in HEARD else ""


_TOLD: dict[str, Callable[[Logged], tuple[str, str]]] = {
    "session_started": lambda event: ("session", f"starts, level {as_text(event['level'])}" if "level" in event else "starts"),
    "session_ended": lambda event: ("session", f"ends: {named(event.get('outcome'))}"),
    "line_started": lambda event: ("coach", str(event.get("text", ""))),
    "line_ended": _line_ended,
    "answer": _answer,
    "suspected": _suspected,
    "heard": _heard,
    "unclear": _unclear,
    "withdrawn": lambda event: ("  heard", f"not {named(event.get('intent', ''))} after all"),
    "rep": _rep,
    "hushed": lambda event: ("  hushed", f"because of {named(event.get('why', ''))}"),
    "ducked": lambda _: ("", "(speaks lower while somebody speaks)"),
    "fault": lambda event: ("FAULT", _detail(event)),
    "recovered": lambda event: ("recovered", _detail(event)),
    "sound_gap": lambda event: ("sound", _gap(event)),
    "hard_to_hear": lambda event: ("  heard", f"the microphone has a hard time: {named(event.get('trouble', ''))}"),
    "user_spoke": _user,
}
