"""The coach: `handle(event, now_s)` gives the actions, `wake_at_s` says when to come again.

The rules. A safety word is obeyed first, in every phase, whatever else is going on: hush, STOPPED, and nothing leads out of that. The one
exception, a word that the coach itself has asked for to try it, has its rules in mat_check.py. A suspicion hushes and
holds everything until the ears are sure. An answer goes to the question that was asked; everything else to commands.py.
"""

from voicecoach.coach import aftermath, placing, waiting
from voicecoach.coach.arriving import arriving
from voicecoach.coach.asking import AskTurn
from voicecoach.coach.commands import COMMANDS, help_line
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.faltering import UNSTOPPABLE, Faltering
from voicecoach.coach.pardon import Pardon
from voicecoach.coach.phases import MOVING, PAUSABLE, Phase
from voicecoach.coach.plan import Plan
from voicecoach.coach.turns import AwaitTurn
from voicecoach.messages.actions import Action
from voicecoach.messages.events import (
    Calibrated,
    Event,
    Fault,
    HardToHear,
    Interrupted,
    LineEnded,
    LineStarted,
    Recovered,
    Started,
    Unclear,
    Wake,
)
from voicecoach.messages.heard import Stage, Trouble
from voicecoach.messages.intents import URGENT, Intent, Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory

SAME_UTTERANCE_S = 2.0
"""A second safety word so soon, and no graver, is the same cry: what was begun for the first is said to its end."""
WHEN_STOPPED = frozenset({Intent.REPEAT, Intent.HELP, Intent.WHY, Intent.LOUDER, Intent.QUIETER})
HARD_TO_HEAR = {Trouble.CLIPPED: "level.clipped", Trouble.FAINT: "level.faint", Trouble.NOISY: "level.noisy"}


class Session(Faltering):
    """One session with one person. Not thread-safe: one thread hands it events in the order of their time."""

    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory) -> None:
        super().__init__(plan, curriculum, memory)
        self._rank = -1
        self._warned_at_s = float("-inf")
        self._pardon = Pardon()
        self._hard: set[Trouble] = set()

    @property
    def wake_at_s(self) -> float | None:
        """When `handle(Wake(), …)` is due; None when only an event can change anything."""
        return None if self.outcome else self._performer.wake_at_s

    def handle(self, event: Event, now_s: float) -> list[Action]:
        """Takes an event at `now_s` (audio clock, never earlier than the last) and says what to do, in order."""
        if self.outcome is None:
            self._now_s = now_s
            self._take(event)
            self._keep_place()
        return self._prompter.take()

    def _take(self, event: Event) -> None:
        now_s = self._now_s
        match event:
            case Started(recorded):
                self.course.recorded = recorded
                self._prompter.record("phase", {"from": "", "to": self.phase.value}, now_s)
                self._performer.perform(arriving(self.course), now_s)
            case Wake():
                self._performer.wake(now_s)
            case LineEnded(say_id, cut_short):
                self._prompter.open.discard(say_id)
                self._remarks.line_ended(say_id, cut_short=cut_short)
                self._performer.line_ended(say_id, cut_short=cut_short, now_s=now_s)
            case Meant():
                self._meant(event)
            case Unclear():
                self._unclear(event)
            case Fault(what) | Recovered(what):
                (self._fault if isinstance(event, Fault) else self._recovered)(what)
            case Interrupted():
                self._prompter.hush("interrupted")
                self._performer.drop()
                self.finished(aftermath.found(self.course) or "interrupted", now_s)
            case HardToHear() | Calibrated():
                self._heed(event)
            case LineStarted():
                pass

    def _meant(self, meant: Meant) -> None:
        if meant.stage is Stage.SUSPECTED:
            if self.advising and self._performer.insistent:
                return
            self._prompter.hush("suspected")
            self._performer.freeze(self._now_s)
        elif meant.stage is Stage.WITHDRAWN:
            self._performer.thaw(self._now_s)
        elif meant.intent in URGENT:
            if not self.rehearsed(meant):
                self._obey_safety(meant)
        else:
            self._pardon.understood()
            self._performer.thaw(self._now_s)
            self._answer_or_obey(meant)

    def _obey_safety(self, meant: Meant) -> None:
        if self.phase is Phase.STOPPED and aftermath.rank(meant) <= self._rank and self._same_cry(meant):
            self.course.pained = self.course.pained or meant.intent is Intent.PAIN
            self._performer.thaw(self._now_s)
            return
        turn = self._performer.turn
        script = aftermath.following(meant, turn.request.id if isinstance(turn, AskTurn) else None, self.course)
        self._rank, self._warned_at_s = max(self._rank, aftermath.rank(meant)), self._now_s
        self._prompter.hush(meant.intent)
        if self.phase is not Phase.STOPPED:
            self._enter(Phase.STOPPED, self._now_s)
        self._performer.perform(script, self._now_s)

    def _same_cry(self, meant: Meant) -> bool:
        """A cry may go on for long, so every repetition counts anew; but whoever cries for help for so long needs it."""
        same = self._now_s - self._warned_at_s < SAME_UTTERANCE_S
        if same and meant.intent is not Intent.DISTRESS:
            self._warned_at_s = self._now_s
        return same or (self.advising and self._performer.insistent)

    def _answer_or_obey(self, meant: Meant) -> None:
        turn = self._performer.turn
        if isinstance(turn, AskTurn):
            if turn.offer(meant.intent, meant.value, self._now_s, meant.topic):
                self._performer.settle(self._now_s)
                if self.phase is Phase.PAUSED and meant.intent is Intent.RESUME:
                    self._resumed_at_s = self._now_s  # the word that led into this pause is not the one that ends it
                return
            if meant.intent is Intent.REPEAT:
                turn.repeat(self._now_s)
                return
        elif isinstance(turn, AwaitTurn) and not (self.just_resumed and meant.intent is Intent.RESUME) and turn.offer(meant.intent):
            self._prompter.hush("answered")
            self._performer.settle(self._now_s)
            return
        command = COMMANDS.get(meant.intent)
        if self.phase is Phase.STOPPED and meant.intent not in WHEN_STOPPED:
            self.remark(Line("stop.latched"))
        elif command:
            command(self, meant)

    def _unclear(self, event: Unclear) -> None:
        """What may have been a safety phrase is asked about, and nothing moves until then; where nothing can, a pardon will do."""
        turn = self._performer.turn
        if event.worrying and self.phase in PAUSABLE and not (isinstance(turn, AskTurn) and self.phase is Phase.SCREEN):
            self.turn_to(waiting.unsure(self.phase, self.course), "unsure")
        elif isinstance(turn, AskTurn):
            turn.unclear(self._now_s)
        elif self.phase in MOVING:
            self._prompter.tone("not_heard")
        elif not self.out_of_order:
            waits = self.phase is Phase.PAUSED
            if reply := self._pardon.reply(Line("pardon.paused" if waits else "pardon"), help_line(self)):
                self.remark(reply)

    def _heed(self, event: HardToHear | Calibrated) -> None:
        """What to do about it, once in a session, as soon as nothing moves."""
        if isinstance(event, Calibrated):
            self._prompter.record("calibrated", placing.placed(event, self.course), self._now_s)
        elif event.trouble not in self._hard and self.phase not in UNSTOPPABLE:
            self._hard.add(event.trouble)
            self.course.put_off(Line(HARD_TO_HEAR[event.trouble]))
