"""What is done today: the level, why it went back, the next one if it was earned, and the kind of session that was asked for.

Nothing harder is ever done without a "yes" to it. Silence is a "no", for this is no safety question.
"""

from collections.abc import Iterator
from dataclasses import replace

from voicecoach.coach.amounts import beside, overridden
from voicecoach.coach.check_ins import MORNING
from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, eased, yes_no
from voicecoach.coach.mat_check import READY_WORDS
from voicecoach.coach.progress import Verdict, verdict
from voicecoach.coach.requests import Ask, Expects, Remember, Request, Script, Speak
from voicecoach.coach.training import Level
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

AGREED = "agreed"
"""This step of the arrival."""
GUIDED = "routine.guided"
WEIGHTS = "weights.on"
PUT_ON_S = 45.0
"""Time to tie weights to both ankles before the coach asks again."""
BACK = {
    "pain": "back.pain",
    "morning": "back.morning",
    "rise": "back.rise",
    "failed": "back.failed",
    "away": "back.away",
}


def agreeing(course: Course) -> Script:
    """Settles what is done today, and says so. Before the person lies down."""
    if AGREED in course.arrived:
        return
    yield from _guidance(course)
    yield from _level(course, judged(course))
    yield from _weights(course)
    if not overridden(course.plan):
        yield Speak(level_line(course), Form.BRIEF if _as_last_time(course) else Form.FULL)
    course.arrived.add(AGREED)


def judged(course: Course) -> Verdict:
    """What the person's sessions lead to."""
    morning = course.answers.get(MORNING)
    answered = morning.value if isinstance(morning, Intent) else ""
    return verdict(course.person, course.level, course.curriculum, course.memory.today, answered)


def level_line(course: Course) -> Line:
    """Says what is done today."""
    amounts = course.amounts
    once = "_once" if course.sets == 1 else ""
    sets = () if once else (("sets", course.sets),)
    return Line(amounts.level.say + once, (("reps", course.reps), *sets))


def raise_level(course: Course) -> Iterator[Request]:
    """One rung up, agreed on."""
    course.measure(level=beside(course.curriculum.training, course.level, 1))
    yield Remember("level", course.level.id)


def _guidance(course: Course) -> Script:
    """Rehabilitation belongs under guidance; without it the session is a usual one at the easiest level."""
    if course.wish.kind != "rehab":
        return
    guided = yield from asked(course, yes_no(GUIDED))
    if guided is not Intent.YES:
        course.measure(wish=replace(course.wish, kind="strength", unguided=True))
        yield Speak(Line("routine.unguided"))


def _level(course: Course, found: Verdict) -> Script:
    if course.wish.easiest:
        course.measure(level=course.curriculum.training.levels[0])
        yield Remember("level", course.level.id)
    elif found.back:
        if overridden(course.plan):
            yield from eased(course)
        elif not course.eased:  # otherwise today is one level easier already, and that has been said
            if found.level != course.level:
                yield Speak(Line(BACK[found.back]))
            course.measure(level=found.level)
        yield Remember("judged_on_day", found.judged_on_day)
        yield Remember("level", found.level.id)
    elif course.eased or not course.amounts.tells:
        return
    elif found.may_offer:
        yield from _offered(course)
    elif found.tired:
        course.measure(wish=replace(course.wish, fewer=True))
        yield Speak(Line("back.tired"))


def _offered(course: Course) -> Script:
    harder = beside(course.curriculum.training, course.level, 1)
    answer = yield from asked(course, Ask(harder.offer, Expects.YES_NO, _offer(harder)))
    if answer is Intent.YES:
        yield from raise_level(course)
    else:
        yield Remember("declined_on_day", course.memory.today)


def _offer(level: Level) -> Line:
    return Line(level.offer, (("sets", level.sets), ("reps", level.reps)))


def _weights(course: Course) -> Script:
    """Tied on before the person lies down; without them the session is that of the level below."""
    if not course.amounts.level.weight:
        return
    weight = course.amounts.level.weight[course.person.units or course.curriculum.locale.units]
    ask = Ask(WEIGHTS, Expects.PHRASE, Line(WEIGHTS, (("weight", weight),)), window_s=PUT_ON_S, accepts=READY_WORDS | {Intent.NO})
    if (yield from asked(course, ask)) in READY_WORDS:
        return
    yield Speak(Line("weights.without"))
    course.measure(wish=replace(course.wish, eased=True))


def _as_last_time(course: Course) -> bool:
    sessions = course.person.sessions
    return bool(sessions) and sessions[-1].level == course.amounts.level.id
