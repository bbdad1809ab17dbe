"""[history] of a scenario: what is remembered of the person, as if there had been sessions before.

[history]
sessions = 9                 # so many, every_days apart, the last of them last_days_ago; all alike, as [history.each] says
every_days = 2
last_days_ago = 2
name = "Anna"                # facts: name, usual_pain, taught, heard_on_mat, level, units, talk
screened_days_ago = 20       # absent: at the first session; without sessions: never
others = ["Ben"]             # who else uses this speaker
today = 2026-11-24T18:00:00  # absent: now

[history.each]               # outcome, level, reps, sets, pain_before, pain_after, spare_reps, failed_sets, morning
spare_reps = 3

[history.cut_off]            # a session of the same plan, earlier on this evening, that the power ended
minutes_ago = 2
phase = "set"                # or another in which something moves or rests
set = 1
done = 3                     # lifts of that set
outcome = "interrupted"      # or pain, stopped, emergency: a safety word was the last of it
pain = 1                     # before it

[[history.past]]             # or each by itself, oldest first: the same keys and days_ago; they come after the alike ones
days_ago = 1
outcome = "pain"

Whoever has a [history] has been taught, and was heard from the mat, unless it says otherwise. A session without a level was at the
person's, and without that at the one that everybody begins at. The morning after was the same, and after the last one not asked for yet.
"""

import datetime as dt
from dataclasses import dataclass, replace

from voicecoach.coach.course import course_of
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.phases import PAUSABLE, Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.taking_up import reached
from voicecoach.journal.recall import day_of
from voicecoach.messages.memory import MORNINGS, OUTCOMES, TALK, UNITS, CutOff, Memory, PastSession, Person
from voicecoach.rehearsal.table import Table

KEYS = (
    "sessions", "every_days", "last_days_ago", "name", "usual_pain", "taught", "heard_on_mat", "level", "units", "talk",
    "screened_days_ago", "others", "today", "each", "past", "cut_off",
)  # fmt: skip
OF_A_SESSION = ("outcome", "level", "reps", "sets", "pain_before", "pain_after", "spare_reps", "failed_sets", "morning")
USUAL = PastSession(0.0, "finished", reps=20, sets=2, pain_before=1, pain_after=1, spare_reps=3)
"""A session that went as it should, with a few repetitions left."""
FIRST = 1
"""The id of whom a history is about."""
OF_THE_EARLIER = ("minutes_ago", "phase", "set", "done", "outcome", "pain")
PHASES = tuple(phase.value for phase in Phase if phase in PAUSABLE - {Phase.SCREEN, Phase.HOLD})
CUT_SHORT = ("interrupted", "stopped", "pain", "emergency")
FEW_MINUTES, MINUTES_A_DAY = 2.0, 1440
LONG_AGO_DAYS = 36500


@dataclass(frozen=True, slots=True)
class History:
    """`person` has days that count from today: they are negative. `today` in days as Memory counts them, None for now."""

    person: Person
    others: tuple[str, ...]
    today: float | None
    cut_off: "Earlier | None" = None

    def remembered(self, today: float, start: str) -> Memory:
        """What a session may know, if it is `today` unless the scenario says otherwise. `start`: the level that everybody begins at."""
        today = today if self.today is None else self.today
        screened = self.person.screened_on_day
        level = self.person.level or start
        sessions = tuple(self._session(nth, today, level) for nth in range(len(self.person.sessions)))
        person = replace(self.person, screened_on_day=None if screened is None else today + screened, sessions=sessions)
        others = (Person(n, name=name, taught=True, heard_on_mat=True) for n, name in enumerate(self.others, 2))
        return Memory(today, (person, *others))

    def going_on(self, memory: Memory, plan: Plan, curriculum: Curriculum) -> Memory:
        """`memory`, with the session by `plan` that was cut off, if there was one."""
        if self.cut_off is None:
            return memory
        earlier, begun = self.cut_off, reached(course_of(plan, curriculum, memory), Phase(self.cut_off.phase))
        total = begun.lifts * (earlier.set - 1) + earlier.done
        where = replace(begun, set=earlier.set, done=earlier.done, total=total)
        return replace(memory, cut_off=CutOff(FIRST, earlier.minutes_ago * 60, earlier.outcome, where, earlier.pain))

    def _session(self, nth: int, today: float, level: str) -> PastSession:
        """The morning after the last one is what this session asks for."""
        past = self.person.sessions[nth]
        morning = past.morning or ("same" if nth < len(self.person.sessions) - 1 else "")
        return replace(past, on_day=today + past.on_day, level=past.level or level, morning=morning)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A session of the same evening that nobody ended."""

    minutes_ago: float
    phase: str
    set: int
    done: int
    outcome: str
    pain: int | None


def read_history(raw: object, place: str) -> History | None:
    """The history in a scenario's table; None where there is none. Raises Unreadable with the key and what is allowed."""
    if raw is None:
        return None
    table = Table(raw, f"{place}, [history]", KEYS)
    sessions = (*_alike(table), *_each_by_itself(table))
    screened = table.number("screened_days_ago", 0, LONG_AGO_DAYS)
    first = min((past.on_day for past in sessions), default=None)
    person = Person(
        name=table.text("name") or "",
        usual_pain=_whole(table, "usual_pain", None, 10),
        taught=table.flag("taught") if "taught" in table else True,
        heard_on_mat=table.flag("heard_on_mat") if "heard_on_mat" in table else True,
        level=table.text("level") or "",
        units=table.choice("units", ("", *UNITS), ""),
        talk=table.choice("talk", ("", *TALK), ""),
        screened_on_day=first if screened is None else -screened,
        sessions=sessions,
    )
    return History(person, _others(table), _today(table), _earlier(table))


