"""What the session does when a part of it fails, comes back, or may not have been there: it never moves on by itself."""

from dataclasses import asdict

from voicecoach.coach import aftermath, waiting
from voicecoach.coach.floor import Floor
from voicecoach.coach.phases import PAUSABLE, Phase
from voicecoach.coach.requests import Script
from voicecoach.coach.taking_up import reached
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Reached

HEARING = frozenset({"microphone", "recognizer"})
SPEAKING = frozenset({"speaker"})
NOTED = {"disk": "fault.disk", "recording": "fault.recording"}
"""What keeps nobody from going on, and is said when nothing moves."""
VOICE = "voice"
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
        if what == "sound":
            self._end_for_fault()
        elif what == VOICE:
            self._voice_failed()
        elif what in NOTED:
            self.course.put_off(Line(NOTED[what]))
        elif what in waiting.DOUBTS:
            if self.phase in PAUSABLE - {Phase.SCREEN}:
                self._doubt(waiting.into_pause(waiting.DOUBTS[what], self.phase, self.course))
        elif what in HEARING | SPEAKING:
            known = self._what_failed
            self._failed.add(what)
            if self.phase not in UNSTOPPABLE and VOICE not in self._failed and self._what_failed != known:
                self._say_what_failed()

    def _doubt(self, script: Script) -> None:
        """While a suspicion holds everything the pause waits for its end, so that no word is talked over."""
        if self._performer.frozen:
            self._performer.hold(script)
        else:
            self.turn_to(script, "fault")

    def _voice_failed(self) -> None:
        """Once stopped, what can't be said is left out: the rest of the advice may still be heard. Otherwise it is over.

        The sentence that says so may still sound: what was made earlier is kept. If it doesn't, it ends at once, and so does the session.
        """
        if self.phase is not Phase.STOPPED and VOICE not in self._failed:
            self._failed.add(VOICE)
            self._hold(waiting.without_a_voice())

    def _end_for_fault(self) -> None:
        """Ends at once. What had been found before stays the outcome, and a session that was stopped was."""
        self._prompter.hush("fault")
        self._performer.drop()
        otherwise = "stopped" if self.phase is Phase.STOPPED else "fault"
        self.finished(aftermath.found(self.course) or otherwise, self._now_s)

    @property
    def _what_failed(self) -> str:
        """The line that says it, "" when nothing did."""
        return "fault.hearing" if self._failed & HEARING else "fault.speaker" if self._failed & SPEAKING else ""

    def _say_what_failed(self) -> None:
        self._hold(waiting.out_of_order(self._what_failed, self.course))

    def _hold(self, script: Script) -> None:
        self._prompter.hush("fault")
        if self.phase is not Phase.PAUSED:
            self._enter(Phase.PAUSED, self._now_s)
        self._performer.perform(script, self._now_s)

    def _recovered(self, what: str) -> None:
        """A word is waited for; or, with something else still out of order, what that is is said if it wasn't, or by a silent speaker."""
        if what not in self._failed:
            return
        known = self._what_failed
        self._failed.discard(what)
        if self.phase is not Phase.PAUSED or VOICE in self._failed:
            return
        if self._failed:
            if what in SPEAKING or self._what_failed != known:
                self._say_what_failed()
        else:
            self.turn_to(waiting.paused("fault.recovered", self.back_to, self.course), "recovered")
