"""How the exercise is taught: the first time step by step, with one lift for practice; later as a reminder that grows shorter.

Nothing is taught to nobody: where no word comes, or none that means "go on", the coach waits in a pause.
"""

from collections.abc import Generator, Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.cues import reminders
from voicecoach.coach.inquiry import yes_no
from voicecoach.coach.once import once
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Answer, Beat, Enter, Remember, Request, Script, Speak
from voicecoach.coach.steps import step
from voicecoach.coach.working import lead_in
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

OPTIONS = "options.step"
SKIP = "skip.walk_through"
AGAIN = "try.again"


def walk_through(course: Course) -> Script:
    """All of it for who has never heard it to its end, otherwise what is worth a reminder. Leads to the warm-up."""
    if course.person.taught:
        for line in reminders(course)[course.lesson :]:
            yield Speak(line)
            course.lesson += 1
    elif not (yield from _lesson(course)):
        yield Enter(Phase.PAUSED)
        return
    else:
        yield Speak(Line("teach.end"))
        yield Remember("taught", True)  # noqa: FBT003 - the fact's value
    yield Enter(Phase.WARM_UP)


def skip_walk_through(course: Course) -> Script:
    """Leaves the rest out, after asking once; then the next session begins with it again."""
    if not course.person.taught and Phase.TEACH not in course.skips_asked:
        course.skips_asked.add(Phase.TEACH)
        answer = yield yes_no(SKIP)
        if answer is not Intent.YES:
            yield Speak(Line("skip.kept"))
            return
    yield Enter(Phase.WARM_UP)


def _lesson(course: Course) -> Generator[Request, Answer, bool]:
    """The steps, each until "ready", and the lift for practice. Whether all of it was gone through."""
    steps = course.curriculum.teaching.steps
    if course.lesson == 0:
        yield from once(course, "teach.begin")
    for taught in steps[course.lesson :]:
        line = taught.one_leg if course.legs == "one" and taught.one_leg else taught.line
        if (yield from step(taught.line, line, options=OPTIONS)) is None:
            return False
        course.lesson += 1
    return course.lesson > len(steps) or (yield from _practice(course))


def _practice(course: Course) -> Generator[Request, Answer, bool]:
    """One lift in the tempo of the set, as often as the person likes. Whether it was done."""
    while True:
        if (yield from step("try.ready", options=OPTIONS)) is None:
            return False
        yield from lead_in(course)
        yield from _one_lift(course)
        yield from put_off(course)
        answer = yield yes_no(AGAIN)
        if answer is not Intent.YES:
            course.lesson += answer is not None
            return answer is not None


def _one_lift(course: Course) -> Iterator[Beat]:
    tempo = course.tempo
    yield Beat(tempo.settle_s, Line("practice.brace"), clear_s=tempo.settle_s)
    yield Beat(tempo.lift_s, Line("practice.lift"), tone="lift", clear_s=tempo.lift_s)
    yield Beat(tempo.top_s, Line("practice.stay"), clear_s=tempo.top_s)
    yield Beat(tempo.lower_s, Line("practice.lower"), tone="lower", clear_s=tempo.lower_s + tempo.settle_s)
    yield Beat(tempo.settle_s, tone="set_done")
