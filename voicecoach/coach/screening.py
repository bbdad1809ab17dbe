"""The safety questions before a session, and what each answer means.

Which questions there are, in which order, and where they come from, stands in prompts/<locale>/screening.toml.

Rules: all of them at the first use, then every twelve months, after an emergency, and when something has changed. A "yes" or "not sure" to
a sign of an emergency ends the session with its wording; to an urgent one, with the advice to see a doctor soon. What needs a clearance is
asked for it once, at the end: cleared means the easiest level. Pregnancy needs the doctor's or midwife's word. No answer twice means not
screened, and that means no session. Until all are answered nobody counts as screened.
"""

from voicecoach.coach.aftermath import emergency_found
from voicecoach.coach.course import Course
from voicecoach.coach.curriculum import Concern, SafetyQuestion
from voicecoach.coach.inquiry import dismissed, eased, required, yes_no
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Answer, Ask, Asking, Enter, Expects, Remember, Script, Speak
from voicecoach.coach.since import since
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory, Person

NEWS = "screen.news"
CLEARED = "screen.cleared"
MIDWIFE = "screen.midwife"
WHICH = frozenset({Intent.WHICH})
REFUSALS = {
    Concern.URGENT: "refuse.urgent",
    Concern.PREGNANCY: "refuse.pregnancy",
    Concern.CLEARANCE: "refuse.clearance",
    Concern.ABILITY: "refuse.floor",
}


def screening(course: Course) -> Script:
    """Asks whether anything is new, or all the questions. Ends without a word only when no answer speaks against a session."""
    if "screening" in course.arrived:
        return
    if not due(course.person, course.memory, course.numbers.frequency.screened_days):
        news = yield from required(course, yes_no(NEWS))
        if news is Intent.NO:
            return
        yield Remember("screened_on_day", None)
    yield from once(course, "screen.news_whole" if NEWS in course.answers else "greeting.questions")
    yield from _all_questions(course)
    course.arrived.add("screening")
    yield Remember("screened_on_day", course.memory.today)


def due(person: Person, memory: Memory, valid_days: float) -> bool:
    """Whether all the questions have to be asked: never answered, too long ago, by a clock that was wrong, or followed by an emergency."""
    on_day = person.screened_on_day
    if on_day is None or not 0 <= memory.today - on_day <= valid_days:
        return True
    return any(past.outcome == "emergency" for past in since(on_day, person, memory.today))


def _all_questions(course: Course) -> Script:
    concerns = set[Concern]()
    for question in course.curriculum.screening:
        answer = yield from _answer_to(question, course)
        if answer is question.clear:
            continue
        concerns.add(question.concern)
        if question.concern is Concern.EMERGENCY:
            yield from _emergency(question, answer, course)
        elif question.concern is Concern.PREGNANCY:
            yield from _only_if(MIDWIFE, question.concern, course)
        elif question.concern is Concern.URGENT:
            yield from _urgent(course)
        elif question.concern is not Concern.CLEARANCE:
            yield from dismissed(REFUSALS[question.concern], "not_cleared")
    if Concern.CLEARANCE in concerns:
        yield from _only_if(CLEARED, Concern.CLEARANCE, course)
    if concerns:
        yield from eased(course)
        course.start_easily()


def _answer_to(question: SafetyQuestion, course: Course) -> Asking:
    """The answer to a question; its parts one by one, up to the first that isn't clear, for whoever asks which one is meant."""
    answer: Answer = yield from required(course, _with_parts(question) if question.parts else yes_no(question.id))
    if answer is not Intent.WHICH:
        return answer
    for part in question.parts:
        answer = yield from required(course, yes_no(part))
        if answer is not question.clear:
            return answer
    return question.clear


def _with_parts(question: SafetyQuestion) -> Ask:
    return Ask(question.id, Expects.YES_NO, Line(question.id), accepts=WHICH, moment="screening", options="options.screening")


def _emergency(question: SafetyQuestion, answer: Answer, course: Course) -> Script:
    course.emergency = question.if_yes if answer is Intent.YES else question.if_unsure
    yield Enter(Phase.STOPPED)
    yield from emergency_found(course)


def _urgent(course: Course) -> Script:
    """No session; where the country has a number for such advice, it is named."""
    if number := course.curriculum.locale.urgent:
        yield Speak(Line("refuse.urgent_number", (("urgent", " ".join(number)),)))
    yield from dismissed(REFUSALS[Concern.URGENT], "not_cleared")


def _only_if(permission: str, concern: Concern, course: Course) -> Script:
    """Goes on only with somebody's permission, said in so many words."""
    answer = yield from required(course, yes_no(permission))
    if answer is not Intent.YES:
        yield from dismissed(REFUSALS[concern], "not_cleared")
