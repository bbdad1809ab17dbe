"""The words that change how the session goes on: tempo, loudness, talk, how much and with which legs."""

from voicecoach.coach.course import LOUDEST_DB, LOUDNESS_STEP_DB, QUIETEST_DB, TALK_LEVELS
from voicecoach.coach.obeying import Obeying
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line

FEWEST_REPS = 4
EASIER_BY_REPS = 2


def slower(session: Obeying, _: Meant) -> None:
    """A quarter slower from the next repetition on."""
    before = session.course.tempo
    session.course.tempo = before.slower()
    session.remark(Line("tempo.slower" if session.course.tempo != before else "tempo.slowest"))


def faster(session: Obeying, _: Meant) -> None:
    """A fifth faster from the next repetition on."""
    before = session.course.tempo
    session.course.tempo = before.faster()
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
    level = min(max(TALK_LEVELS.index(session.course.talk) + by, 0), len(TALK_LEVELS) - 1)
    session.course.talk = TALK_LEVELS[level]
    session.remember("talk", session.course.talk)
    session.remark(Line(line))


def easier(session: Obeying, meant: Meant) -> None:
    """One leg at a time when asked for that; otherwise fewer repetitions, and when they are few already, one leg."""
    course = session.course
    fewer = max(course.done_reps + 1, FEWEST_REPS, course.reps - EASIER_BY_REPS)
    if meant.topic != "one_leg" and fewer < course.reps:
        course.reps = fewer
        session.remark(Line("easier.fewer", (("reps", fewer),)))
    elif course.legs == "both":
        course.legs = "one"
        session.remark(Line("easier.one_leg"))
    else:
        session.remark(Line("easier.easiest"))


def harder(session: Obeying, meant: Meant) -> None:
    """Back to both legs, if that was the plan; anything more has to be earned over two sessions."""
    course = session.course
    if meant.topic == "both_legs" and course.legs == "one" and course.plan.legs == "both":
        course.legs = "both"
        session.remark(Line("harder.both_legs"))
    else:
        session.remark(Line("harder.later"))
