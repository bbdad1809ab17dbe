"""How far a session has come, as its log keeps it, and how a session is set to where another one was cut off.

What comes back was written by this program, but perhaps by another version of it, for another plan: it may make a session shorter than
today's plan, and never longer. A lift whose lowering had begun is done; any other is done again, as after a pause.
"""

from voicecoach.coach.amounts import Wish, level_named
from voicecoach.coach.course import Break, Course
from voicecoach.coach.phases import PAUSABLE, Phase
from voicecoach.coach.plan import Pace, Tempo
from voicecoach.coach.sides import one_leg
from voicecoach.coach.training import Style
from voicecoach.messages.memory import Reached

LEGS = ("both", "one")
"""What may have been changed on the way."""


def reached(course: Course, phase: Phase) -> Reached:
    """How far `course` has come, in `phase`."""
    wish, tempo = course.wish, course.tempo
    return Reached(
        phase=phase.value,
        level=course.level.id,
        routine=wish.routine,
        kind=wish.kind,
        eased=wish.eased,
        easiest=wish.easiest,
        unguided=wish.unguided,
        fewer=wish.fewer,
        raised=course.raised,
        next_level=course.next_level.id if course.next_level else "",
        legs=course.legs,
        settle_s=tempo.settle_s,
        lift_s=tempo.lift_s,
        top_s=tempo.top_s,
        lower_s=tempo.lower_s,
        reps=course.reps,
        sets=course.sets,
        set=course.set_n,
        lifts=course.set_lifts,
        left_until=course.left_until,
        done=course.done_reps,
        total=course.total_reps,
        part=course.part,
        lesson=course.lesson,
        breathed=course.breathed,
        failed_sets=tuple(sorted(course.failed_sets)),
        fewer_from=course.fewer_from,
        felt_in_back=course.felt_in_back + len(course.felt_sets),
    )


def set_to_come(before: Reached) -> int:
    """The set in which the next lift is."""
    return before.set + (before.done >= before.lifts > 0)


def take_up(course: Course, before: Reached) -> Phase:
    """Sets `course`, whose amounts are those of today, to where it was left. Gives the phase in which it goes on."""
    _measure(course, before)
    course.set_n, course.done_reps = before.set, before.done
    sides = 2 if course.legs == "one" else 1
    course.set_lifts = min(before.lifts, max(before.done, sides * course.reps))
    course.left_until = min(before.left_until, course.set_lifts)
    if course.amounts.legs == "one" and course.legs == "both":
        one_leg(course)
    course.total_reps = course.taken_up_reps = before.total
    course.first_set = set_to_come(before)
    course.part, course.lesson, course.breathed = before.part, before.lesson, before.breathed
    course.failed_sets, course.fewer_from = set(before.failed_sets), before.fewer_from
    course.felt_in_back = before.felt_in_back
    phase = Phase(before.phase) if before.phase in {one.value for one in PAUSABLE - {Phase.SCREEN}} else Phase.COOL_DOWN
    if phase is Phase.REST:
        course.rest = Break(begun=True)  # it has lasted since then, and is over
    if set_to_come(before) > course.sets:
        return Phase.COOL_DOWN
    return Phase.SET if phase is Phase.HOLD else phase


def _measure(course: Course, before: Reached) -> None:
    """Level and wish of before, and whatever makes today easier beside that; then what was changed on the way to less.

    A level that is above today's by now was lowered meanwhile, in the settings: today's holds.
    """
    training, today = course.curriculum.training, course.wish
    rung = training.levels.index
    level, next_level = level_named(training, before.level), level_named(training, before.next_level)
    if level and rung(level) > rung(course.level):
        level = None
    if next_level and rung(next_level) > rung(course.level):
        next_level = None
    wish = Wish(
        routine=_style(training.routines, before.routine, today.routine),
        kind=_style(training.kinds, before.kind, today.kind),
        eased=before.eased or today.eased,
        easiest=before.easiest or today.easiest,
        unguided=before.unguided or today.unguided,
        fewer=before.fewer or today.fewer,
    )
    course.measure(level=level, wish=wish)
    course.raised = before.raised
    course.next_level = None if wish.gentler else next_level
    course.reps = min(before.reps, course.reps)
    if course.legs in LEGS and before.legs in LEGS:
        course.legs = before.legs
    course.tempo = _tempo(before, course.tempo, course.numbers.tempo)


def _style(styles: tuple[Style, ...], before: str, today: str) -> str:
    return before if any(style.id == before for style in styles) else today


def _tempo(before: Reached, usual: Tempo, pace: Pace) -> Tempo:
    """The tempo of before, unless no "slower" and no "faster" leads to it."""
    found = Tempo(before.settle_s, before.lift_s, before.top_s, before.lower_s)
    slow_enough = (
        found.settle_s >= min(pace.shortest_settle_s, usual.settle_s)
        and found.lift_s >= min(pace.fastest_lift_s, usual.lift_s)
        and found.lower_s >= min(pace.fastest_lower_s, usual.lower_s)
    )
    return found if slow_enough and found.repetition_s <= max(pace.slowest_repetition_s, usual.repetition_s) else usual
