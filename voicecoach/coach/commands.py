"""What each word does in each phase; in STOPPED session.py lets few through. What makes no sense just then changes nothing."""

from collections.abc import Callable

from voicecoach.coach.adjusting import easier, faster, harder, less_talk, louder, more_talk, quieter, slower
from voicecoach.coach.answering import more, no, question, yes
from voicecoach.coach.arriving import arriving
from voicecoach.coach.cooling_down import PAIN_AFTER, closing
from voicecoach.coach.course import Course
from voicecoach.coach.form import form_stop
from voicecoach.coach.ground import STEPS_UP
from voicecoach.coach.inquiry import asked, yes_no
from voicecoach.coach.mat_check import GETTING_DOWN, ON_THE_MAT
from voicecoach.coach.obeying import Obeying
from voicecoach.coach.personal import forget, setting, somebody_else
from voicecoach.coach.phases import PAUSABLE, Phase, scripted
from voicecoach.coach.requests import Enter, Script, Speak
from voicecoach.coach.resting import next_set, rest_until_asked
from voicecoach.coach.teaching import skip_walk_through
from voicecoach.coach.waiting import into_pause, pausing
from voicecoach.coach.wishes import how_long, routine
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line

FINE_S, ROUND_S = 10.0, 5.0
FEWEST_SECONDS = 2

Command = Callable[[Obeying, Meant], None]


def pause(session: Obeying, _: Meant) -> None:
    """Waits until "resume". In every phase but the last ones."""
    if session.phase in PAUSABLE:
        session.turn_to(pausing(session.phase, session.course), "pause")
    else:
        session.remark(Line("paused.already"))


def resume(session: Obeying, meant: Meant) -> None:
    """Ends a pause, the rest, and the wait for "ready"."""
    arrived = session.course.arrived
    if session.phase is Phase.REST and not session.just_resumed:
        begin_next_set(session, meant)
    elif session.phase is Phase.PAUSED:
        if session.out_of_order:
            session.remark(Line("fault.still"))
        elif not session.just_resumed:
            session.turn_to(_back_to(session.back_to), "resume")
    elif session.phase is Phase.SCREEN and GETTING_DOWN in arrived and not (ON_THE_MAT in arrived or session.just_resumed):
        arrived.add(ON_THE_MAT)
        session.turn_to(arriving(session.course), "ready")
    else:
        session.remark(Line("resume.going"))


def begin_next_set(session: Obeying, meant: Meant) -> None:
    """Ends the rest, or the set that is going on."""
    if session.phase is Phase.REST:
        session.turn_to(_to_next_set(session.course), "next set")
    elif session.phase in (Phase.SET, Phase.HOLD):
        session.turn_to(_end_of_set(session.course), "next set")
    elif session.phase in (Phase.TEACH, Phase.WARM_UP):
        skip(session, meant)
    else:
        not_now(session)


def skip(session: Obeying, _: Meant) -> None:
    """Leaves out what is going on; the walk-through and the warm-up only after asking once."""
    course = session.course
    if session.phase is Phase.TEACH:
        session.turn_to(skip_walk_through(course), "skip")
    elif session.phase is Phase.WARM_UP:
        session.turn_to(_skip_warm_up(course), "skip")
    elif session.phase in (Phase.SET, Phase.HOLD):
        session.turn_to(_end_of_set(course), "skip")
    elif session.phase is Phase.REST:
        session.turn_to(_to_next_set(course), "skip")
    elif session.phase is Phase.COOL_DOWN:
        course.breathed = True
        if PAIN_AFTER in course.answers:
            course.steps_up = STEPS_UP
        session.turn_to(closing(course), "skip")
    else:
        not_now(session)


def left(session: Obeying, _: Meant) -> None:
    """How much there is still to do."""
    session.remark(lambda: _what_is_left(session))


def _what_is_left(session: Obeying) -> Line:
    course, phase = session.course, session.under_way
    if phase is Phase.SET:
        lifts = (("reps", session.lifts_left),) if session.lifts_left else ()
        return Line("left.set" if lifts else "left.last_lift", (*lifts, ("set", course.set_n), ("sets", course.sets)))
    if phase is Phase.REST:
        return _rest_left(session.rest_left_s, course)
    if phase is Phase.WARM_UP:
        return Line("left.warm_up", (("sets", course.sets),)) if course.sets > 1 else Line("left.warm_up_one")
    return Line(LEFT.get(phase, "left.start"))


