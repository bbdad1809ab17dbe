"""What follows a safety word. Everything here happens in STOPPED, which leads nowhere but to the end of the session.

The order is the rule: silence first (the session hushes before any of this begins), then the legs down, then questions, then advice,
whatever the answers, also when none come. "Stop" is never asked "are you sure".
"""

from voicecoach.coach.course import Course
from voicecoach.coach.requests import Finish, Script, Speak
from voicecoach.coach.screening import asked, emergency_line, number, yes_no
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line

EMERGENCY_QUESTIONS = ("pain.numb", "pain.bladder", "pain.legs")


def after_stop(course: Course) -> Script:
    """Legs down; is the person all right? No answer twice says plainly that nobody is called."""
    yield Speak(Line("stop.stopped"))
    answer = yield from asked(course, yes_no("stop.all_right"))
    if answer is Intent.YES:
        yield Speak(Line("stop.closing"))
        yield Finish("stopped")
    elif answer is None:
        yield Speak(Line("silence.stopped"))
        yield Finish("stopped")
    else:
        yield from _pain_questions(course)


def after_pain(course: Course) -> Script:
    """Legs down, how bad, what kind, the emergency questions, advice."""
    yield Speak(Line("pain.stopping"))
    yield from _pain_questions(course)


def _pain_questions(course: Course) -> Script:
    level = yield from asked(course, number("pain.level"))
    if level is None:
        yield Speak(Line("silence.stopped"))
    else:
        sharp = yield from asked(course, yes_no("pain.sharp"))
        if sharp is not None:
            yield from _emergency_questions(course)
    yield from pain_advice()


def _emergency_questions(course: Course) -> Script:
    for name in EMERGENCY_QUESTIONS:
        answer = yield from asked(course, yes_no(name))
        if answer is None:
            return
        if answer is not Intent.NO:
            yield from _emergency("emergency.nerve", course)


def pain_advice() -> Script:
    """The advice that every pain gets."""
    yield Speak(Line("pain.done"))
    yield Speak(Line("pain.advice"))
    yield Speak(Line("pain.rest"))
    yield Finish("pain")


def pain_again() -> Script:
    """Pain said once more while it is being asked about: no more questions, only the advice."""
    yield Speak(Line("pain.again"))
    yield from pain_advice()


def after_nerve(course: Course) -> Script:
    """Numbness, tingling, weakness: the emergency wording at once."""
    yield Speak(Line("pain.stopping"))
    yield from _emergency("emergency.nerve", course)


def _emergency(line: str, course: Course) -> Script:
    yield Speak(emergency_line(line, course))
    yield Speak(Line("emergency.alone"))
    yield Finish("emergency")


def after_distress(course: Course, *, grave: bool) -> Script:
    """Stay down and breathe, the emergency wording; unless it was an emergency by itself, ask what it is."""
    yield Speak(Line("distress.stopping"))
    if grave:
        yield from _emergency("emergency.call", course)
    yield Speak(emergency_line("emergency.chest", course))
    needs_help = yield from asked(course, yes_no("distress.emergency"))
    if needs_help is None:
        yield Speak(Line("silence.stopped"))
        yield Finish("stopped")
    elif needs_help is not Intent.NO:
        yield from _emergency("emergency.call", course)
    in_pain = yield from asked(course, yes_no("distress.pain"))
    if in_pain is Intent.YES:
        yield from _pain_questions(course)
    yield Speak(Line("distress.rest"))
    yield Speak(Line("pain.advice"))
    yield Finish("stopped")


def _quietly(earlier: Meant, course: Course) -> Script:
    """Hear "stop" after the stop: no more questions; what has to be said in any case, and the end."""
    if earlier.intent is Intent.PAIN:
        yield Speak(Line("pain.advice"))
        yield Finish("pain")
    elif earlier.intent is Intent.NERVE or earlier.topic == "grave":
        yield from _emergency("emergency.call", course)
    yield Speak(Line("stop.quiet"))
    yield Finish("stopped")


def following(meant: Meant, earlier: Meant | None, course: Course) -> Script:
    """What follows the safety word `meant`, when the session was stopped before because of `earlier`, or not at all."""
    if meant.intent is Intent.STOP:
        return after_stop(course) if earlier is None else _quietly(earlier, course)
    if meant.intent is Intent.NERVE or (meant.intent is Intent.PAIN and earlier is not None and earlier.intent is Intent.NERVE):
        return after_nerve(course)
    if meant.intent is Intent.DISTRESS:
        return after_distress(course, grave=meant.topic == "grave")
    return pain_again() if earlier is not None and earlier.intent is Intent.PAIN else after_pain(course)
