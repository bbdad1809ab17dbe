"""What the coach knew before a session, as the log keeps it, and back. Pure.

Of people the log keeps nothing that the journal keeps already, so that forgetting them stays whole: they are folded from the sessions
before, and a checksum tells whether that still gives the same. Only people whom a scenario has made up stand in the log themselves.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, replace

from voicecoach.messages.built import built
from voicecoach.messages.memory import CutOff, Memory, PastSession, Person

BITS = 0xFFFF
"""16 bits: a difference is hardly ever missed, and nothing about anybody can be found out by trying."""
DAY = "on_day"


def as_logged(memory: Memory, started_on: float, *, made_up: bool) -> dict[str, object]:
    """For the log's first line, of a session that began on the day `started_on`. `made_up`: no journal tells of these people."""
    known: dict[str, object] = {"voice": memory.voice, "words_per_minute": memory.words_per_minute, "memory": checksum(memory)}
    if made_up:
        known["people"] = _people(memory)
        known["cut_off"] = asdict(memory.cut_off) if memory.cut_off else None
    return known if memory.today == started_on else {**known, "today": memory.today}


def as_known(line: Mapping[str, object], started_on: float, people: tuple[Person, ...], cut_off: CutOff | None) -> Memory:
    """What the session with this first line knew; `people` and `cut_off` are what the journal tells of. ValueError: it doesn't say."""
    memory = built(Memory, {"today": started_on, **{key: line[key] for key in ("today", "voice", "words_per_minute") if key in line}})
    told = line.get("people")
    if told is None:
        return replace(memory, people=people, cut_off=cut_off)
    if not isinstance(told, list):
        raise ValueError("people is no list")  # noqa: TRY004 - it is what was read that is wrong
    cut = line.get("cut_off")
    return replace(memory, people=tuple(_person(one, memory.today) for one in told), cut_off=None if cut is None else built(CutOff, cut))


def checksum(memory: Memory) -> str:
    """Of all that is remembered of people."""
    return f"{zlib.crc32(json.dumps(_people(memory), sort_keys=True).encode()) & BITS:04x}"


def facts(of: Person | PastSession, today: float) -> dict[str, object]:
    """What isn't as with somebody unknown; days count from `today`, so that nothing depends on the date."""
    told: dict[str, object] = {}
    for field in fields(of):
        value = getattr(of, field.name)
        if field.name != "sessions" and (field.default is MISSING or value != field.default or field.name == "id"):
            told[field.name] = value - today if field.name.endswith(DAY) and value is not None else value
    return told


def _people(memory: Memory) -> list[dict[str, object]]:
    return [
        {**facts(person, memory.today), "sessions": [facts(past, memory.today) for past in person.sessions]} for person in memory.people
    ]


def _person(raw: object, today: float) -> Person:
    if not isinstance(raw, Mapping) or not isinstance(sessions := raw.get("sessions", []), list):
        raise ValueError(f"no person: {raw!r}")  # noqa: TRY004 - it is what was read that is wrong
    told = {key: value for key, value in _placed(raw, today).items() if key != "sessions"}
    return replace(built(Person, told), sessions=tuple(built(PastSession, _placed(past, today)) for past in sessions))


def _placed(raw: object, today: float) -> dict[str, object]:
    if not isinstance(raw, Mapping):
        raise ValueError(f"nothing to remember: {raw!r}")  # noqa: TRY004 - it is what was read that is wrong
    days = {key: today + value for key, value in raw.items() if str(key).endswith(DAY) and isinstance(value, int | float)}
    return {**raw, **days}
