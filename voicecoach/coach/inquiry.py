"""Putting a question and keeping its answer, and the two ways in which a question ends a session."""

from voicecoach.coach.course import Course
from voicecoach.coach.requests import Answer, Ask, Asking, Expects, Finish, Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

READ_BACK_FROM = 4
"""A number this high changes what happens: it is read back first."""
READ_BACK_TRIES = 3


def yes_no(name: str, *values: tuple[str, str | int]) -> Ask:
    """A yes-or-no question whose line has the same name."""
    return Ask(name, Expects.YES_NO, Line(name, values))


def number(name: str) -> Ask:
    """A question for a number from 0 to 10 whose line has the same name."""
    return Ask(name, Expects.NUMBER, Line(name))


def asked(course: Course, ask: Ask) -> Asking:
    """Asks, unless it has been answered before a pause."""
    if ask.id not in course.answers:
        answer = yield from (_read_back(ask) if ask.expects is Expects.NUMBER else _once(ask))
        if answer is None:
            return None
        course.answers[ask.id] = answer
    return course.answers[ask.id]


def required(course: Course, ask: Ask) -> Asking:
    """Asks what has to be answered before anything moves: who says nothing, twice, has no session."""
    answer = yield from asked(course, ask)
    if answer is None:
        yield from _unanswered(course)
    return answer


def dismissed(line: str, outcome: str) -> Script:
    """No session today: says why, and ends."""
    yield Speak(Line(line))
    yield Finish(outcome)


def eased(course: Course) -> Script:
    """Makes the session one level easier, once, and says so."""
    if not course.eased:
        course.ease()
        yield Speak(Line("screen.easy_start"))


def emergency_line(name: str, course: Course) -> Line:
    """A line that names the number to call."""
    return Line(name, (("emergency", course.plan.emergency),))


def _unanswered(course: Course) -> Script:
    """Nobody answered, twice; why, where the microphone is known to be dead."""
    if course.deaf and not course.answers:
        yield Speak(Line("setup.silent"))
    yield from dismissed("refuse.silence", "silence")


def _once(ask: Ask) -> Asking:
    return (yield ask)


def _read_back(ask: Ask) -> Asking:
    """A high number is said back; "no" asks again. What is neither denied nor confirmed stands: it errs on the side of more pain."""
    answer: Answer = None
    for _ in range(READ_BACK_TRIES):
        answer = yield ask
        if not isinstance(answer, int) or answer < READ_BACK_FROM:
            return answer
        confirmed = yield yes_no("read_back", ("number", answer))
        if confirmed is not Intent.NO:
            return answer
    return answer
