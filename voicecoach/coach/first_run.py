"""The coach of the first run: a session that has nothing but its questions, and in which nothing can be moved.

What a safety word does is a session's own: hush, stop, the questions and the advice after it, and nothing leads back. All else that could
lead on is cut off here.
"""

from voicecoach.coach.asking import AskTurn
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.faltering import HEARING, SPEAKING, VOICE
from voicecoach.coach.phases import Phase
from voicecoach.coach.placing import flaws_of
from voicecoach.coach.plan import Plan
from voicecoach.coach.requests import Beat, Enter
from voicecoach.coach.session import WHEN_STOPPED, Session
from voicecoach.coach.setting_up import Todo, setting_up
from voicecoach.messages.events import Calibrated, Event, HardToHear, Started, Unclear
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.memory import Memory

NEEDED = HEARING | SPEAKING | {VOICE}
"""Without one of these there is nothing to set up."""


class FirstRun(Session):
    """Sets the coach up by asking. Not thread-safe."""

    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory, todo: Todo) -> None:
        super().__init__(plan, curriculum, memory)
        self._todo = todo

    def begun(self, request: Beat | Enter, at_s: float) -> None:
        """Nothing is entered and no beat begins: there is no way from here to a movement."""
        del request
        self._prompter.hush("fault")
        self.finished("fault", at_s)

    def over(self, now_s: float) -> None:
        """After the script there is nothing."""
        self.finished("finished", now_s)

    def unresolved(self, now_s: float) -> None:
        """Nobody knows whether it was "stop", so it was."""
        del now_s
        self._obey_safety(Meant(Intent.STOP, Stage.CONFIRMED, "", ""))

    def _take(self, event: Event) -> None:
        if isinstance(event, Started):
            self._performer.perform(setting_up(self.course, self._todo), self._now_s)
        else:
            super()._take(event)

    def _answer_or_obey(self, meant: Meant) -> None:
        """Answers count, and what makes a question plainer; no command leads anywhere else."""
        turn = self._performer.turn
        if self.phase is Phase.STOPPED:
            super()._answer_or_obey(meant)
        elif isinstance(turn, AskTurn) and turn.offer(meant.intent, meant.value, self._now_s, meant.topic):
            self._performer.settle(self._now_s)
        elif meant.intent in WHEN_STOPPED:
            super()._answer_or_obey(meant)
        elif isinstance(turn, AskTurn):
            turn.unclear(self._now_s)

    def _unclear(self, event: Unclear) -> None:
        turn = self._performer.turn
        if self.phase is Phase.STOPPED:
            super()._unclear(event)
        elif isinstance(turn, AskTurn):
            turn.unclear(self._now_s)
        elif event.worrying:
            self.unresolved(self._now_s)

    def _fault(self, what: str) -> None:
        if self.phase is not Phase.STOPPED and what in NEEDED:
            self._end_for_fault()
        else:
            super()._fault(what)

    def _heed(self, event: HardToHear | Calibrated) -> None:
        super()._heed(event)
        if isinstance(event, Calibrated):
            self._todo.flaws = flaws_of(event.figures, event.last)
            self.course.put_off_lines.clear()
