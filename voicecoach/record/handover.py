"""The one door to the coach. Pure: a live session, a rehearsal and a replay hand over through it, and so in the same way.

What goes in is told to whoever keeps the log just before; the moment is rounded to what the log keeps of it. So the log has all that it
takes to do the same again: every input with its moment, in order. Waking the coach follows from these: it happens at the moment that the
coach has named, before any input of that moment or a later one.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action
from voicecoach.messages.events import Event, Input, Wake
from voicecoach.record.asked import PLACES

STEP_S = 10**-PLACES
Fields = Mapping[str, object]
NOTHING: Fields = {}


class Handover:
    """Hands events to the coach in order of time. `told` hears of every input before, `perform` of every action after.

    What `perform` hands over itself (a line had no room) waits until everything that was decided together has been done.
    """

    def __init__(self, coach: Session, told: Callable[[Input, Fields, float], None], perform: Callable[[Action], None]) -> None:
        self._coach = coach
        self._told = told
        self._perform = perform
        self._busy = False
        self._consequences: deque[tuple[Input, Fields]] = deque()
        self.now_s = 0.0

    def hand_over(self, event: Input, at_s: float, more: Fields = NOTHING) -> None:
        """`event`, after all that was due before it. `more` is for the log. After the end of the session: nothing."""
        if self._busy:
            self._consequences.append((event, more))
            return
        self.pass_time(at_s)
        with self._undisturbed():
            self._give(event, more)
            self._catch_up(self.now_s)

    def pass_time(self, now_s: float) -> None:
        """Wakes the coach as often as it is due up to `now_s`."""
        until_s = max(self.now_s, round(now_s, PLACES))
        with self._undisturbed():
            self._catch_up(until_s)
        self.now_s = until_s

    def wake_once(self, until_s: float) -> bool:
        """Wakes it the next time that it is due, if that is by `until_s`. Returns whether it was."""
        due_s = self._coach.wake_at_s
        if due_s is None or due_s > until_s:
            return False
        self.now_s = max(self.now_s, up(due_s))
        self._handle(Wake())
        return True

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _catch_up(self, until_s: float) -> None:
        """What is due comes before the consequences of the same moment: in the log these are inputs as all others."""
        while self._coach.outcome is None:
            if self.wake_once(self.now_s if self._consequences else until_s):
                continue
            if not self._consequences:
                return
            self._give(*self._consequences.popleft())
        self._consequences.clear()
        self._told = self._perform = _nothing  # it and whoever holds it would keep each other, and all ears and voices with them

    def _give(self, event: Input, more: Fields) -> None:
        if self._coach.outcome is None:
            self._told(event, more, self.now_s)
            self._handle(event)

    def _handle(self, event: Event) -> None:
        for action in self._coach.handle(event, self.now_s):
            self._perform(action)


def _nothing(*_: object) -> None:
    """After the end nothing is told and nothing done."""


def up(at_s: float) -> float:
    """The first moment that the log can keep and that isn't before `at_s`."""
    rounded_s = round(at_s, PLACES)
    return rounded_s if rounded_s >= at_s else round(at_s + STEP_S, PLACES)
