"""Which level a person's sessions lead to. Pure.

One step back after a pain stop, a worse morning, two failed sets, pain that rose by two, more than 14 days away: once for each session
that gave cause. One step up is earned, and only offered, by two for two: two more lifts possible in the last set of two sessions running,
little pain, no worse morning, and 48 hours since. Sources: coaching.md's table; the change of two on the scale is Childs 2005.
"""

from dataclasses import dataclass

from voicecoach.coach.amounts import beside
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.numbers import Numbers
from voicecoach.coach.training import Level
from voicecoach.messages.memory import PAIN_STOPS, PastSession, Person

SAME_DAY = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """`level`: the one for today. `back`: why it is one lower than before, "" if it isn't. `earned`: the next one may be had."""

    level: Level
    back: str = ""
    judged_on_day: float | None = None
    earned: bool = False
    may_offer: bool = False
    """It may be offered: it was not declined last time."""
    tired: bool = False
    """Hardly another lift was possible last time: two fewer today."""


def verdict(person: Person, agreed: Level, curriculum: Curriculum, today: float, morning: str = "") -> Verdict:
    """What the sessions of `person` lead to. `morning`: how the back was after the last of them, as just answered."""
    training, numbers = curriculum.training, curriculum.numbers
    moved = [session for session in person.sessions if session.reps or session.outcome in PAIN_STOPS]
    if not moved:
        return Verdict(agreed)
    last = moved[-1]
    cause = _cause(last, today, morning or last.morning, numbers)
    if cause and last.on_day != person.judged_on_day:
        return Verdict(beside(training, agreed, -1), back=cause, judged_on_day=last.on_day)
    running = moved[-numbers.progress.sessions_running :]
    mornings = [session.morning for session in running[:-1]] + [morning or last.morning]
    earned = (
        beside(training, agreed, 1) != agreed
        and len(running) == numbers.progress.sessions_running
        and all(_went_well(session, agreed, numbers) for session in running)
        and not {"worse", "unsure"} & set(mornings)
        and today - last.on_day >= numbers.frequency.apart_days
        and not cause
    )
    declined = person.declined_on_day is not None and abs(last.on_day - person.declined_on_day) < SAME_DAY
    tired = last.level == agreed.id and last.spare_reps is not None and last.spare_reps < numbers.progress.spare_reps
    return Verdict(agreed, earned=earned, may_offer=earned and not declined, tired=tired)


def _cause(last: PastSession, today: float, morning: str, numbers: Numbers) -> str:
    """Why the level goes one down, the gravest reason first; "" for none."""
    before, after = last.pain_before, last.pain_after
    causes = {
        "pain": last.outcome in PAIN_STOPS,
        "morning": morning == "worse",
        "rise": before is not None and after is not None and after - before >= numbers.pain.rise,
        "failed": last.failed_sets >= numbers.progress.failed_sets,
        "away": today - last.on_day > numbers.frequency.away_days,
    }
    return next((cause for cause, holds in causes.items() if holds), "")


def _went_well(session: PastSession, level: Level, numbers: Numbers) -> bool:
    """At that level to its end, with two more in the last set, and little pain before and after."""
    pain = (session.pain_before, session.pain_after)
    return (
        session.level == level.id
        and session.outcome == "finished"
        and session.failed_sets == 0
        and session.spare_reps is not None
        and session.spare_reps >= numbers.progress.spare_reps
        and all(value is not None and value <= numbers.pain.planned for value in pain)
    )
