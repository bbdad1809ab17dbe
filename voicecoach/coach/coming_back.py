"""After a session that nobody ended: says what happened, asks for pain, and offers to go on or to close.

Nothing begins by itself: it takes a "no" to new pain, a number, "go on", and then the word that ends every pause. Where several people are
known it is asked whether it is the same one; for anybody else it is a new session. Who says nothing, or
nothing clear, is left in peace. What was said before a safety word was cut off by the same mishap is not offered any more: the word is
obeyed now.
"""

from collections.abc import Generator

from voicecoach.coach.aftermath import following
from voicecoach.coach.check_ins import PAIN, pain_now
from voicecoach.coach.cooling_down import farewell
from voicecoach.coach.course import Course
from voicecoach.coach.ground import get_up
from voicecoach.coach.inquiry import asked, dismissed, number, yes_no
from voicecoach.coach.mat_check import mat_check
from voicecoach.coach.people import called, those_known
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Answer, Ask, Become, Enter, Expects, Finish, Note, Request, Script, Speak
from voicecoach.coach.sides import placed
from voicecoach.coach.taking_up import set_to_come, take_up
from voicecoach.coach.waiting import paused
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import CutOff, Person, Reached

NEW_PAIN = "cut_off.pain"
GO_ON = "cut_off.go_on"
THEY = "cut_off.they"
SEVERAL = 2
STILL_DOWN = "cut_off.still_down"
TOLD = "cut off"
"""This step of the arrival."""
MINUTE_S = 60.0
FEWEST_MINUTES = 2
WORDS = {"stopped": (Intent.STOP, ""), "pain": (Intent.PAIN, ""), "emergency": (Intent.DISTRESS, "grave")}
"""What was said, by the outcome that it gave: of an emergency only that it was one is known."""
BEFORE = {Phase.TEACH: "cut_off.teach", Phase.WARM_UP: "cut_off.warm_up", Phase.COOL_DOWN: "cut_off.cool_down"}


def coming_back(course: Course, cut: CutOff) -> Script:
    """All of it: it ends the session itself, or leads into a pause and from there back to where it was."""
    person, before = _person(cut, course), cut.reached
    if not course.met:
        yield Become(person)
        from_set = set_to_come(before) if before else 1
        yield Note("cut_off", {"person": person.id, "ago_s": cut.ago_s, "outcome": cut.outcome, "set": from_set})
    if cut.outcome in WORDS or before is None:
        yield from _obeyed(cut, course)
    else:
        yield from _offered(cut, before, course)


def interrupted(course: Course) -> CutOff | None:
    """What there is to come back to; nothing that is too long ago, and nothing of somebody's who is said not to be here."""
    cut = course.memory.cut_off
    if cut is None or cut.person in course.not_them or not 0 <= cut.ago_s <= course.numbers.cut_off.within_s:
        return None
    return cut if cut.reached or cut.outcome in WORDS else None


def _person(cut: CutOff, course: Course) -> Person:
    """Whoever it was, with all that is known of them."""
    return next((person for person in course.memory.people if person.id == cut.person), Person(cut.person))


def _obeyed(cut: CutOff, course: Course) -> Script:
    """The word was heard, and perhaps nothing more than heard."""
    intent, topic = WORDS[cut.outcome]
    yield Enter(Phase.STOPPED)
    yield from following(Meant(intent, Stage.CONFIRMED, topic=topic), None, course)


def _offered(cut: CutOff, before: Reached, course: Course) -> Script:
    """Pain first, then the question, then a pause that only a word ends."""
    if TOLD not in course.arrived:
        yield from _told(cut.ago_s, before)
        course.arrived.add(TOLD)
    yield from _pain(cut, course)
    if not (yield from _still_they(course)):
        return
    accepts = frozenset({Intent.GO_ON, Intent.RESUME, Intent.CLOSE})
    answer = yield from asked(course, Ask(GO_ON, Expects.PHRASE, Line(GO_ON), accepts=accepts, moment="cut_off", options="options.cut_off"))
    if answer is None:
        yield from dismissed("cut_off.silence", "silence")
    elif answer is Intent.CLOSE:
        yield from _closing(before, course)
    yield from mat_check(course)
    back_to = take_up(course, before)
    yield Enter(Phase.PAUSED, back_to)
    yield from paused("cut_off.ready", back_to, course)


def _told(ago_s: float, before: Reached) -> Script:
    """How long ago, and where that was."""
    minutes = round(ago_s / MINUTE_S)
    yield Speak(Line("cut_off.ago", (("minutes", minutes),)) if minutes >= FEWEST_MINUTES else Line("cut_off.now"))
    yield Speak(_where(before))


def _where(before: Reached) -> Line:
    if name := BEFORE.get(Phase(before.phase)):
        return Line(name)
    coming = set_to_come(before)
    sets = (("set", min(coming, before.sets)), ("sets", before.sets))
    if coming > before.sets:
        return Line("cut_off.last")
    if coming > before.set or not before.done:
        return Line("cut_off.between", sets)
    where = placed(before.done, before.left_until, before.lifts)
    return Line(f"cut_off.set_{where.side}" if where.side else "cut_off.set", (("n", where.n), *sets))


def _pain(cut: CutOff, course: Course) -> Script:
    """New pain, or clearly more than before, is a reason to stop, as on any evening; the other rules are those before a session."""
    new: Answer = yield from asked(course, yes_no(NEW_PAIN))
    pain: Answer = None
    if new is Intent.NO:
        pain = yield from asked(course, number(PAIN))
    if new is None or (new is Intent.NO and pain is None):
        yield from dismissed("cut_off.silence", "silence")
    numbers = course.numbers.pain
    if not isinstance(pain, int) or pain > numbers.easier or (cut.pain is not None and pain - cut.pain >= numbers.rise):
        if isinstance(pain, int):
            course.answers["pain.level"] = pain  # once is enough
        yield Enter(Phase.STOPPED)
        yield from following(Meant(Intent.PAIN, Stage.CONFIRMED), None, course)
    yield from pain_now(course)


def _still_they(course: Course) -> Generator[Request, Answer, bool]:
    """Whether it is the same person, where it could be another one who is known: what was answered before is theirs alone."""
    if len(those_known(course)) < SEVERAL:
        return True
    same = yield from asked(course, yes_no(THEY, ("name", called(course, course.person))))
    if same is None:
        yield from dismissed("cut_off.silence", "silence")
    elif same is not Intent.YES:
        course.not_them.add(course.person.id)
        course.met = False
        yield Speak(Line("who.changed"))
    return same is Intent.YES


def _closing(before: Reached, course: Course) -> Script:
    """The way up for who is still down; who isn't heard may be, too."""
    yield Speak(Line("cut_off.closing"))
    still_down = yield from asked(course, yes_no(STILL_DOWN))
    if still_down is not Intent.NO:
        yield from get_up(course)
    yield from farewell(course, before.total)
    yield Finish("stopped")
