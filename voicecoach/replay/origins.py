"""Where a session's log is, what the session began from, and what has changed since."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach import curriculum
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.journal.recall import day_of
from voicecoach.messages.memory import Memory
from voicecoach.notes import cut_off_before, open_journal, prompts_read, versions
from voicecoach.record.beginning import as_known, checksum
from voicecoach.replay.replaying import Line
from voicecoach.settings import with_plan
from voicecoach.tables import Placed

LAST = "last"
OLDER = "It was kept by an older voicecoach, which left out what a replay needs."


@dataclass(frozen=True, slots=True)
class Found:
    """The lines of a log, and the number of its session in the journal: of a file, that of the first session that isn't earlier."""

    name: str
    lines: Sequence[Line]
    before: int | None

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
    log = _in_journal(name, house) if name == LAST or name.isdecimal() else _in_file(Path(name), house)
    if not log.lines or log.first.get("event") != "session_started" or "prompts" not in log.first:
        raise Unreadable(f"{log.name} can't be replayed.", OLDER)
    return log


def origin(log: Found, house: House) -> Origin:
    """What the session began from. Unreadable: that is not to be had any more."""
    first = log.first
    told = first.get("versions")
    locale = str(told.get("locale")) if isinstance(told, Mapping) else house.settings.locale
    house = replace(house, settings=replace(house.settings, locale=locale))
    taught = curriculum.load(house.prompts)
    try:
        memory = _memory(log, house)
        plan = _plan(first.get("plan"), taught)
    except ValueError as error:
        raise Unreadable(f"{log.name} can't be replayed: its beginning is damaged ({error}).", "") from None
    return Origin(house, plan, taught, memory, tuple(_changed(first, house, memory)))


def _in_journal(name: str, house: House) -> Found:
    journal = open_journal(house)
    rows = journal.sessions()
    number = rows[-1].id if name == LAST and rows else int(name) if name != LAST else 0
    events = journal.events(number)
    journal.close()
    if not events:
        raise Unreadable(f"There is no session {name} in the journal of {house.home}.", "`voicecoach history` shows the numbers.")
    return Found(f"Session {number}", events, number)


def _in_file(path: Path, house: House) -> Found:
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except FileNotFoundError:
        raise Unreadable(f"{path} is no session's number and no file.", "`voicecoach history` shows the numbers.") from None
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}).", "Check the name.") from None
    except ValueError:
        raise Unreadable(f"{path} is no log of a session.", "Name the events.jsonl of a rehearsal.") from None
    if not all(isinstance(line, dict) for line in lines):
        raise Unreadable(f"{path} is no log of a session.", "Name the events.jsonl of a rehearsal.")
    made_up = bool(lines) and "people" in lines[0]
    return Found(str(path), lines, None if made_up or not lines else _first_not_before(lines[0], house))


def _first_not_before(first: Line, house: House) -> int | None:
    """The number of the first session in the journal that began no earlier than a log's; a session of the same moment is the log's own."""
    journal = open_journal(house)
    rows = journal.sessions()
    journal.close()
    begun = _begun(first)
    return next((row.id for row in rows if begun and (at := _begun({"started_at": row.started_at})) and at >= begun), None)


def _begun(first: Line) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(first.get("started_at"))).astimezone()
    except ValueError:
        return None


def _memory(log: Found, house: House) -> Memory:
    started_on = day_of(dt.datetime.fromisoformat(str(log.first.get("started_at"))))
    if "people" in log.first:
        return as_known(log.first, started_on, (), None)
    journal = open_journal(house)
    cut_off = cut_off_before(journal, str(log.first["started_at"]), log.before, rehearsed=log.first.get("rehearsed") is True)
    people = tuple(person for person in journal.people(log.before) if not person.forgotten)
    journal.close()
    return as_known(log.first, started_on, house.settings.known(people), cut_off)


def _plan(told: object, taught: Curriculum) -> Plan:
    if not isinstance(told, Mapping):
        raise ValueError("no plan")  # noqa: TRY004 - it is what was read that is wrong
    absent = {name: None for name, value in told.items() if value is None}
    given = {name: value for name, value in told.items() if value is not None}
    plan = with_plan(taught.numbers.plan, Placed(given, ()))
    known = {name: None for name in absent if name in plan.settings}
    return replace(plan, **known)  # type: ignore[arg-type]


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
