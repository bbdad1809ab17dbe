"""The session itself, phase by phase: warm-up, set, check-in, rest, cool-down.

Every script can be left at any moment and begun again where it was.
"""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.people import goodbye
from voicecoach.coach.phases import Phase
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Await, Beat, Enter, Finish, Script, Speak
from voicecoach.coach.screening import PAIN, asked, number, yes_no
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

COUNTDOWN = 3
WARM_UP_FULL_S = 240.0
"""What the parts below take at their full counts, so that warm_up_s scales them."""
BREATH_IN_S, BREATH_OUT_S = 4.0, 5.0
TILT_S = 5.0
SQUEEZE_S, SQUEEZE_REST_S = 3.0, 3.0
WARM_UP_PARTS = (("warm_up.breaths", 5), ("warm_up.tilts", 8), ("warm_up.squeezes", 10), ("warm_up.lifts", 5))
"""The parts and their full counts [J]: breaths, pelvic tilts, glute squeezes 10 x 3 s, half-height lifts."""
MOST_IN_WARM_UP = max(count for _, count in WARM_UP_PARTS)
"""With the usual warm_up_s: the highest number that is counted to in it."""
FEWEST = 2
"""Once is no exercise; and "one breaths" is no English."""
REST_STEP_S = 5.0
REST_WARNING_S = 10.0
HALF_WAY_FROM_REPS = 6
"""A shorter set needs no half-time."""
FORM_STOP = 2
"""Felt in the low back this often: stop, and let somebody look at the form."""
PAIN_RISE = 2
"""A change of two on the scale is real (Childs 2005)."""
UP_STEPS = 6
UP_STEP_S = 6.0
PAIN_AFTER = "cool_down.pain"
FELT = "check_in.back"
PATIENCE_S = (60.0, 60.0)
"""How long a person who asked for time may take before a reminder, and after it."""


def warm_up(course: Course) -> Script:
    """Breaths, tilts, squeezes and half-height lifts, as many as warm_up_s gives time for."""
    share = course.plan.warm_up_s / WARM_UP_FULL_S
    parts = [(name, max(FEWEST, round(count * share)) if share else 0) for name, count in WARM_UP_PARTS]
    yield from put_off(course)
    if course.part == 0 and any(count for _, count in parts):
        yield Speak(Line("warm_up.begin"))
    for index, (name, count) in enumerate(parts):
        if index >= course.part and count:
            yield Speak(Line(name, (("count", count),)))
            yield from _counted_part(name, count, course)
        course.part = max(course.part, index + 1)
    yield Enter(Phase.SET)


def _counted_part(name: str, count: int, course: Course) -> Iterator[Beat]:
    for n in range(1, count + 1):
        if name == "warm_up.breaths":
            yield Beat(BREATH_IN_S, Line("breath.in"))
            yield Beat(BREATH_OUT_S, Line("breath.out"))
        elif name == "warm_up.tilts":
            yield Beat(TILT_S, Line("warm_up.tilt" if n == 1 else "set.count", () if n == 1 else (("n", n),)))
        elif name == "warm_up.squeezes":
            yield Beat(SQUEEZE_S, Line("warm_up.squeeze", (("n", n),)), tone="lift", clear_s=SQUEEZE_S)
            yield Beat(SQUEEZE_REST_S, Line("warm_up.release"), tone="lower", clear_s=SQUEEZE_REST_S)
        else:
            tempo = course.tempo
            yield Beat(tempo.settle_s, clear_s=tempo.settle_s)
            yield Beat(tempo.lift_s, Line("warm_up.half_lift"), tone="lift", clear_s=tempo.lift_s)
            yield Beat(tempo.lower_s, Line("set.lower"), tone="lower", clear_s=tempo.lower_s + tempo.settle_s)


def work(course: Course) -> Script:
    """One set, from the repetition where it was left."""
    if course.done_reps == 0:
        yield Speak(_announcement(course))
    if course.done_reps < course.reps:
        yield from lead_in(course)
    while course.done_reps < course.reps:
        yield from _repetition(course, course.done_reps + 1)
        course.done_reps += 1
        course.total_reps += 1
    yield Beat(course.tempo.settle_s, tone="set_done")
    yield Enter(Phase.CHECK_IN)


def _announcement(course: Course) -> Line:
    name = ("set.only" if course.sets == 1 else "set.begin") + ("_one_leg" if course.legs == "one" else "")
    values: tuple[tuple[str, str | int], ...] = (("reps", course.reps),)
    if course.sets > 1:
        values += (("set", course.set_n), ("sets", course.sets))
    return Line(name, values)


def lead_in(course: Course) -> Iterator[Beat]:
    """Time to get into position, then three, two, one."""
    long_s = max(course.plan.lead_in_s - COUNTDOWN, 0.5)
    yield Beat(long_s, Line("lead_in"), clear_s=long_s)
    for n in range(COUNTDOWN, 0, -1):
        yield Beat(1.0, Line("countdown", (("n", n),)), clear_s=1.0)


