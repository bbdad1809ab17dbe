"""The words that change how the session goes on: tempo, loudness, talk, how much and with which legs."""

from voicecoach.coach import sides
from voicecoach.coach.agreeing import AGREED, judged
from voicecoach.coach.amounts import beside
from voicecoach.coach.course import LOUDEST_DB, LOUDNESS_STEP_DB, QUIETEST_DB, Course
from voicecoach.coach.obeying import Obeying
from voicecoach.coach.phases import Phase
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import TALK

LIFTING = frozenset({Phase.SET, Phase.HOLD, Phase.CHECK_IN, Phase.REST})
"""From the first lift to the last."""


def slower(session: Obeying, _: Meant) -> None:
    """A quarter slower from the next repetition on."""
    before = session.course.tempo
    session.course.tempo = before.slower(session.course.numbers.tempo)
    session.remark(Line("tempo.slower" if session.course.tempo != before else "tempo.slowest"))


def faster(session: Obeying, _: Meant) -> None:
    """A fifth faster from the next repetition on."""
    before = session.course.tempo
    session.course.tempo = before.faster(session.course.numbers.tempo)
    session.remark(Line("tempo.faster" if session.course.tempo != before else "tempo.fastest"))


def louder(session: Obeying, _: Meant) -> None:
    """3 dB up."""
    _change_loudness(session, LOUDNESS_STEP_DB, "loudness.louder", "loudness.loudest")


def quieter(session: Obeying, _: Meant) -> None:
    """3 dB down."""
    _change_loudness(session, -LOUDNESS_STEP_DB, "loudness.quieter", "loudness.quietest")


def _change_loudness(session: Obeying, by_db: float, done: str, limit: str) -> None:
    gain_db = min(max(session.course.gain_db + by_db, QUIETEST_DB), LOUDEST_DB)
    changed = gain_db != session.course.gain_db
    session.course.gain_db = gain_db
    session.loudness(gain_db)
    session.remember("gain_db", gain_db)
    session.remark(Line(done if changed else limit))


def less_talk(session: Obeying, _: Meant) -> None:
    """Fewer cues."""
    _change_talk(session, -1, "talk.less")


def more_talk(session: Obeying, _: Meant) -> None:
    """More cues."""
    _change_talk(session, 1, "talk.more")


def _change_talk(session: Obeying, by: int, line: str) -> None:
    level = min(max(TALK.index(session.course.talk) + by, 0), len(TALK) - 1)
    session.course.talk = TALK[level]
    session.remember("talk", session.course.talk)
    session.remark(Line(line))


def easier(session: Obeying, meant: Meant) -> None:
    """One leg at a time when asked for that; otherwise fewer repetitions, and when they are few already, one leg."""
    course = session.course
    if session.phase is Phase.COOL_DOWN:
        session.remark(Line("not_now.cool_down"))
        return
    _failed(session)
    if meant.topic != "one_leg" and sides.fewer(course):
        session.remark(Line("easier.kindly" if meant.topic == "tired" else "easier.fewer", (("reps", course.reps),)))
    elif course.legs == "both":
        sides.one_leg(course)
        session.remark(Line("easier.one_leg"))
    else:
        session.remark(Line("easier.easiest"))


def harder(session: Obeying, meant: Meant) -> None:
    """Back to what was agreed on, if it was made easier; anything more has to be earned over two sessions."""
    course = session.course
    in_full = course.reps == course.amounts.reps
    if session.phase is Phase.COOL_DOWN:
        session.remark(Line("not_now.cool_down"))
    elif course.legs == "one" and course.amounts.legs == "both" and (meant.topic == "both_legs" or in_full):
        sides.both_legs(course)
        session.remark(Line("harder.both_legs"))
    elif sides.more(course):
        session.remark(Line("harder.more", (("reps", course.reps),)))
    elif _has_earned(course):
        _raise(session)
    else:
        session.remark(Line("harder.later"))


def _failed(session: Obeying) -> None:
    """Keeps that a set was made easier: the one that goes on, or the next one."""
    course = session.course
    if session.phase in (Phase.SET, Phase.HOLD, Phase.CHECK_IN):
        course.failed_sets.add(course.set_n)
    elif session.phase is Phase.REST:
        course.failed_sets.add(course.set_n + 1)


def _has_earned(course: Course) -> bool:
    untouched = not (course.eased or course.raised or course.made_easier)
    return untouched and course.amounts.tells and judged(course).earned


def _raise(session: Obeying) -> None:
    """One rung up: before the first set at once, later from the next set on; next time, where it takes weights or no set is left."""
    course = session.course
    harder_level = beside(course.curriculum.training, course.level, 1)
    session.remember("level", harder_level.id)
    if (harder_level.weight and AGREED in course.arrived) or (session.phase in LIFTING and course.last_set):
        course.raised = True
        session.remark(Line("harder.next_time"))
    elif session.phase in LIFTING:
        course.raised, course.next_level = True, harder_level
        session.remark(Line("harder.next_set"))
    else:
        course.measure(level=harder_level)
        session.remark(Line("harder.today"))
