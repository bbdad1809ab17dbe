"""What follows a safety word. Everything here happens in STOPPED, which leads nowhere but to the end of the session.

The order is the rule: silence first (the session hushes before any of this begins), then the legs down, then questions, then advice,
whatever the answers, also when none come. A worse concern is never forgotten for a lesser one that comes later: what it calls for is said
before the end, and it decides the outcome. A question about an emergency that stays unanswered is no "no": the others are asked all the
same, and the advice says when to call, also when a word ended the questions. "Stop" is never asked "are you sure".
"""

from voicecoach.coach.course import Course
from voicecoach.coach.inquiry import asked, emergency_line, number, yes_no
from voicecoach.coach.requests import Answer, Finish, Script, Speak
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line

EMERGENCY_QUESTIONS = ("pain.numb", "pain.bladder", "pain.legs")
PAIN_ADVICE = ("pain.advice", "pain.advice_when", "pain.rest")
SHARP_ADVICE = ("pain.advice", "pain.advice_sharp", "pain.rest")
"""For whoever said, or wasn't sure, that it is sharp or shooting or goes into the leg."""
LEGS_DOWN = frozenset({"stop.stopped", "pain.stopping", "distress.stopping"})
"""One of these is heard to its end before anything else is said."""
IN_NEED = "distress.emergency"
DISTRESS_ADVICE = ("distress.rest", "distress.advice")
"""Supposes no pain: whoever was distressed has said that there is none, or nothing at all."""
RANKS = (Intent.STOP, Intent.PAIN, Intent.DISTRESS, Intent.NERVE)
"""From the least grave to the gravest."""


def rank(meant: Meant) -> int:
    """How grave a safety word is; what is graver always comes through."""
    return RANKS.index(Intent.NERVE if meant.topic == "grave" else meant.intent)


def following(meant: Meant, question: str | None, course: Course) -> Script:
    """What follows the safety word `meant`, said while `question` was open."""
    if meant.intent is Intent.STOP:
        concerned = course.pained or course.distressed or course.emergency
        return _last_words(course) if concerned or course.told & LEGS_DOWN else _after_stop(course)
    if meant.intent is Intent.DISTRESS and (meant.topic == "grave" or course.distressed):
        course.emergency = "emergency.call"
    elif meant.intent is Intent.NERVE:
        course.emergency = "emergency.nerve"
    if course.emergency:
        return _last_words(course)
    if meant.intent is Intent.DISTRESS:
        course.distressed = True
        return _after_distress(course)
    return _after_pain(course, question)


def _after_stop(course: Course) -> Script:
    """Legs down; is the person all right? No answer twice says plainly that nobody is called."""
    yield from _told("stop.stopped", course)
    answer = yield from asked(course, yes_no("stop.all_right"))
    if answer is Intent.YES:
        yield Speak(Line("stop.closing"))
        yield Finish("stopped")
    elif answer is None:
        yield Speak(Line("silence.stopped"))
        yield Finish("stopped")
    course.pained = True
    yield from _pain_questions(course)


def _after_pain(course: Course, question: str | None) -> Script:
    """Legs down, how bad, what kind, the emergency questions, advice. Pain said once more is an answer, and brings the advice forward."""
    if course.pained:
        course.answers.setdefault("pain.level", Intent.UNSURE)
        if question == "pain.sharp":
            course.answers["pain.sharp"] = Intent.YES
        yield from _legs_down(course)
        yield from _told("pain.advice", course)
    else:
        course.pained = True
        yield from _told("pain.stopping", course)
    if course.distressed:
        yield from _in_need(course)
    yield from _pain_questions(course)


def _pain_questions(course: Course) -> Script:
    level = yield from asked(course, number("pain.level"))
    if level is None:
        yield Speak(Line("silence.stopped"))
        yield from _last_words(course)
    silent = (yield from asked(course, yes_no("pain.sharp"))) is None
    for name in EMERGENCY_QUESTIONS:
        answer = yield from asked(course, yes_no(name))
        if answer not in (Intent.NO, None):
            course.emergency = _sign_of_emergency(answer)
            yield from _last_words(course)
        if silent and answer is None:
            yield Speak(Line("silence.stopped"))
            yield from _last_words(course)
        silent = answer is None
    yield Speak(Line("pain.done"))
    yield from _last_words(course)


