"""Runs one script at a time, request by request, and freezes and thaws it."""

from typing import Protocol

from voicecoach.coach.asking import AskTurn
from voicecoach.coach.prompter import Prompter
from voicecoach.coach.requests import Answer, Ask, Await, Beat, Become, Enter, Finish, Note, Over, Remember, Request, Script, Speak
from voicecoach.coach.turns import LEAD_S, AwaitTurn, BeatTurn, SpeakTurn, Turn

LONGEST_FREEZE_S = 4.0
"""The ears confirm or withdraw a suspicion in about a second. A word lost on the way must not hold the session for ever; nor may the
session go on by itself, since it may have been "stop"."""

MOST_CUTS = 2
"""So often a line of the advice gives way to a suspicion, or to a word that is no graver."""


class Owner(Protocol):
    """Whom the performer tells what happens on stage."""

    @property
    def moment(self) -> str:
        """What may be said while no question is open."""

    def begun(self, request: Beat | Enter, at_s: float) -> None:
        """A beat begins, or a phase is to be entered."""

    def learned(self, request: Remember | Become | Note) -> None:
        """Who is on the mat, a fact about them, or an event is to be kept."""

    def over(self, now_s: float) -> None:
        """The script has ended."""

    def unresolved(self, now_s: float) -> None:
        """A suspicion was neither confirmed nor withdrawn in time."""

    def finished(self, outcome: str, now_s: float) -> None:
        """The session has ended."""


class Performer:
    """One script, one turn at a time. `answer_s` is how long a question waits."""

    _script: Script

    def __init__(self, prompter: Prompter, owner: Owner, answer_s: float) -> None:
        self._prompter = prompter
        self._owner = owner
        self._answer_s = answer_s
        self._held: Request | None = None
        self._grid_at_s: float | None = None
        self._frozen_at_s: float | None = None
        self.turn: Turn | None = None

    @property
    def wake_at_s(self) -> float | None:
        """When something is due; None while only a word can make a difference."""
        if self._frozen_at_s is not None:
            return self._frozen_at_s + LONGEST_FREEZE_S
        if self._held is not None:
            return self._grid_at_s
        return self.turn.wake_at_s if self.turn else None

    @property
    def frozen(self) -> bool:
        """Whether a suspicion holds everything."""
        return self._frozen_at_s is not None

    @property
    def insistent(self) -> bool:
        """Whether a line is being said that was cut MOST_CUTS times before."""
        return isinstance(self.turn, SpeakTurn) and self._prompter.times(self.turn.request.line) > MOST_CUTS

    def perform(self, script: Script, now_s: float) -> None:
        """Forgets what was going on and begins `script`."""
        self.drop()
        self._script = script
        self._go_on(None, now_s)

    def hold(self, script: Script) -> None:
        """Forgets what was going on; `script` begins with the thaw, for a word may still be coming."""
        frozen_at_s = self._frozen_at_s
        self.drop()
        self._script, self._frozen_at_s = script, frozen_at_s
        self._held = self._fetch(None)

    def drop(self) -> None:
        """Forgets what was going on."""
        self.turn = self._held = self._grid_at_s = self._frozen_at_s = None

    def freeze(self, now_s: float) -> None:
        """Holds everything until `thaw`. A second suspicion gives no more time than the first."""
        if self._frozen_at_s is None:
            self._frozen_at_s = now_s

    def thaw(self, now_s: float) -> None:
        """Begins the request again that was held: the line where it was cut, the beat from its beginning, the time to answer anew."""
        if self._frozen_at_s is None:
            return
        self._frozen_at_s = None
        if self._held is not None:
            self._grid_at_s = now_s
        elif self.turn is not None:
            if not self.turn.done:
                self.turn.start(now_s)
            self.settle(now_s)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """Tells the turn, unless everything is held."""
        if self.turn and not self.frozen:
            self.turn.line_ended(say_id, cut_short=cut_short, now_s=now_s)
            self.settle(now_s)

    def wake(self, now_s: float) -> None:
        """The time `wake_at_s` has come."""
        if self.frozen:
            self._owner.unresolved(now_s)
        elif self._held is not None:
            request: Request | None = self._held
            self._held = self._grid_at_s = None
            while request is not None:
                request = self._begin(request, now_s)
        elif self.turn:
            self.turn.wake(now_s)
            self.settle(now_s)

    def settle(self, now_s: float) -> None:
        """Goes on if the turn has come to its end, be it through an answer."""
        turn = self.turn
        if turn is None or not turn.done:
            return
        self.turn = None
        if isinstance(turn, BeatTurn):
            self._grid_at_s = turn.end_at_s
        self._go_on(turn.answer, now_s)

    def _go_on(self, answer: Answer, now_s: float) -> None:
        """Fetches requests until one has to be waited for. What isn't on the grid is held until the last beat has ended."""
        request: Request | None = self._fetch(answer)
        while request is not None:
            if self._grid_at_s is not None and not isinstance(request, Beat) and self._grid_at_s > now_s:
                self._held = request
                return
            request = self._begin(request, now_s)

    def _fetch(self, answer: Answer) -> Request:
        try:
            return self._script.send(answer)
        except StopIteration:
            return Over()

    def _begin(self, request: Request, now_s: float) -> Request | None:
        """Begins a request; returns the next one when this one takes no time."""
        grid_at_s = self._grid_at_s
        self._grid_at_s = None
        match request:
            case Enter():
                self._owner.begun(request, now_s)
                return self._fetch(None)
            case Remember() | Become() | Note():
                self._owner.learned(request)
                return self._fetch(None)
            case Finish():
                self._owner.finished(request.outcome, now_s)
                return None
            case Over():
                self._owner.over(now_s)
                return None
            case Beat():
                self.turn = BeatTurn(request, self._prompter, now_s + LEAD_S if grid_at_s is None else grid_at_s, self._owner.begun)
            case Speak():
                self.turn = SpeakTurn(request, self._prompter)
            case Ask():
                self.turn = AskTurn(request, self._prompter, self._answer_s)
            case Await():
                self.turn = AwaitTurn(request, self._prompter)
        if not isinstance(self.turn, AskTurn):
            self._prompter.listen(self._owner.moment)
        self.turn.start(now_s)
        return None
