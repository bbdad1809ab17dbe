"""What the session can do to itself: say something beside what is going on, turn to something else, go from phase to phase, end."""

from voicecoach.coach import waiting
from voicecoach.coach.asking import AskTurn
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.people import become
from voicecoach.coach.performer import Performer
from voicecoach.coach.phases import MOVING, PAUSABLE, Phase, scripted
from voicecoach.coach.plan import Plan
from voicecoach.coach.remarks import Remark, Remarks
from voicecoach.coach.requests import Beat, Become, Enter, Note, Remember, Script
from voicecoach.coach.scripts import SCRIPTS
from voicecoach.coach.standing import Standing
from voicecoach.coach.turns import BeatTurn
from voicecoach.messages.actions import End, Form, Loudness, Manner
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import TODAY, Memory


class Floor(Standing):
    """The moves of a session. Commands and the performer see it as Obeying and Owner."""

    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory) -> None:
        super().__init__(plan, curriculum, memory)
        self._performer = Performer(self._prompter, self, plan.answer_s)
        self._remarks = Remarks(self._prompter, self.course.put_off)
        self._manner = Manner()

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

    def rehearsed(self, meant: Meant) -> bool:
        """Whether a safety word is the answer to the question that asks for it to try it; then it goes on from there."""
        turn = self._performer.turn
        if not isinstance(turn, AskTurn) or not turn.rehearsed(meant, self._now_s):
            return False
        self._performer.thaw(self._now_s)
        self._performer.settle(self._now_s)
        return True

    def remember(self, fact: str, value: str | float | bool | None) -> None:
        """Keeps a fact about whoever is on the mat: for this session, and in the log for the next ones."""
        self.course.person = self.course.person.knowing(fact, value)
        kept = TODAY if value == self.course.memory.today else value  # by name: the same evening has the same log on any day
        self._prompter.record("remembered", {"fact": fact, "value": kept}, self._now_s)
        self._speak_as_asked()

    def learned(self, request: Remember | Become | Note) -> None:
        """Who is on the mat, a fact about them, or an event is to be kept. To somebody the coach speaks as they once asked it to."""
        if isinstance(request, Note):
            self._prompter.record(request.event, request.fields, self._now_s)
            return
        if isinstance(request, Remember):
            self.remember(request.fact, request.value)
            return
        person = request.person
        before_db = self.course.gain_db
        become(self.course, person)
        self._prompter.record("person", {"id": person.id, "name": person.name}, self._now_s)
        if self.course.gain_db != before_db:
            self.loudness(self.course.gain_db)
        self._speak_as_asked()

    def loudness(self, gain_db: float) -> None:
        """Changes how loud everything is."""
        self._prompter.do(Loudness(gain_db))

    def repeat(self, form: Form = Form.FULL) -> None:
        """Says again what was said last, or the reason for it."""
        turn = self._performer.turn
        line = self._prompter.last_line if form is Form.WHY else self._prompter.last_told
        if isinstance(turn, AskTurn) and form is Form.WHY:
            line = turn.request.line
        if self.advising and line and form is Form.FULL and self._prompter.times(line) == 1:
            self._prompter.say(line)
        elif line:
            self.remark(line, form)

    def begun(self, request: Beat | Enter, at_s: float) -> None:
        """A beat begins, or a phase is to be entered."""
        if isinstance(request, Enter):
            self._enter(request.phase, at_s)
            self.back_to = request.back_to or self.back_to
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
            self._performer.perform(waiting.paused("paused.begin", self.back_to, self.course), now_s)
        else:
            self._performer.perform(SCRIPTS[self.phase](self.course), now_s)

    def unresolved(self, now_s: float) -> None:
        """Nobody knows whether it was "stop": nothing moves until the person says so. Where nothing can move, it goes on."""
        if self.phase in PAUSABLE:
            self.turn_to(waiting.pausing(self.phase, self.course), "unresolved")
        else:
            self._performer.thaw(now_s)

    def finished(self, outcome: str, now_s: float) -> None:
        """The session has ended."""
        if self._machine.may_enter(Phase.FINISHED):
            self._enter(Phase.FINISHED, now_s)
        self.outcome = outcome
        self._prompter.do(End(outcome))

    def _speak_as_asked(self) -> None:
        person = self.course.person
        manner = Manner(person.voice, person.words_per_minute, person.units)
        if manner != self._manner:
            self._manner = manner
            self._prompter.do(manner)

    def _enter(self, phase: Phase, at_s: float) -> None:
        before = self.phase
        self._machine.enter(phase)
        left = [] if phase in MOVING else self._remarks.forget()
        for line in left if phase is Phase.CHECK_IN else ():
            self._prompter.say(line)
        if phase is Phase.PAUSED:
            self._mark = None
            self.back_to, self._resumed_at_s = scripted(before), float("-inf")
        if before is Phase.PAUSED:
            self._resumed_at_s = at_s
        self._prompter.record("phase", {"from": before.value, "to": phase.value}, at_s)