def _earlier(table: Table) -> Earlier | None:
    if "cut_off" not in table:
        return None
    own = Table(table.value("cut_off"), f"{table.place} cut_off", OF_THE_EARLIER)
    minutes = own.number("minutes_ago", 0, MINUTES_A_DAY)
    return Earlier(
        minutes_ago=FEW_MINUTES if minutes is None else minutes,
        phase=own.choice("phase", PHASES, Phase.SET.value),
        set=_whole(own, "set", 1) or 1,
        done=_whole(own, "done", 0) or 0,
        outcome=own.choice("outcome", CUT_SHORT, CUT_SHORT[0]),
        pain=_whole(own, "pain", USUAL.pain_before, 10),
    )


def _alike(table: Table) -> list[PastSession]:
    if "sessions" not in table:
        return []
    count = table.count("sessions", 1)
    every_days = table.number("every_days", 0, LONG_AGO_DAYS)
    last = table.number("last_days_ago", 0, LONG_AGO_DAYS)
    each = _session(Table(table.value("each") or {}, f"{table.place} each", OF_A_SESSION))
    every_days, last = 2.0 if every_days is None else every_days, 2.0 if last is None else last
    return [replace(each, on_day=-last - every_days * n) for n in reversed(range(count))]


def _each_by_itself(table: Table) -> list[PastSession]:
    raw = table.value("past")
    if raw is not None and not isinstance(raw, list):
        raise table.refuse("past", "it is not a list of tables", "[[history.past]], in any number")
    found: list[PastSession] = []
    for n, one in enumerate(raw or (), 1):
        own = Table(one, f"{table.place} past {n}", ("days_ago", *OF_A_SESSION))
        days_ago = own.number("days_ago", 0, LONG_AGO_DAYS)
        if days_ago is None:
            raise own.refuse("days_ago", "it is missing", "a number of at least 0")
        found.append(replace(_session(own), on_day=-days_ago))
    return found


def _session(table: Table) -> PastSession:
    return PastSession(
        on_day=0.0,
        outcome=table.choice("outcome", OUTCOMES, USUAL.outcome),
        level=table.text("level") or "",
        reps=_whole(table, "reps", USUAL.reps) or 0,
        sets=_whole(table, "sets", USUAL.sets) or 0,
        pain_before=_whole(table, "pain_before", USUAL.pain_before, 10),
        pain_after=_whole(table, "pain_after", USUAL.pain_after, 10),
        spare_reps=_whole(table, "spare_reps", USUAL.spare_reps, 10),
        failed_sets=_whole(table, "failed_sets", 0) or 0,
        morning=table.choice("morning", MORNINGS) if "morning" in table else "",
    )


def _whole(table: Table, key: str, default: int | None, most: int = 1000) -> int | None:
    value = table.number(key, 0, most)
    if value is None:
        return default
    if value != int(value):
        raise table.refuse(key, f"{value:g} is no whole number", f"a whole number from 0 to {most}")
    return int(value)


def _others(table: Table) -> tuple[str, ...]:
    value = table.value("others") or []
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise table.refuse("others", "it is no list of names", 'a list as ["Ben", "Carla"]')
    return tuple(value)


def _today(table: Table) -> float | None:
    value = table.value("today")
    if value is None:
        return None
    if not isinstance(value, dt.date):
        raise table.refuse("today", f"{value!r} is no day", "a date as 2026-11-24, or with a time as 2026-11-24T18:00:00")
    return day_of(value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day, 12))  # noqa: DTZ001 - local time
