"""What the coach asks for and no event of the log is the trace of, in short. Two actions are the same if these texts are."""

from voicecoach.messages.actions import Action, End, Form, Hush, Listen, Loudness, Manner, Record, Say, Tone

PLACES = 6
"""Decimals of a moment in the log: a microsecond is a fortieth of a sample."""


def asked(action: Action) -> str | None:
    """As in "say 17 set.count n=3 at=71.25 room=2.0 turn=1", "tone lift at=71.25", "listen set"; None where an event tells of it."""
    match action:
        case Say():
            return _say(action)
        case Tone(name, at_s):
            return " ".join(["tone", name, *_when(("at", at_s))])
        case Listen(moment):
            return f"listen {moment}"
        case Loudness(gain_db):
            return f"loudness {gain_db}"
        case Manner(voice, words_per_minute, units):
            return f"manner {voice or '-'} {words_per_minute} {units or '-'}"
        case Hush() | Record() | End():
            return None


def _say(say: Say) -> str:
    values = [f"{name}={value}" for name, value in say.line.values]
    how = [*([f"turn={say.turn}"] if say.turn else []), *([say.form.value] if say.form is not Form.FULL else [])]
    when = _when(("at", say.at_s), ("room", say.room_s), ("by", say.by_s))
    return " ".join(["say", str(say.say_id), say.line.id, *values, *when, *how, *(["goes_on"] if say.goes_on else [])])


def _when(*moments: tuple[str, float | None]) -> list[str]:
    return [f"{name}={round(moment_s, PLACES)}" for name, moment_s in moments if moment_s is not None]
