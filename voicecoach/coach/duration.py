"""How long the session still takes: its own scripts are gone through to the end, with the answers of somebody who is well.

Nothing else has to be kept in step with the session. What a line takes is measured; what the person takes is our judgement [J].
"""

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Answer, Ask, Await, Beat, Enter, Expects, Finish, Request, Speak
from voicecoach.coach.resting import EFFORT
from voicecoach.coach.scripts import SCRIPTS
from voicecoach.coach.turns import LEAD_S
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

ANSWER_S = 1.5
"""From the end of a question to the end of a short answer, and to the ears' being sure of it."""
GAP_S = 0.2
"""Between two lines."""
SPARE_REPS = 3
MOST_REQUESTS = 10_000
"""More than the longest session has. A script that never came to its end would not keep the coach from listening."""
HALF_MINUTES_BELOW_S = 600.0
"""A half minute more or less is 10% of a session of five."""
SECONDS_BELOW_S = 100.0


def left_s(course: Course, phase: Phase) -> float:
    """What is left of the session in `phase`, in seconds; before the warm-up all that comes from it on."""
    course = deepcopy(course, {id(shared): shared for shared in (course.curriculum, course.memory, course.person, course.plan)})
    total_s, on_grid = 0.0, False
    for request in islice(_to_the_end(course, Phase.WARM_UP if phase in (Phase.SCREEN, Phase.TEACH) else phase), MOST_REQUESTS):
        match request:
            case Beat():
                total_s += request.duration_s + (0.0 if on_grid else LEAD_S)
            case Speak(line):
                total_s += GAP_S + course.curriculum.spoken_s[line.id]
            case Ask():
                total_s += GAP_S + course.curriculum.spoken_s[request.line.id] + ANSWER_S
            case Await():
                total_s += ANSWER_S
            case _:
                pass
        on_grid = isinstance(request, Beat)
    return total_s


def _to_the_end(course: Course, phase: Phase) -> Iterator[Request]:
    """All that the scripts ask for from `phase` on, when all is well."""
    script, request, answer = SCRIPTS[phase](course), None, None
    while not isinstance(request, Finish):
        try:
            request = script.send(answer)
        except StopIteration:
            script, answer = SCRIPTS[phase](course), None
            continue
        if isinstance(request, Enter) and request.phase in SCRIPTS:
            phase = request.phase
        answer = _well(request)
        yield request


def told(seconds: float, *, moving: bool) -> Line:
    """The sentence for it, rounded to what one can still believe. `moving`: it is said between two lifts."""
    when = "left" if moving else "all"
    if seconds < SECONDS_BELOW_S:
        return Line(f"how_long.{when}_seconds", (("seconds", max(10, round(seconds / 10) * 10)),))
    halves = round(seconds / 30)
    if seconds < HALF_MINUTES_BELOW_S and halves % 2:
        return Line(f"how_long.{when}_half", (("minutes", halves // 2),))
    return Line(f"how_long.{when}", (("minutes", round(seconds / 60)),))


def _well(ask: Request) -> Answer:
    if isinstance(ask, Await):
        return min(ask.accepts)
    if not isinstance(ask, Ask):
        return None
    if ask.expects is Expects.NUMBER:
        return SPARE_REPS if ask.id == EFFORT else 0
    if ask.expects is Expects.YES_NO:
        return Intent.NO
    return next((intent for intent in (Intent.YES, Intent.RESUME) if intent in ask.accepts), None)
