"""What the session can do to itself: say something beside what is going on, turn to something else, go from phase to phase, end."""

from voicecoach.coach import aftermath, exercise, waiting
from voicecoach.coach.asking import AskTurn
from voicecoach.coach.course import Course, course_of
from voicecoach.coach.machine import PhaseMachine
from voicecoach.coach.performer import Performer
from voicecoach.coach.phases import MOVING, PAUSABLE, Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.prompter import Prompter
from voicecoach.coach.remarks import Remark, Remarks
from voicecoach.coach.requests import Beat, Enter, Expects, Script
from voicecoach.coach.screening import PAIN, screening
from voicecoach.coach.turns import BeatTurn, SpeakTurn
from voicecoach.messages.actions import End, Form, Loudness
from voicecoach.messages.lines import Line

SCRIPTS = {
    Phase.SCREEN: screening,
    Phase.WARM_UP: exercise.warm_up,
    Phase.SET: exercise.work,
    Phase.CHECK_IN: exercise.check_in,
    Phase.REST: exercise.rest,
    Phase.COOL_DOWN: exercise.cool_down,
}

SAID_TWICE_S = 3.0


class Floor:
    """Where the session stands, and its moves. Commands and the performer see it as Obeying and Owner."""

    def __init__(self, plan: Plan) -> None:
        self.course: Course = course_of(plan)
        self.back_to = Phase.SCREEN
        self.outcome: str | None = None
        self._machine = PhaseMachine()
        self._prompter = Prompter()
        self._performer = Performer(self._prompter, self, plan.answer_s)
        self._remarks = Remarks(self._prompter, self.course.put_off)
        self._resumed_at_s = float("-inf")
        self._failed: set[str] = set()
        self._mark: tuple[int, int, str] | None = None
        self._now_s = 0.0

    @property
    def phase(self) -> Phase:
        """Where the session is."""
        return self._machine.phase

    @property
    def moment(self) -> str:
        """What may be said while no question is open."""
        return self.phase.value

    @property
    def just_resumed(self) -> bool:
        """Whether a pause has ended only now: the word that ended it may be said twice."""
        return self._now_s - self._resumed_at_s < SAID_TWICE_S

    @property
    def out_of_order(self) -> bool:
        """Whether a part that is needed has failed."""
        return bool(self._failed)

    @property
    def summary(self) -> dict[str, object]:
        """What was done, for the end of the log."""
        before, after = self.course.answers.get(PAIN), self.course.answers.get(exercise.PAIN_AFTER)
        pain = {name: value for name, value in (("pain_before", before), ("pain_after", after)) if isinstance(value, int)}
        return {"reps": self.course.total_reps, "sets": self.course.set_n if self.course.total_reps else 0, **pain}

    @property
    def expects(self) -> Expects | None:
        """What kind of answer is waited for; None when nothing was asked."""
        turn = self._performer.turn
        return turn.request.expects if isinstance(turn, AskTurn) else None

    @property
    def lifts_left(self) -> int:
        """How many lifts of this set still have to be begun, or are on their way up."""
        course = self.course
        lowering = self._mark == (course.set_n, course.done_reps + 1, "lower")
        return course.reps - course.done_reps - lowering

    @property
    def rest_left_s(self) -> float:
        """How long it is at least until the next set."""
        turn = self._performer.turn
        return self.course.rest_left_s - (turn.elapsed_s(self._now_s) if isinstance(turn, BeatTurn) else 0.0)

    @property
    def advising(self) -> bool:
        """Whether something is being said after a safety word that has to be heard."""
        return self.phase is Phase.STOPPED and isinstance(self._performer.turn, SpeakTurn)

    def remark(self, remark: Remark, form: Form = Form.FULL) -> None:
        """Says something beside what is going on: a question that is cut is asked again; a cue isn't cut; advice isn't interrupted."""
        turn = self._performer.turn
        if isinstance(turn, BeatTurn) and self.phase in MOVING:
            self._prompter.tone("heard")  # the words may have to wait for a gap
            self._remarks.add(remark, form, turn)
            return
        line = remark if isinstance(remark, Line) else remark()
        if isinstance(turn, AskTurn):
            turn.interject(line, self._now_s, form)
        elif not self.advising:
            self._prompter.say(line, form=form)

    def turn_to(self, script: Script, why: str) -> None:
        """Hushes, drops what is going on, and performs `script`."""
        self._prompter.hush(why)
        self._performer.perform(script, self._now_s)

    def loudness(self, gain_db: float) -> None:
        """Changes how loud everything is."""
        self._prompter.do(Loudness(gain_db))

    def repeat(self, form: Form = Form.FULL) -> None:
        """Says again what was said last, or the reason for it."""
        line = self._prompter.last_line if form is Form.WHY else self._prompter.last_told
        if self.advising and line and form is Form.FULL and self._prompter.times(line) == 1:
            self._prompter.say(line)
        elif line:
            self.remark(line, form)

    def begun(self, request: Beat | Enter, at_s: float) -> None:
        """A beat begins, or a phase is to be entered."""
        if isinstance(request, Enter):
            self._enter(request.phase, at_s)
            return
        if request.enters and request.enters is not self.phase:
            self._enter(request.enters, at_s)
        course = self.course
        mark = (course.set_n, course.done_reps + 1, request.moment)
        if request.moment and mark != self._mark:
            self._mark = mark
            fields = {"n": course.done_reps + 1, "of": course.reps, "set": course.set_n, "moment": request.moment}
            self._prompter.record("rep", fields, at_s)
        turn = self._performer.turn
        if isinstance(turn, BeatTurn) and self.phase in MOVING:
            self._remarks.offer(turn)

    def over(self, now_s: float) -> None:
        """The script has ended: on to that of the phase it led to."""
        if self.phase is Phase.PAUSED:
            self._performer.perform(waiting.paused("paused.begin", self.back_to), now_s)
        elif self.phase is Phase.STOPPED:
            self._performer.perform(aftermath.emergency_found(self.course), now_s)
        else:
            self._performer.perform(SCRIPTS[self.phase](self.course), now_s)

    def unresolved(self, now_s: float) -> None:
        """Nobody knows whether it was "stop": nothing moves until the person says so. Where nothing can move, it goes on."""
        if self.phase in PAUSABLE:
            self.turn_to(waiting.pausing(self.phase), "unresolved")
        else:
            self._performer.thaw(now_s)

    def finished(self, outcome: str, now_s: float) -> None:
        """The session has ended."""
        if self._machine.may_enter(Phase.FINISHED):
            self._enter(Phase.FINISHED, now_s)
        self.outcome = outcome
        self._prompter.do(End(outcome))

    def _enter(self, phase: Phase, at_s: float) -> None:
        before = self.phase
        self._machine.enter(phase)
        left = [] if phase in MOVING else self._remarks.forget()
        for line in left if phase is Phase.CHECK_IN else ():
            self._prompter.say(line)
        if phase is Phase.PAUSED:
            self._mark = None
            self.back_to = Phase.SET if before is Phase.HOLD else before
        if before is Phase.PAUSED:
            self._resumed_at_s = at_s
        self._prompter.record("phase", {"from": before.value, "to": phase.value}, at_s)
