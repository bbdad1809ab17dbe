"""Questions and their answers: short first, more on request; what is asked while the legs move is answered as soon as they rest."""

from voicecoach.coach.obeying import Obeying
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import ANSWER, offered
from voicecoach.coach.welcome import RECORDED
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line

RECORDING = "recording"
"""The question whose answer is another where sound is kept."""
SOON = frozenset({Phase.TEACH, Phase.WARM_UP})
"""Where a part ends, and with it the wait, long before the first rest."""


def question(session: Obeying, meant: Meant) -> None:
    """Answered at once while nothing moves, otherwise in the rest."""
    course = session.course
    line = Line(RECORDED) if course.recorded and meant.topic == RECORDING else Line(f"{ANSWER}{meant.topic}")
    if session.legs_move:
        course.put_off(line)
        session.remark(Line("question.soon" if session.phase in SOON else "question.later"))
        return
    session.remark(line)
    course.topic = meant.topic
    if session.expects is None:
        for offer in offered(course):
            session.remark(offer)


def more(session: Obeying, _: Meant) -> None:
    """The longer answer to what was asked last."""
    course = session.course
    topic, course.topic = course.topic, ""
    session.remark(Line(f"more.{topic}" if topic else "more.none"))


def yes(session: Obeying, meant: Meant) -> None:
    """To "more?"; where nothing was asked it means nothing."""
    if session.course.topic:
        more(session, meant)


def no(session: Obeying, _: Meant) -> None:
    """To "more?"."""
    session.course.topic = ""
