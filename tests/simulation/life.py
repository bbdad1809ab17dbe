"""Years of evenings with one speaker: what one leaves behind is what the next one knows. One seed is one such life.

The past is kept as a journal would keep it, and read as the journal is read: `summed_up` and `recalled` are its own.
"""

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.coach.stage import CURRICULUM, TODAY
from tests.simulation.luck import LONGEST_S, Stranger, given, people_met, plan_of
from tests.simulation.played import Played
from tests.simulation.watched import Broken, Coach
from voicecoach.coach.check_ins import locked
from voicecoach.coach.session import Session
from voicecoach.journal.cut_off import INTERRUPTED, Event
from voicecoach.journal.left_off import LOOKED_AT, left_off
from voicecoach.journal.recall import day_of, recalled
from voicecoach.journal.rows import SessionRow, summed_up
from voicecoach.messages.memory import Memory, Person

EVENINGS = (1, 1, 3, 12, 60)
"""How many a life has; the longest ones are years."""
FIRST_EVENING = dt.datetime(2026, 11, 24, 18, 0, tzinfo=dt.UTC)
SOON = dt.timedelta(days=1 / 128)
"""Eleven minutes: after a power cut, or a stop that was thought better of. A power of two, so that days are told exactly."""
LATER = (SOON, *(dt.timedelta(days=days) for days in (1, 2, 3, 3, 20, 400)))
LOCK_DAYS = CURRICULUM.numbers.pain.lock_days
OFTEN = 0.7
SEEN_BY_A_DOCTOR = ["< line screen.seen", "person silent", "~ 5", "> yes", "person healthy"]
"""Without that, nothing would come of the evenings after two in pain."""
OF_PEOPLE = frozenset({"person", "remembered", "answer", "session_ended", "cut_off"})
"""All that `recalled` looks at."""


@dataclass(frozen=True)
class Evening:
    """One evening that is over: its script, what happened, and the rule that was broken, if one was."""

    script: list[str]
    story: str
    ending: str
    """Its outcome; "killed" by the power, or "broken"."""
    broken: Broken | None


class Past:
    """The journal of one speaker, in memory."""

    def __init__(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self._sessions: list[tuple[SessionRow, list[Event]]] = []

    def memory(self, now: dt.datetime) -> Memory:
        """What a session at `now` may know from before it, as voicecoach/notes.py reads it from a journal."""
        known = recalled(self._sessions) if self._sessions else self._people
        cut_off = left_off(self._sessions[-LOOKED_AT:], now)
        return Memory(day_of(now), tuple(person for person in known if not person.forgotten), cut_off=cut_off)

    def keep(self, started_at: dt.datetime, played: Played) -> None:
        """One session, as far as it was recorded."""
        evening = played.evening
        if evening is None:
            return
        events: list[Event] = [{"event": name, **fields} for name, fields in evening.logged]
        outcome = INTERRUPTED if played.killed else evening.outcome or INTERRUPTED
        if not played.killed:
            events.append({"event": "session_ended", "outcome": outcome, **evening.session.summary})
        row = summed_up(len(self._sessions) + 1, started_at.isoformat(), outcome, evening.now_s, events)
        self._sessions.append((row, events))
        if len(self._sessions) > LOOKED_AT:
            earlier, told = self._sessions[-1 - LOOKED_AT]
            self._sessions[-1 - LOOKED_AT] = (earlier, [event for event in told if event["event"] in OF_PEOPLE])


def evenings(seed: int, coach: Coach = Session) -> Iterator[Evening]:
    """Those of one life, one after the other; a broken rule ends it."""
    luck = random.Random(seed)  # noqa: S311 - the same seed has to give the same life
    count = luck.choice(EVENINGS)
    now, past = FIRST_EVENING, Past(())
    invented = people_met(luck, TODAY) if count == 1 else ()
    for _ in range(count):
        memory = past.memory(now) if count > 1 else Memory(TODAY, invented)
        played, script = Played(coach), given(plan_of(luck), memory)
        if any(locked(person, LOCK_DAYS, memory.today) for person in memory.people):
            script += SEEN_BY_A_DOCTOR if luck.random() < OFTEN else []
        for line in script:
            played.take(line)
        for line in Stranger(luck).steps(played):
            script.append(line)
            played.take(line)
            if played.broken:
                break
        end(played)
        yield Evening(script, story(played), ending(played), played.broken)
        if played.broken:
            return
        past.keep(now, played)
        now += SOON if played.killed and luck.random() < OFTEN else luck.choice(LATER)


def end(played: Played) -> None:
    """Lets the evening end by itself, if the power has not ended it; then more happens, and nothing may come of it."""
    evening = played.evening
    if evening is None or played.killed or played.broken:
        return
    try:
        evening.run_until(evening.now_s + LONGEST_S)
        if evening.outcome is None:
            raise Broken("EverySessionEnds", f"not over, in {evening.session.phase}", evening.now_s)
        evening.outlive()
    except Broken as broken:
        played.broken = broken


def replay(script: list[str], coach: Coach = Session) -> Played:
    """The evening of a script, over."""
    played = Played(coach)
    for line in script:
        played.take(line)
    end(played)
    return played


def ending(played: Played) -> str:
    """How it ended, in a word."""
    if played.broken or played.killed or not played.evening:
        return "broken" if played.broken else "killed"
    return str(played.evening.outcome)


def story(played: Played) -> str:
    """All that happened, and all that was said."""
    evening = played.evening
    if evening is None:
        return ""
    happened = [f"{at_s:.6f} {text}" for at_s, text in evening.happened]
    return "\n".join([*happened, *evening.texts, str(played.broken or evening.outcome)])


def digest(seed: int) -> str:
    """Of the whole story of a seed."""
    told = hashlib.sha256()
    for evening in evenings(seed):
        told.update("\n".join([*evening.script, evening.story]).encode())
    return told.hexdigest()


def lives(first: int, sessions: int, seed_step: int = 1, until: Callable[[], bool] = lambda: False) -> Iterator[tuple[int, Evening]]:
    """Seed after seed from `first` on, until there were so many sessions, or `until` says so."""
    lived, seed = 0, first
    while lived < sessions and not until():
        for evening in evenings(seed):
            lived += 1
            yield seed, evening
        seed += seed_step
