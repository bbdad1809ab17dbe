"""What the session does when a part of it fails, comes back, or may not have been there: it never moves on by itself."""

from dataclasses import asdict

from voicecoach.coach import waiting
from voicecoach.coach.floor import Floor
from voicecoach.coach.phases import PAUSABLE, Phase
from voicecoach.coach.taking_up import reached
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Reached

HEARING = frozenset({"microphone", "recognizer"})
SPEAKING = frozenset({"speaker"})
NOTED = {"disk": "fault.disk", "recording": "fault.recording"}
"""What keeps nobody from going on, and is said when nothing moves."""
UNSTOPPABLE = frozenset({Phase.STOPPED, Phase.FINISHED})
UNDECIDED = UNSTOPPABLE | {Phase.SCREEN}
"""There is nothing to go on with there: not yet, or not any more."""


class Faltering(Floor):
    """A session on a floor that may give way."""

    _place: Reached | None = None

    def _keep_place(self) -> None:
        """Writes how far the session has come whenever that has changed: a power cut announces itself to nobody."""
        place = reached(self.course, self.under_way)
        if self.under_way not in UNDECIDED and place != self._place:
            self._place = place
            self._prompter.record("course", asdict(place), self._now_s)

    def _fault(self, what: str) -> None:
        if what == "voice" and self.phase is Phase.STOPPED:
            return  # what can't be said is left out; the rest of the advice may still be heard, and the outcome stays what it is
        if what == "voice":
            self._prompter.hush("fault")
            self._performer.drop()
            self.finished("fault", self._now_s)
        elif what in NOTED:
            self.course.put_off(Line(NOTED[what]))
        elif what in waiting.DOUBTS:
            if self.phase in PAUSABLE - {Phase.SCREEN}:
                self.turn_to(waiting.into_pause(waiting.DOUBTS[what], self.phase, self.course), "fault")
        elif what in HEARING | SPEAKING and what not in self._failed:
            self._failed.add(what)
            if self.phase not in UNSTOPPABLE:
                self._hold_for_fault()

    def _hold_for_fault(self) -> None:
        self._prompter.hush("fault")
        self._performer.drop()
        if self.phase is not Phase.PAUSED:
            self._enter(Phase.PAUSED, self._now_s)
        line = "fault.hearing" if self._failed & HEARING else "fault.speaker"
        self._performer.perform(waiting.out_of_order(line, self.course), self._now_s)

    def _recovered(self, what: str) -> None:
        """A word is waited for; or, with something else still out of order, what that is is said, perhaps by a speaker that is back."""
        known = what in self._failed
        self._failed.discard(what)
        if not known or self.phase is not Phase.PAUSED:
            return
        if self._failed:
            self._hold_for_fault()
        else:
            self.turn_to(waiting.paused("fault.recovered", self.back_to, self.course), "recovered")