def _after_distress(course: Course) -> Script:
    """Stay down and breathe, the emergency wording; whether it is an emergency, or pain."""
    yield from _told("distress.stopping", course)
    yield from _in_need(course)
    if course.pained:
        yield from _pain_questions(course)
    in_pain = yield from asked(course, yes_no("distress.pain"))
    if in_pain is None:
        yield Speak(Line("silence.stopped"))
    elif in_pain is not Intent.NO:
        course.pained = True
        yield from _pain_questions(course)
    yield from _last_words(course)


def _in_need(course: Course) -> Script:
    """When to call, and whether it is an emergency. Goes on only if it is none."""
    if "emergency.chest" not in course.told:
        yield from _told(emergency_line("emergency.chest", course), course)
    needs_help = yield from asked(course, yes_no(IN_NEED))
    course.told.add(IN_NEED)
    if needs_help is None:
        yield from _told("silence.stopped", course)
        yield from _last_words(course)
    elif needs_help is not Intent.NO:
        course.emergency = "emergency.call"
        yield from _last_words(course)


def found(course: Course) -> str:
    """The outcome that pain or a sign of an emergency gives a session, however it ends; "" for neither."""
    return "emergency" if course.emergency else "pain" if course.pained else ""


def emergency_found(course: Course) -> Script:
    """An answer to a safety question was a sign of an emergency, which `course.emergency` names. No legs are up then."""
    course.told |= LEGS_DOWN
    yield from _last_words(course)


def _sign_of_emergency(answer: Answer) -> str:
    """The line for an answer to an emergency question that wasn't "no": who isn't sure hears when to call, who is sure that it is now."""
    return "emergency.nerve" if answer is Intent.YES else "emergency.unsure"


def _legs_down(course: Course) -> Script:
    """Legs down, if that hasn't been heard to its end yet."""
    if not course.told & LEGS_DOWN:
        distressed = course.emergency or course.distressed
        yield from _told("distress.stopping" if distressed else "pain.stopping" if course.pained else "stop.stopped", course)


def _last_words(course: Course) -> Script:
    """What has to be said in any case, if it hasn't been heard to its end yet; and the end."""
    yield from _legs_down(course)
    if course.distressed and not course.emergency and IN_NEED not in course.answers:
        yield from _need_unknown(course)
    if course.emergency:
        for line in (emergency_line(course.emergency, course), Line("emergency.alone")):
            if line.id not in course.told:
                yield from _told(line, course)
        yield Finish(found(course))
    if course.pained and set(EMERGENCY_QUESTIONS) - course.answers.keys() and "emergency.unheard" not in course.told:
        yield from _told(emergency_line("emergency.unheard", course), course)
    for name in _advice(course):
        if name not in course.told:
            yield from _told(name, course)
    yield Finish(found(course) or "stopped")


def _advice(course: Course) -> tuple[str, ...]:
    """By the answers; with none, what holds for any pain."""
    if course.pained:
        return SHARP_ADVICE if course.answers.get("pain.sharp") in (Intent.YES, Intent.UNSURE) else PAIN_ADVICE
    return DISTRESS_ADVICE if course.distressed else ("stop.quiet",)


def _need_unknown(course: Course) -> Script:
    """Nobody has said yet that it is no emergency: when to call, the question once more, and that nobody is called."""
    if "emergency.chest" not in course.told:
        yield from _told(emergency_line("emergency.chest", course), course)
    if IN_NEED not in course.told:
        course.told.add(IN_NEED)
        answer = yield from asked(course, yes_no(IN_NEED))
        if answer is None:
            yield from _told("silence.stopped", course)
        elif answer is not Intent.NO:
            course.emergency = "emergency.call"
    elif not course.told & {"silence.stopped", "emergency.alone"}:
        yield from _told("emergency.alone", course)


def _told(line: Line | str, course: Course) -> Script:
    """Says a line, and remembers that it was heard to its end."""
    line = Line(line) if isinstance(line, str) else line
    yield Speak(line)
    course.told.add(line.id)
