"""What somebody in the room could note of a session: one event, what came of it, and what had come before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.phases import Phase
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, Form, Hush, Record, Say
from voicecoach.messages.events import Event, Fault, LineEnded, LineStarted, Recovered
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import URGENT, Intent, Meant

NEEDED = frozenset({"microphone", "recognizer", "speaker"})
"""The parts without which there is no session."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One event and its consequences. `before` is the phase in which it came; the session is as it is after it."""

    event: Event
    now_s: float
    before: Phase
    over_before: bool
    actions: tuple[Action, ...]
    session: Session

    @property
    def after(self) -> Phase:
        """The phase it led to."""
        return self.session.phase

    @property
    def says(self) -> tuple[Say, ...]:
        """What is to be said because of it."""
        return tuple(action for action in self.actions if isinstance(action, Say))

    @property
    def hushed(self) -> bool:
        """Whether it made the coach fall silent."""
        return any(isinstance(action, Hush) for action in self.actions)

    def records(self, event: str) -> Iterator[Mapping[str, object]]:
        """The fields of what goes into the log under that name."""
        return (action.fields for action in self.actions if isinstance(action, Record) and action.event == event)

    @property
    def confirmed(self) -> Intent | None:
        """The word that was certainly said."""
        return self.event.intent if isinstance(self.event, Meant) and self.event.stage is Stage.CONFIRMED else None

    @property
    def suspected(self) -> bool:
        """Whether it may be a safety word."""
        return isinstance(self.event, Meant) and self.event.stage is Stage.SUSPECTED


@dataclass
class Ledger:
    """What has come before, for all the rules; none of it is asked of the coach."""

    curriculum: Curriculum
    failed: set[str] = field(default_factory=set)
    """The needed parts that are out of order."""
    doubt_since_s: float | None = None
    """When a suspicion came that nothing has resolved yet."""
    stopped: bool = False
    """Whether a safety word was said, or the session went to where nothing moves any more."""
    open: dict[int, Say] = field(default_factory=dict)
    """What is to be said and has not ended, by say_id."""
    begun: set[int] = field(default_factory=set)
    """The say_ids of what could be heard by now."""
    tested: str = ""
    """The question that asks for a safety word to try it, once it has been put and as long as nobody has answered."""
    tested_id: int = 0
    """The say_id of that question."""
    heard_test: bool = False
    """Whether that question could be heard already."""

    def tries(self, seen: Seen) -> bool:
        """Whether a safety word is the very one that the open question asks for, by itself, and the question could be heard."""
        if not isinstance(seen.event, Meant) or not self.heard_test:
            return False
        word = next((test.word for test in self.curriculum.mat if test.id == self.tested), "")
        return seen.event.phrase == seen.event.text == word

    def cries(self, seen: Seen) -> bool:
        """Whether a safety word was said that has to be obeyed."""
        return not seen.over_before and seen.confirmed in URGENT and not self.tries(seen)

    def note(self, seen: Seen) -> None:
        """Takes one event in, after the rules have seen it."""
        match seen.event:
            case Fault(what) if what in NEEDED | {"voice"}:
                self.failed.add(what)
            case Recovered(what):
                self.failed.discard(what)
            case LineStarted(say_id):
                self.begun.add(say_id)
                self.heard_test = self.heard_test or (bool(self.tested) and say_id == self.tested_id)
            case LineEnded(say_id):
                self.open.pop(say_id, None)
            case _:
                pass
        self.stopped = self.stopped or self.cries(seen) or seen.after is Phase.STOPPED
        self._doubt(seen)
        for action in seen.actions:
            self._act(action)

    def _doubt(self, seen: Seen) -> None:
        if seen.suspected and not self.stopped:
            self.doubt_since_s = seen.now_s if self.doubt_since_s is None else self.doubt_since_s
        elif isinstance(seen.event, Meant) or seen.after in (Phase.PAUSED, Phase.STOPPED, Phase.FINISHED) or seen.session.outcome:
            self.doubt_since_s = None

    def _act(self, action: Action) -> None:
        match action:
            case Say(say_id, line):
                self.open[say_id] = action
                if action.form is not Form.WHY and any(line.id == test.id for test in self.curriculum.mat):
                    self.heard_test = self.heard_test and self.tested == line.id
                    self.tested, self.tested_id = line.id, say_id
            case Hush():
                self.open.clear()
            case Record("answer", fields) if fields["id"] == self.tested:
                self.tested = ""
            case Record("phase"):
                self.tested = ""
            case _:
                pass
