"""The words in which the report tells what the log has names for, and the marks that stand for them where there is no room."""

import datetime as dt
from collections.abc import Mapping, Sequence

from voicecoach.coach.training import Level

OUTCOMES: Mapping[str, tuple[str, str]] = {
    "finished": ("✓", "done"),
    "stopped": ("S", "stopped on request"),
    "pain": ("P", "stopped because of pain"),
    "emergency": ("E", "stopped, with a sign of an emergency"),
    "not_cleared": ("N", "not begun: the safety questions"),
    "silence": ("A", "ended without an answer"),
    "fault": ("F", "ended by a fault"),
    "interrupted": ("I", "interrupted"),
}
"""Of each outcome its mark, a letter or a tick, never a colour alone; and its words."""
PHASES: Mapping[str, str] = {
    "screen": "Safety questions",
    "teach": "Explaining the lift",
    "warm_up": "Warm-up",
    "set": "Set",
    "check_in": "How it felt",
    "rest": "Rest",
    "cool_down": "Cool-down",
    "paused": "Pause",
    "stopped": "Stop: legs down, questions, advice",
    "finished": "End",
}
MORNINGS: Mapping[str, tuple[str, str]] = {"better": ("B", "better"), "same": ("=", "the same"), "worse": ("W", "worse")}
SILENCES: Mapping[str, str] = {
    "stop": "Silent at once",
    "pain": "Silent at once",
    "nerve": "Silent at once",
    "distress": "Silent at once",
    "suspected": "Silent for a moment: it may have been a safety word",
    "fault": "Silent because of a fault",
    "interrupted": "Silent: the program was told to end",
}
"""Why it fell silent, where that tells something of the person or the machine."""
_LEGS: Mapping[str, str] = {"none": "squeezes", "one": "one leg", "both": "both legs"}
_USUAL_TOP_S = 3
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def plainly(name: object) -> str:
    """A name of the log for people: "warm_up" is "warm up"."""
    return str(name).replace("_", " ")


def outcome_mark(outcome: str) -> str:
    """One letter; a question mark for what this version doesn't know."""
    return OUTCOMES.get(outcome, ("?", ""))[0]


def outcome_words(outcome: str) -> str:
    """How a session ended."""
    return OUTCOMES.get(outcome, ("", plainly(outcome)))[1]


def level_words(levels: Sequence[Level]) -> dict[str, str]:
    """What is done at each level, from the easiest to the hardest."""
    return {level.id: _level(level) for level in levels}


def day_words(day: dt.date) -> str:
    """As in "24 November 2026"; the program's own months, whatever the machine's language is."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: dt.date) -> str:
    """As in "24 Nov"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def month_words(month: dt.date) -> str:
    """As in "November 2026"."""
    return f"{_MONTHS[month.month - 1]} {month.year}"


def counted(count: int, one: str, many: str = "") -> str:
    """As in "1 session" and "2 sessions"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def capital(sentence: str) -> str:
    """With a capital at its beginning, and the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def _level(level: Level) -> str:
    top = f", {level.top_s:g} s at the top" if level.legs != "none" and level.top_s > _USUAL_TOP_S else ""
    weight = ", ankle weights" if level.weight else ""
    return f"{_LEGS.get(level.legs, plainly(level.legs))} {level.sets} × {level.reps}{top}{weight}"
