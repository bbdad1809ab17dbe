"""What is remembered of the people who use this speaker. Days are local time in days since 1 January of the year 1, with their fraction."""

from dataclasses import dataclass, replace

UNITS = ("imperial", "metric")
TALK = ("less", "usual", "more")
MORNINGS = ("better", "same", "worse")
OUTCOMES = ("finished", "stopped", "pain", "emergency", "not_cleared", "silence", "fault", "interrupted")
PAIN_STOPS = frozenset({"pain", "emergency"})
"""The outcomes that speak against more of the same."""
TODAY = "today"
"""How the log of a session names its own day."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session that is over. Pain is 0 to 10, None where it wasn't answered."""

    on_day: float
    outcome: str
    level: str = ""
    """The level it was done at; "" when settings said how much, so that it tells nothing about a level."""
    reps: int = 0
    sets: int = 0
    pain_before: int | None = None
    pain_after: int | None = None
    spare_reps: int | None = None
    """How many more repetitions could have been done after the last set."""
    failed_sets: int = 0
    """Sets that were begun and not done to their end, or made easier."""
    morning: str = ""
    """How the back was the morning after, asked in the next session: one of MORNINGS; "" when it wasn't."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses this speaker. `id` counts from 1 in the order in which they came."""

    id: int = 1
    name: str | None = None
    """None: never asked; "": doesn't want one."""
    screened_on_day: float | None = None
    """When all the safety questions were answered last; None: never, or something has changed since."""
    heard_on_mat: bool = False
    """Whether "pain" and "stop" were understood from the mat once."""
    taught: bool = False
    """Whether the walk-through of the exercise was heard to its end."""
    level: str = ""
    """The level that was agreed on; "": the one that everybody starts with."""
    judged_on_day: float | None = None
    """The day of the last session that cost a level: once is enough."""
    declined_on_day: float | None = None
    """When an offered level was declined last: it isn't offered again in the next session."""
    usual_pain: int | None = None
    units: str = ""
    """One of UNITS; "": the locale's."""
    talk: str = ""
    """One of TALK; "": as set."""
    gain_db: float = 0.0
    voice: str = ""
    words_per_minute: int = 0
    """0: as set."""
    seen_on_day: float | None = None
    """When the person last said that a professional had seen them after pain stops."""
    forgotten: bool = False
    """Whether the person asked to be forgotten: then all of this is deleted as soon as the session is over."""
    sessions: tuple[PastSession, ...] = ()
    """Oldest first, without the one that is going on."""

    def knowing(self, fact: str, value: object) -> "Person":
        """This person with one fact changed. Raises TypeError for what is no fact."""
        return replace(self, **{fact: value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a session had come: what it takes to go on with it. The event "course" has these fields."""

    phase: str
    """Where it stands, by the name in the log; in a pause, what it is a pause of."""
    level: str
    routine: str
    kind: str
    eased: bool
    easiest: bool
    unguided: bool
    fewer: bool
    raised: bool
    next_level: str
    """The level that the next set begins with; "" for the same."""
    legs: str
    settle_s: float
    lift_s: float
    top_s: float
    lower_s: float
    reps: int
    sets: int
    set: int
    lifts: int
    """How many lifts this set has, of both sides; `done` of them are done, and after `left_until` the right leg takes over."""
    left_until: int
    done: int
    total: int
    """How many are done in all sets."""
    part: int
    """How many parts of the warm-up are done."""
    lesson: int
    """How many steps of the walk-through are done."""
    breathed: bool
    """Whether the breathing of the cool-down is done."""
    failed_sets: tuple[int, ...]
    fewer_from: int
    felt_in_back: int
    """How often it was felt in the low back, in a set or after it."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """The session before this one, if nobody ended it: the program or the power did."""

    person: int
    """The id of whoever was on the mat."""
    ago_s: float
    """How long ago the last of it was written."""
    outcome: str
    """"interrupted"; or what a safety word, said just before, had made of it."""
    reached: Reached | None
    """None where nothing had begun: then the outcome is of a safety word, in the questions."""
    pain: int | None = None
    """The pain before it, 0 to 10."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that a session may know from before it. `people` in the order of their ids; nobody yet at the first use."""

    today: float
    people: tuple[Person, ...] = ()
    voice: str = ""
    words_per_minute: int = 155
    """How the coach speaks to those who have not asked for anything else."""
    cut_off: CutOff | None = None
