"""Where a lift is felt: in the buttocks and thighs it is right; in the low back it is coached, and the second time it ends it all.

Source: the seed article ("always felt in the low back: certified trainer or kinesiologist"); how often it is asked, our judgement.
"""

from collections.abc import Generator

from voicecoach.coach import sides
from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, yes_no
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Answer, Ask, Enter, Expects, Finish, Request, Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

FELT = "check_in.back"
WHERE = "check_in.feel"
ONE_LEG = "feel_back.one_leg"
WHERE_IT_BELONGS = frozenset({Intent.FEEL_RIGHT, Intent.YES})
IN_THE_BACK = frozenset({Intent.FEEL_BACK, Intent.IN_BACK})
ANSWERS = IN_THE_BACK | {Intent.FEEL_RIGHT, Intent.ELSEWHERE, Intent.YES, Intent.NO, Intent.UNSURE}


def form_check(course: Course) -> Generator[Request, Answer, bool]:
    """After a set: was it felt in the low back, and now and then, where? False where nobody answered."""
    felt = yield from asked(course, yes_no(FELT))
    if felt is None:
        return False
    if felt is Intent.YES:
        yield from _felt_in_back(course)
    elif felt is Intent.UNSURE or _asks_where(course):
        where = Ask(WHERE, Expects.PHRASE, Line(WHERE), accepts=ANSWERS, moment="feel", options="options.feel")
        answer = yield from asked(course, where)
        if answer in IN_THE_BACK:
            yield from _felt_in_back(course)
        elif answer is not None:
            yield from once(course, "form.right" if answer in WHERE_IT_BELONGS else "form.elsewhere")
        return answer is not None
    return True


def forget_form(course: Course) -> None:
    """The next set is asked about anew."""
    for name in (FELT, WHERE):
        course.answers.pop(name, None)


def form_stop() -> Script:
    """Felt in the low back again: legs down, and somebody should look at the form."""
    yield Enter(Phase.STOPPED)
    yield Speak(Line("feel_back.again"))
    yield Speak(Line("feel_back.advice"))
    yield Finish("stopped")


def _felt_in_back(course: Course) -> Script:
    course.felt_sets.add(course.set_n)
    if course.felt_too_often:
        yield from form_stop()
    yield from once(course, "feel_back.form")
    if course.legs == "both" and not course.last_set:
        one_leg = yield from asked(course, yes_no(ONE_LEG))
        if one_leg is Intent.YES:
            yield Speak(Line("easier.one_leg"))
            sides.one_leg(course)


def _asks_where(course: Course) -> bool:
    """The first sessions ask it after their first set, and later every few."""
    sessions, form = course.practised, course.numbers.form
    return course.set_n == 1 and (sessions < form.asked_where_sessions or sessions % form.asked_where_every == 0)