def _repetition(course: Course, n: int) -> Iterator[Beat]:
    """Brace, lift, stay, lower. A remark may take the place of "brace" and of the count, never that of "lift" or "lower"."""
    tempo, full = course.tempo, course.detail == "full"
    settle_s, lift_s, top_s, lower_s = tempo.settle_s, tempo.lift_s, tempo.top_s, tempo.lower_s
    clear_s = lower_s + tempo.faster().settle_s  # "faster" may bring the next lift nearer, and its answer has to be over by then
    count = (("n", n),)
    side = ("left", "right")[(n - 1) % 2] if course.legs == "one" else ""
    lift = f"set.lift_{side}" if side else "set.lift" if full else "set.up"
    form = Form.BRIEF if course.detail == "counts" else Form.FULL
    yield Beat(settle_s, Line("set.brace") if full else None, moment="brace", clear_s=settle_s)
    yield Beat(lift_s, Line(lift), tone="lift", moment="lift", form=form, clear_s=lift_s + top_s)
    if top_s > 0:
        yield Beat(top_s, Line("set.count_stay" if full else "set.count", count), enters=Phase.HOLD, moment="hold", clear_s=top_s)
        line, form = _lowering(course, n)
        yield Beat(lower_s, line, tone="lower", enters=Phase.SET, moment="lower", form=form, clear_s=clear_s)
    else:
        yield Beat(lower_s, Line("set.count", count), tone="lower", moment="lower", clear_s=clear_s)


def _lowering(course: Course, n: int) -> tuple[Line, Form]:
    """Where the set stands when that's news, otherwise a cue as detailed as this set asks for."""
    left = course.reps - n
    if left == 1:
        return Line("set.last_one"), Form.FULL
    if left == 2:
        return Line("set.last_two"), Form.FULL
    if course.reps >= HALF_WAY_FROM_REPS and n == course.reps // 2:
        return Line("set.half_way"), Form.FULL
    if course.detail == "full":
        return Line("set.lower"), Form.FULL
    if course.detail == "brief" or n % 3 == 0:
        return Line("set.form"), Form.FULL
    return Line("set.lower"), Form.BRIEF


def check_in(course: Course) -> Script:
    """After a set: was it felt in the low back? Once is coached, twice ends the session; the last set also asks for the effort."""
    yield Speak(Line("check_in.done", (("set", course.set_n),)))
    felt = yield from asked(course, yes_no(FELT))
    if felt is None:
        yield Speak(Line("check_in.silence"))
        yield Enter(Phase.PAUSED)
        return
    if felt is not Intent.NO:
        course.felt_sets.add(course.set_n)
        if course.felt_in_back + len(course.felt_sets) >= FORM_STOP:
            yield from form_stop()
        yield Speak(Line("feel_back.form"))
    if course.last_set:
        yield from asked(course, number("check_in.effort"))
        yield Enter(Phase.COOL_DOWN)
    else:
        yield Enter(Phase.REST)


def rest(course: Course) -> Script:
    """Answers what was asked during the set, counts the rest down, and leads to the next set."""
    if course.say_when:
        yield from rest_until_asked(course)
        return
    if not course.resting:
        course.resting = True
        course.rest_left_s = course.plan.rest_s
        yield Speak(Line("rest.begin", (("seconds", round(course.rest_left_s)), ("set", course.set_n + 1), ("sets", course.sets))))
    yield from put_off(course)
    while course.rest_left_s > 0:
        step_s = min(REST_STEP_S, course.rest_left_s)
        warned = course.rest_left_s <= REST_WARNING_S < course.rest_left_s + REST_STEP_S
        yield Beat(step_s, Line("rest.warning", (("seconds", round(course.rest_left_s)),)) if warned else None, overruns=True)
        course.rest_left_s = max(0.0, course.rest_left_s - step_s)
        if course.rest_left_s <= 0:
            yield Beat(1.0, tone="rest_over")
    # Whoever asks for more rest while the tone sounds has it: the time is looked at again when the tone is over.
    yield Enter(Phase.SET)
    next_set(course)


def form_stop() -> Script:
    """Felt in the low back again: legs down, and somebody should look at the form."""
    yield Enter(Phase.STOPPED)
    yield Speak(Line("feel_back.again"))
    yield Speak(Line("feel_back.advice"))
    yield Finish("stopped")


def next_set(course: Course) -> None:
    """The next set is the current one from now on."""
    course.set_n += 1
    course.answers.pop(FELT, None)
    course.done_reps = 0
    course.rest_left_s = 0.0
    course.extra_rests = 0
    course.resting = course.say_when = False


def rest_until_asked(course: Course) -> Script:
    """After two longer rests the person says when."""
    course.say_when = True
    yield Speak(Line("rest.say_when"))
    word = yield Await(frozenset({Intent.NEXT_SET, Intent.RESUME, Intent.SKIP}), Line("rest.say_when"), PATIENCE_S)
    if word is None:
        yield Speak(Line("refuse.silence"))
        yield Enter(Phase.STOPPED)
        yield Finish("silence")
    yield Enter(Phase.SET)
    next_set(course)


def cool_down(course: Course) -> Script:
    """Quiet breathing, pain now, and the way up from the floor."""
    if not course.breathed:
        yield Speak(Line("cool_down.begin"))
        yield from put_off(course)
        for _ in range(round(course.plan.cool_down_s / (BREATH_IN_S + BREATH_OUT_S))):
            yield Beat(BREATH_IN_S, Line("breath.in"))
            yield Beat(BREATH_OUT_S, Line("breath.out"))
        course.breathed = True
    yield from closing(course)


def closing(course: Course) -> Script:
    """The last questions and words; a skipped cool-down still has them."""
    before, after = course.answers.get(PAIN), (yield from asked(course, number(PAIN_AFTER)))
    if isinstance(after, int) and isinstance(before, int) and after - before >= PAIN_RISE:
        yield Speak(Line("cool_down.worse"))
    yield Speak(Line("up.begin"))
    for step in range(1, UP_STEPS + 1):
        yield Beat(UP_STEP_S, Line(f"up.step_{step}"), overruns=True)
    yield Speak(Line("closing.soreness"))
    yield Speak(Line("closing.goodbye", (("reps", course.total_reps),)))
    yield from goodbye(course)
    yield Finish("finished")
