"""How much, how long, from when on: what numbers.toml says, one class a table, one field a number; why it is so stands there.

A number more is a field here and a row there.
"""

from dataclasses import dataclass
from typing import Final

from voicecoach.coach.plan import Pace, Plan, Range


@dataclass(frozen=True, slots=True)
class Work:
    """A set."""

    half_way_from_reps: int
    side_switch_s: float
    theme_every_reps: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Between sets."""

    longer_by_s: float
    longer_most: int
    warning_s: float
    reminder_s: float
    over_s: float


@dataclass(frozen=True, slots=True)
class Easier:
    """How much less."""

    fewer_reps: int
    fewest_reps: int
    most_sets: int


@dataclass(frozen=True, slots=True)
class Pain:
    """0 to 10: up to `planned` as planned, up to `easier` easier; `rise` is worth a word."""

    planned: int
    easier: int
    above_usual: int
    rise: int
    lock_days: float
    read_back_from: int
    read_back_tries: int


@dataclass(frozen=True, slots=True)
class Frequency:
    """Days between sessions, until the questions are asked anew, and after which somebody has been away."""

    apart_days: float
    away_days: float
    screened_days: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Up and down the ladder: two for two, and what takes a level back."""

    spare_reps: int
    right_reps: int
    sessions_running: int
    failed_sets: int


@dataclass(frozen=True, slots=True)
class Feeling:
    """Where it was felt: how often in the low back ends it all, and how often it is asked."""

    felt_in_back_most: int
    asked_where_sessions: int
    asked_where_every: int


@dataclass(frozen=True, slots=True)
class Mat:
    """Getting onto it and up from it; with weights, tying them on before."""

    get_down_s: float
    step_s: float
    weights_on_s: float


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a word is waited for: until a reminder, until the next, until the end."""

    reminder_s: float
    again_s: float
    over_s: float
    fault_reminder_s: float
    fault_over_s: float


@dataclass(frozen=True, slots=True)
class Fading:
    """After how many sessions less is said: the first set in brief, then only counted; one reminder instead of all."""

    brief_from_sessions: int
    counts_from_sessions: int
    reminded_sessions: int


@dataclass(frozen=True, slots=True)
class Interruption:
    """How long ago a session may have been cut off to be gone on with."""

    within_s: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """One field a table of numbers.toml."""

    plan: Plan
    tempo: Pace
    set: Work
    rest: Rest
    easier: Easier
    pain: Pain
    frequency: Frequency
    progress: Progress
    form: Feeling
    mat: Mat
    pause: Pause
    fading: Fading
    cut_off: Interruption


CEILINGS: Final[dict[tuple[str, str], Range]] = {
    ("plan", "reps"): Range(1, 30),
    ("plan", "sets"): Range(1, 5),
    ("plan", "lift_s"): Range(1.5, 10),
    ("plan", "top_s"): Range(0, 5),
    ("plan", "lower_s"): Range(2, 10),
    ("plan", "settle_s"): Range(0.5, 10),
    ("plan", "lead_in_s"): Range(3, 60),
    ("plan", "answer_s"): Range(4, 60),
    ("tempo", "slower_by"): Range(1, 2),
    ("tempo", "slowest_repetition_s"): Range(8, 20),
    ("tempo", "fastest_lift_s"): Range(1.5, 5),
    ("tempo", "fastest_lower_s"): Range(2, 6),
    ("easier", "most_sets"): Range(1, 2),
    ("pain", "planned"): Range(0, 2),
    ("pain", "easier"): Range(0, 4),
    ("pain", "above_usual"): Range(1, 2),
    ("pain", "rise"): Range(1, 2),
    ("pain", "lock_days"): Range(14, 365),
    ("frequency", "apart_days"): Range(1, 30),
    ("frequency", "away_days"): Range(1, 60),
    ("frequency", "screened_days"): Range(1, 366),
    ("pain", "read_back_from"): Range(0, 4),
    ("progress", "spare_reps"): Range(2, 10),
    ("progress", "sessions_running"): Range(2, 10),
    ("progress", "failed_sets"): Range(1, 2),
    ("form", "felt_in_back_most"): Range(1, 2),
    ("pause", "over_s"): Range(0, 600),
    ("rest", "over_s"): Range(0, 600),
    ("cut_off", "within_s"): Range(0, 1800),
}
"""What no file may go beyond: twice what the article asks for, a lift and a lowering without momentum, no longer stay than five seconds,
time to answer, the pain rules, an end to every wait, and half an hour in which a session is still the same."""
EVERY: Final = Range(0, 3600)
"""For all other numbers: nothing is negative, and nothing takes an hour."""
