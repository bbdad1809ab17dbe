"""Where a session's log is, what the session began from, and what has changed since."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach import curriculum
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import BY_LEVEL, Plan
from voicecoach.durable import read_whole
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.journal.recall import day_of
from voicecoach.journal.rows import event_in
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import Memory
from voicecoach.notes import cut_off_before, open_journal, prompts_read, versions
from voicecoach.record.beginning import as_known, checksum
from voicecoach.replay.replaying import Line
from voicecoach.settings import with_plan
from voicecoach.tables import Placed

LAST = "last"
MOST_BYTES = 50_000_000
"""Of a log: a day of them."""
OLDER = "It was kept by an older voicecoach, which left out what a replay needs."


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a log, and the number of its session in the journal; None for a file."""

    name: str
    lines: Sequence[Line]
    number: int | None

    @property
    def first(self) -> Line:
        """What the session began from."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a session began from. `changed`: what isn't any more as it was then, a sentence each."""

    house: House
    plan: Plan
    curriculum: Curriculum
    memory: Memory
    changed: tuple[str, ...]


def found(name: str, house: House) -> Found:
    """The log that `name` means: a session's number in the journal, "last", or a file. Unreadable: none, or one without a beginning."""
    log = _in_journal(name, house) if name == LAST or name.isdecimal() else _in_file(Path(name))
    if not log.lines or log.first.get("event") != "session_started" or "prompts" not in log.first:
        raise Unreadable(f"{log.name} can't be replayed.", OLDER)
    return log


def origin(log: Found, house: House) -> Origin:
    """What the session began from. Unreadable: that is not to be had any more."""
    first = log.first
    told = first.get("versions")
    locale = str(told.get("locale")) if isinstance(told, Mapping) else house.settings.locale
    house = replace(house, settings=replace(house.settings, locale=locale))
    try:
        taught = curriculum.load(house.prompts)
    except Unreadable as error:
        raise Unreadable(f"{log.name} can't be replayed: {error.what}", error.next_step) from None
    try:
        memory = _memory(log, house)
        plan = _plan(first.get("plan"), taught)
    except ValueError as error:
        raise Unreadable(f"{log.name} can't be replayed: its beginning is damaged ({error}).", "Name another.") from None
    return Origin(house, plan, taught, memory, tuple(_changed(first, house, memory)))


def _in_journal(name: str, house: House) -> Found:
    journal = open_journal(house)
    rows = journal.sessions()
    number = rows[-1].id if name == LAST and rows else int(name) if name != LAST else 0
    events = journal.events(number)
    journal.close()
    if not events:
        which = "session" if name == LAST else f"session {name}"
        raise Unreadable(f"There is no {which} in the journal of {house.home}.", "`voicecoach history` shows the numbers.")
    return Found(f"Session {number}", events, number)


def _in_file(path: Path) -> Found:
    try:
        lines = [event_in(line) for line in read_whole(path, MOST_BYTES).decode().splitlines() if line.strip()]
    except FileNotFoundError:
        raise Unreadable(f"{path} is no session's number and no file.", "`voicecoach history` shows the numbers.") from None
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}).", "Check the name.") from None
    except (ValueError, RecursionError):
        raise Unreadable(f"{path} is no log of a session.", "Name the events.jsonl of a rehearsal.") from None
    if not all(lines):
        raise Unreadable(f"{path} is no log of a session.", "Name the events.jsonl of a rehearsal.")
    return Found(str(path), lines, None)


def _first_not_before(started_at: dt.datetime, journal: Journal) -> int | None:
    """The number of the first session that began no earlier; one of the same moment is the log's own."""
    begun = ((row.id, dt.datetime.fromisoformat(row.started_at)) for row in journal.sessions())
    return next((number for number, at in begun if at.astimezone() >= started_at.astimezone()), None)


def _memory(log: Found, house: House) -> Memory:
    started_at = dt.datetime.fromisoformat(str(log.first.get("started_at")))
    if "people" in log.first:
        return as_known(log.first, day_of(started_at), (), None)
    journal = open_journal(house)
    before = _first_not_before(started_at, journal) if log.number is None else log.number
    cut_off = cut_off_before(journal, started_at.isoformat(), before, rehearsed=log.first.get("rehearsed") is True)
    people = tuple(person for person in journal.people(before) if not person.forgotten)
    journal.close()
    return as_known(log.first, day_of(started_at), house.settings.known(people), cut_off)


def _plan(told: object, taught: Curriculum) -> Plan:
    if not isinstance(told, Mapping):
        raise ValueError("no plan")  # noqa: TRY004 - it is what was read that is wrong
    if wrong := [name for name, value in told.items() if value is None and name not in BY_LEVEL]:
        raise ValueError(f"no {wrong[0]}")
    given = {name: value for name, value in told.items() if value is not None}
    try:
        plan = with_plan(taught.numbers.plan, Placed(given, ()))
    except Unreadable as error:
        raise ValueError(error.what.removeprefix("., ").removesuffix(".")) from None
    by_level = {name: None for name, value in told.items() if value is None}
    return replace(plan, **by_level)  # type: ignore[arg-type]


def _changed(first: Line, house: House, memory: Memory) -> Iterator[str]:
    for what, before, now in (
        ("", first.get("versions"), versions(house.settings)),
        ("prompts/", first.get("prompts"), prompts_read(house)),
    ):
        then = before if isinstance(before, Mapping) else {}
        for name in sorted({*then, *now}):
            if then.get(name) != now.get(name):
                yield f"{what}{name} was {then.get(name, 'not there')}, and is {now.get(name, 'not there')}."
    if checksum(memory) != first.get("memory"):
        yield "What was remembered of people isn't as it was: somebody was forgotten, or [[people]] in settings.toml has changed."
