"""A session whose inputs all stand in the script with their moments, the voice's too: as it was on some mat."""

import fnmatch

from tests.coach.stage import PHRASEBOOK
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, Listen, Say
from voicecoach.messages.events import Input, LineEnded, LineStarted, Started
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.memory import Memory
from voicecoach.record.handover import Fields, Handover
from voicecoach.replay.noted import noted
from voicecoach.replay.replaying import NOTHING
from voicecoach.understanding.interpret import interpret


class Exact:
    """As Rehearsed, but nothing is said or answered by itself, and nothing takes any time."""

    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory, *, recorded: bool = False) -> None:
        self.session = Session(plan, curriculum, memory)
        self.happened: list[tuple[float, str]] = []
        self._seen = 0
        self._moment = self.session.moment
        self._lines: dict[int, str] = {}
        self._door = Handover(self.session, self._taken, self._perform)
        self._door.hand_over(Started(recorded=recorded), 0.0)

    @property
    def now_s(self) -> float:
        """The moment of what happened last."""
        return self._door.now_s

    def since(self, mark: int) -> list[str]:
        """What happened since `len(happened)` was `mark`."""
        return [text for _, text in self.happened[mark:]]

    def run_until(self, at_s: float) -> None:
        """Lets time pass."""
        self._door.pass_time(at_s)

    def hear(self, phrase: str, stage: Stage = Stage.CONFIRMED) -> None:
        """Somebody says `phrase`, now."""
        heard = Heard(stage, phrase if PHRASEBOOK.knows(phrase) else "", phrase, self.now_s)
        self._door.hand_over(interpret(heard, self._moment, PHRASEBOOK), self.now_s)

    def tell(self, event: Input) -> None:
        """Something else happens, now."""
        self._door.hand_over(event, self.now_s)

    def says(self, words: str) -> str:
        """What is wrong with a "begins 17 set.lift", "ends 17 set.lift"; "" if that is the line that the coach asked for."""
        _, number, line = words.split()
        asked = self._lines.get(int(number), NOTHING)
        return "" if asked == line else f"the coach asked for {asked}"

    def run_to(self, pattern: str, within_s: float = 60.0) -> bool:
        """Whether something that matches `pattern` has happened since what was looked for last; if not, it is waited for."""
        until_s = self.now_s + within_s
        while (found := self._found(pattern)) is None:
            if self.session.outcome is not None or not self._door.wake_once(until_s):
                return False
        self._seen = found + 1
        return True

    def _found(self, pattern: str) -> int | None:
        rest = enumerate(self.happened[self._seen :], self._seen)
        return next((n for n, (_, text) in rest if text == pattern or fnmatch.fnmatchcase(text, pattern)), None)

    def _taken(self, event: Input, more: Fields, at_s: float) -> None:
        del more
        if isinstance(event, LineStarted):
            self.happened.append((at_s, f"line {self._lines.get(event.say_id)}"))
        elif isinstance(event, LineEnded) and event.cut_short:
            self.happened.append((at_s, f"cut {self._lines.get(event.say_id)}"))

    def _perform(self, action: Action) -> None:
        if isinstance(action, Say):
            self._lines[action.say_id] = action.line.id
        elif isinstance(action, Listen):
            self._moment = action.moment
        if text := noted(action):
            self.happened.append((self.now_s, text))
