"""What kind of session is wished for, and how long it will take."""

from dataclasses import replace

from voicecoach.coach.agreeing import AGREED
from voicecoach.coach.duration import left_s, told
from voicecoach.coach.obeying import Obeying
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import CHOICES
from voicecoach.coach.requests import Script, Speak
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line

BEFORE = frozenset({Phase.SCREEN, Phase.TEACH})


def how_long(session: Obeying, _: Meant) -> None:
    """The whole of it from the warm-up on, and later what is left."""
    session.remark(lambda: _how_long(session))


def _how_long(session: Obeying) -> Line:
    return told(left_s(session.course, session.under_way), moving=session.under_way not in BEFORE)


def routine(session: Obeying, meant: Meant) -> None:
    """Another length, or another kind, as long as nothing has moved."""
    course = session.course
    if session.phase is not Phase.SCREEN:
        session.remark(Line("routine.too_late"))
        return
    wish = replace(course.wish, routine=meant.topic) if meant.topic in CHOICES["routine"] else replace(course.wish, kind=meant.topic)
    course.measure(wish=wish)
    line = Line(f"routine.{meant.topic}")
    if AGREED in course.arrived:
        course.arrived.remove(AGREED)
        session.turn_to(_said(line), "routine")
    else:
        session.remark(line)


def _said(line: Line) -> Script:
    yield Speak(line)