def _rest_left(left_s: float, course: Course) -> Line:
    """Rounded down, to five seconds, in the last ten to one: who relies on it is never late."""
    seconds = int(left_s) if left_s < FINE_S else int(left_s // ROUND_S * ROUND_S)
    if course.rest.until_asked:
        return Line("rest.say_when")
    if seconds < FEWEST_SECONDS:
        return Line("left.soon")
    sets = course.sets - course.set_n
    return Line("left.rest", (("seconds", seconds), ("sets", sets))) if sets > 1 else Line("left.rest_last", (("seconds", seconds),))


def more_rest(session: Obeying, meant: Meant) -> None:
    """Some time more, a few times; then the person says when. Asked for anywhere else it is a pause."""
    course = session.course
    if session.phase is not Phase.REST:
        pause(session, meant)
    elif course.rest.longer < course.numbers.rest.longer_most:
        course.rest.longer += 1
        course.rest.left_s += course.numbers.rest.longer_by_s
        session.remark(Line("rest.longer", (("seconds", round(course.numbers.rest.longer_by_s)),)))
    else:
        session.turn_to(rest_until_asked(course), "more rest")


def help_me_choose(session: Obeying, _: Meant) -> None:
    """Three things that can be said now."""
    session.remark(help_line(session))


def help_line(session: Obeying) -> Line:
    """The line that names them; to a question what it takes, if that isn't yes or no."""
    if session.options:
        return Line(session.options)
    return Line(f"help.{scripted(session.phase).value}")


def why(session: Obeying, _: Meant) -> None:
    """The reason for what was said last."""
    session.repeat(Form.WHY)


def repeat(session: Obeying, _: Meant) -> None:
    """What was said last, once more."""
    session.repeat()


def feel_back(session: Obeying, meant: Meant) -> None:
    """Felt in the low back: legs down and form first; the second time it's a stop."""
    session.course.felt_in_back += 1
    if session.course.felt_too_often:
        session.turn_to(form_stop(), meant.intent)
    elif session.legs_move:
        session.turn_to(into_pause("feel_back.pause", session.phase, session.course), meant.intent)
    else:
        session.remark(Line("feel_back.form"))


def not_now(session: Obeying) -> None:
    """The word makes no sense just then."""
    session.remark(Line(NOT_NOW.get(session.phase, "not_now.other")))


def _back_to(phase: Phase) -> Script:
    yield Enter(phase)


def _to_next_set(course: Course) -> Script:
    yield Enter(Phase.SET)
    next_set(course)


def _end_of_set(course: Course) -> Script:
    course.failed_sets.add(course.set_n)
    yield Speak(Line("skip.set"))
    yield Enter(Phase.CHECK_IN)


def _skip_warm_up(course: Course) -> Script:
    if Phase.WARM_UP not in course.skips_asked:
        course.skips_asked.add(Phase.WARM_UP)
        answer = yield from asked(course, yes_no("warm_up.skip"))
        if answer is None:
            yield Enter(Phase.PAUSED)
            return
        if answer is not Intent.YES:
            yield Speak(Line("skip.kept"))
            return
    yield Enter(Phase.SET)


NOT_NOW = {
    Phase.SCREEN: "not_now.screen",
    Phase.CHECK_IN: "not_now.check_in",
    Phase.PAUSED: "not_now.paused",
    Phase.COOL_DOWN: "not_now.cool_down",
}
LEFT = {Phase.COOL_DOWN: "left.cool_down", Phase.CHECK_IN: "not_now.check_in"}
"""Where there is nothing to count."""
COMMANDS: dict[Intent, Command] = {
    Intent.PAUSE: pause,
    Intent.RESUME: resume,
    Intent.NEXT_SET: begin_next_set,
    Intent.SKIP: skip,
    Intent.SLOWER: slower,
    Intent.FASTER: faster,
    Intent.LOUDER: louder,
    Intent.QUIETER: quieter,
    Intent.LESS_TALK: less_talk,
    Intent.MORE_TALK: more_talk,
    Intent.EASIER: easier,
    Intent.HARDER: harder,
    Intent.LEFT: left,
    Intent.MORE_REST: more_rest,
    Intent.HELP: help_me_choose,
    Intent.WHY: why,
    Intent.REPEAT: repeat,
    Intent.FEEL_BACK: feel_back,
    Intent.QUESTION: question,
    Intent.MORE: more,
    Intent.YES: yes,
    Intent.NO: no,
    Intent.HOW_LONG: how_long,
    Intent.ROUTINE: routine,
    Intent.SOMEBODY_ELSE: somebody_else,
    Intent.SETTING: setting,
    Intent.FORGET: forget,
}
"""Not sure and numbers mean something only to a question; yes and no also to "more?"."""
