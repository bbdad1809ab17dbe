"""The words by which somebody sets what the coach remembers of them, says that they are somebody else, or wants to be forgotten."""

from voicecoach.coach.obeying import Obeying
from voicecoach.coach.people import naming
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Ask, Enter, Expects, Finish, Remember, Script, Speak
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line

STILL = frozenset({Phase.SCREEN, Phase.REST, Phase.PAUSED})
"""Where nothing moves, and no question about the set is open."""
SLOWEST_WPM, FASTEST_WPM = 120, 190
"""Below, the cues don't fit the tempo; above, they are hard to follow."""
RATE_STEP = 0.1
UNITS = {"imperial": "setting.imperial", "metric": "setting.metric"}


def setting(session: Obeying, meant: Meant) -> None:
    """Sets what the topic says; the name and the usual pain are asked for."""
    course = session.course
    if not _may_ask(session):
        session.remark(Line("not_now.other"))
    elif meant.topic == "name":
        session.turn_to(naming(course), meant.intent)
    elif meant.topic == "usual_pain":
        session.turn_to(_usual_pain(), meant.intent)
    elif meant.topic in UNITS:
        session.remember("units", meant.topic)
        session.remark(Line(UNITS[meant.topic]))
    elif meant.topic == "voice":
        _another_voice(session)
    else:
        _rate(session, faster=meant.topic == "faster_speech")


def somebody_else(session: Obeying, meant: Meant) -> None:
    """Before anything moves: all over again, with another person."""
    course = session.course
    if session.phase is not Phase.SCREEN:
        session.remark(Line("not_now.other"))
        return
    if course.met or len(course.memory.people) == 1:
        course.not_them.add(course.person.id)
    course.met = False
    session.turn_to(_all_over_again(), meant.intent)


def forget(session: Obeying, meant: Meant) -> None:
    """Deletes everything about them, after asking once."""
    if _may_ask(session):
        session.turn_to(_forgetting(), meant.intent)
    else:
        session.remark(Line("not_now.other"))


def _may_ask(session: Obeying) -> bool:
    return session.phase in STILL and session.course.met and not session.out_of_order


def _all_over_again() -> Script:
    yield Speak(Line("who.changed"))


def _forgetting() -> Script:
    """What is remembered is that they want to be forgotten: that is carried out as soon as the session is over, or at the next start."""
    answer = yield Ask("forget.sure", Expects.YES_NO, Line("forget.sure"))
    if answer is not Intent.YES:
        yield Speak(Line("forget.kept"))
        return
    yield Remember("forgotten", value=True)
    yield Enter(Phase.STOPPED)
    yield Speak(Line("forget.done"))
    yield Finish("stopped")


def _usual_pain() -> Script:
    """Read back, since a pain that is usual is allowed for later."""
    answer = yield Ask("setting.usual_pain", Expects.NUMBER, Line("setting.usual_pain"))
    if isinstance(answer, int):
        right = yield Ask("read_back", Expects.YES_NO, Line("read_back", (("number", answer),)))
        if right is Intent.YES:
            yield Remember("usual_pain", answer)
            yield Speak(Line("setting.usual_pain_kept"))
            return
    yield Speak(Line("setting.as_before"))


def _another_voice(session: Obeying) -> None:
    """The next of those that the locale has, and of the one that is set here, which need not be among them."""
    course = session.course
    voices = tuple(dict.fromkeys(voice for voice in (course.memory.voice, *course.curriculum.locale.voices) if voice))
    now = course.person.voice or course.memory.voice
    others = [voice for voice in voices if voice != now]
    if not others:
        session.remark(Line("setting.one_voice"))
        return
    after = voices.index(now) + 1 if now in voices else 0
    session.remember("voice", voices[after % len(voices)])
    session.remark(Line("setting.voice"))


def _rate(session: Obeying, *, faster: bool) -> None:
    before = session.course.person.words_per_minute or session.course.memory.words_per_minute
    wanted = round(before * (1 + RATE_STEP if faster else 1 - RATE_STEP))
    rate = min(max(wanted, SLOWEST_WPM), FASTEST_WPM)
    if rate == before or (rate > before) is not faster:
        session.remark(Line("setting.fastest_speech" if faster else "setting.slowest_speech"))
        return
    session.remember("words_per_minute", rate)
    session.remark(Line("setting.faster_speech" if faster else "setting.slower_speech"))
