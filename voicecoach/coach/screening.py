"""The safety questions before a session, one at a time, and what each answer means.

Rules: a "yes" or "not sure" to an emergency question ends it with the emergency wording of its kind; pregnancy waits for the doctor or
midwife; acute pain, a disc or spinal trouble and medical supervision need a clearance; no answer twice means not screened, and that means
no session. Sources: the seed article (acute pain, disc, spine, pregnancy), NHS-type leaflets for numbness, bladder and bowel (the list in
prompts/en/says.toml), our judgement for the numbers.
"""

from dataclasses import dataclass
from enum import Enum, auto

from voicecoach.coach.course import Course
from voicecoach.coach.people import named, who
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Answer, Ask, Asking, Enter, Expects, Finish, Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

PLANNED_PAIN = 2
"""Up to here the session goes as planned."""
EASIER_PAIN = 4
"""Up to here, and usual for this person, one level easier; above, no session."""
READ_BACK_FROM = 4
"""A number this high changes what happens: it is read back first."""
READ_BACK_TRIES = 3
GET_DOWN_S = 30.0
"""Time to get onto the mat before the coach asks again."""


class Concern(Enum):
    """What a worrying answer leads to."""

    EMERGENCY = auto()
    PREGNANCY = auto()
    CLEARANCE = auto()
    ABILITY = auto()


@dataclass(frozen=True, slots=True)
class SafetyQuestion:
    """`clear` is the answer that raises no concern; anything else does."""

    id: str
    clear: Intent
    concern: Concern


QUESTIONS = (
    SafetyQuestion("screen.nerve", Intent.NO, Concern.EMERGENCY),
    SafetyQuestion("screen.acute", Intent.NO, Concern.CLEARANCE),
    SafetyQuestion("screen.spine", Intent.NO, Concern.CLEARANCE),
    SafetyQuestion("screen.pregnant", Intent.NO, Concern.PREGNANCY),
    SafetyQuestion("screen.supervised", Intent.NO, Concern.CLEARANCE),
    SafetyQuestion("screen.floor", Intent.YES, Concern.ABILITY),
)
CLEARED = "screen.cleared"
PAIN = "screen.pain"
USUAL = "screen.usual"
READY = "screen.ready"
GREETING = ("greeting.hello", "greeting.words", "greeting.limits", "greeting.questions")
"""Also the test sound by which microphone, speaker and room are measured."""
READY_WORDS = frozenset({Intent.RESUME, Intent.YES, Intent.NEXT_SET})
REFUSALS = {
    Concern.PREGNANCY: ("refuse.pregnancy", "not_cleared"),
    Concern.CLEARANCE: ("refuse.clearance", "not_cleared"),
    Concern.ABILITY: ("refuse.floor", "not_cleared"),
}


def screening(course: Course) -> Script:
    """Greets, asks what has not been asked yet, gets the person onto the mat. Ends without a word only when the session may begin."""
    if not course.met:
        for name in GREETING:
            yield Speak(Line(name))
    yield from who(course)
    needs_clearance = False
    for question in QUESTIONS:
        answer = yield from asked(course, yes_no(question.id))
        if answer is None:
            yield from _unanswered(course)
        elif answer is not question.clear and question.concern is Concern.CLEARANCE:
            needs_clearance = True
        elif answer is not question.clear and question.concern is Concern.EMERGENCY:
            course.emergency = sign_of_emergency(answer)
            yield Enter(Phase.STOPPED)
            return
        elif answer is not question.clear:
            yield from dismissed(*REFUSALS[question.concern])
    if needs_clearance:
        yield from _clearance(course)
    yield from _pain_today(course)
    yield from named(course)
    if not course.positioned:
        yield from _onto_the_mat(course)
    yield Enter(Phase.WARM_UP)


def yes_no(name: str, *values: tuple[str, str | int]) -> Ask:
    """A yes-or-no question whose line has the same name."""
    return Ask(name, Expects.YES_NO, Line(name, values))


def number(name: str) -> Ask:
    """A question for a number from 0 to 10 whose line has the same name."""
    return Ask(name, Expects.NUMBER, Line(name))


def emergency_line(name: str, course: Course) -> Line:
    """A line that names the number to call."""
    return Line(name, (("emergency", course.plan.emergency),))


def sign_of_emergency(answer: Answer) -> str:
    """The line for an answer to an emergency question that wasn't "no": who isn't sure hears when to call, who is sure that it is now."""
    return "emergency.nerve" if answer is Intent.YES else "emergency.unsure"


def dismissed(line: str, outcome: str) -> Script:
    """No session today: says why, and ends."""
    yield Speak(Line(line))
    yield Finish(outcome)


def _unanswered(course: Course) -> Script:
    """Nobody answered, twice; why, where the microphone is known to be dead."""
    if course.deaf and not course.answers:
        yield Speak(Line("setup.silent"))
    yield from dismissed("refuse.silence", "silence")


def asked(course: Course, ask: Ask) -> Asking:
    """Asks, unless it has been answered before a pause."""
    if ask.id not in course.answers:
        answer = yield from (_read_back(ask) if ask.expects is Expects.NUMBER else _once(ask))
        if answer is None:
            return None
        course.answers[ask.id] = answer
    return course.answers[ask.id]


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


def _clearance(course: Course) -> Script:
    answer = yield from asked(course, yes_no(CLEARED))
    if answer is None:
        yield from _unanswered(course)
    elif answer is not Intent.YES:
        yield from dismissed(*REFUSALS[Concern.CLEARANCE])
    elif not course.eased:
        course.ease()
        yield Speak(Line("screen.easy_start"))


def _pain_today(course: Course) -> Script:
    answer = yield from asked(course, number(PAIN))
    if answer is None:
        yield from _unanswered(course)
    elif answer is Intent.UNSURE or (isinstance(answer, int) and answer > EASIER_PAIN):
        yield from dismissed("refuse.pain", "not_cleared")
    elif isinstance(answer, int) and answer > PLANNED_PAIN:
        usual = yield from asked(course, yes_no(USUAL))
        if usual is not Intent.YES:
            yield from dismissed("refuse.pain", "not_cleared")
        if not course.eased:
            course.ease()
            yield Speak(Line("screen.easy_start"))


def _onto_the_mat(course: Course) -> Script:
    yield from put_off(course)  # the last moment at which a speaker or a microphone is moved with ease
    course.getting_down = True
    for name in ("position.down", "position.legs", "position.hands", "position.hips"):
        yield Speak(Line(name))
    answer = yield Ask(READY, Expects.PHRASE, Line(READY), window_s=GET_DOWN_S, accepts=READY_WORDS)
    if answer is None:
        yield from _unanswered(course)
    course.positioned = True
