"""Numbers what is said, takes the variants in turn, and remembers what was said last. Gathers the coach's actions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from voicecoach.messages.actions import Action, Form, Hush, Listen, Record, Say, Tone
from voicecoach.messages.lines import Line

COUNTING = ("set.count", "countdown")
"""No reason can be asked for a number."""
CUES = (
    *COUNTING,
    "set.brace",
    "set.lift",
    "set.up",
    "set.lower",
    "set.form.",
    "set.half_way",
    "set.last_two",
    "set.last_one",
    "lead_in",
    "breath.",
    "warm_up.tilt",
    "warm_up.squeeze",
    "warm_up.release",
    "warm_up.half_lift",
    "practice.",
)
"""Belong to one moment: said again later they would be wrong. "Say that again" means what was said before them."""

ANNOUNCED = ("warm_up.tilts", "warm_up.squeezes")
"""No cues, for all that they begin like some."""


class Prompter:
    """Everything that the coach asks for goes through here, into `take()`."""

    def __init__(self, first_turn: int = 0) -> None:
        """With `first_turn` the variants begin elsewhere than with 0, so that not every session begins with the same ones."""
        self._first_turn = first_turn
        self._actions: list[Action] = []
        self._spoken = 0
        self._turns: Counter[str] = Counter()
        self._moment = ""
        self.hurried = False
        """Something waits for a gap between the cues: they are said in their brief form."""
        self.open: set[int] = set()
        """The say_ids that have not ended yet."""
        self.last_line: Line | None = None
        """What "why?" asks about."""
        self.last_told: Line | None = None
        """What "say that again" asks for."""

    def take(self) -> list[Action]:
        """What was asked for since the last call, in order."""
        taken, self._actions = self._actions, []
        return taken

    def times(self, line: Line) -> int:
        """How often `line` was asked for."""
        return self._turns[line.id]

    def do(self, action: Action) -> None:
        """Any action."""
        self._actions.append(action)

    def say(
        self, line: Line, *, at_s: float | None = None, room_s: float | None = None, by_s: float | None = None, form: Form = Form.FULL
    ) -> int:
        """Asks for a line and returns its say_id."""
        return self._ask(Say(0, line, at_s=at_s, room_s=room_s, by_s=by_s, form=form))

    def go_on(self, line: Line, form: Form) -> int:
        """Asks for the rest of a line that was cut, and returns its say_id."""
        return self._ask(Say(0, line, form=form, goes_on=True))

    def _ask(self, say: Say) -> int:
        line = say.line
        self._spoken += 1
        turn = self._first_turn + self._turns[line.id]
        self._turns[line.id] += 1
        self.open.add(self._spoken)
        if say.form is not Form.WHY and not line.id.startswith(COUNTING):
            self.last_line = line
        if say.form is not Form.WHY and (not line.id.startswith(CUES) or line.id in ANNOUNCED):
            self.last_told = line
        self.do(replace(say, say_id=self._spoken, turn=turn))
        return self._spoken

    def tone(self, name: str, *, at_s: float | None = None) -> None:
        """Asks for an earcon."""
        self.do(Tone(name, at_s))

    def hush(self, why: str) -> None:
        """Asks for silence; nothing said before is open any more."""
        self.open.clear()
        self.do(Hush(why))

    def listen(self, moment: str) -> None:
        """Asks for the phrases of `moment`, if they aren't those of now."""
        if moment != self._moment:
            self._moment = moment
            self.do(Listen(moment))

    def record(self, event: str, fields: Mapping[str, object], at_s: float) -> None:
        """Asks for a line in the event log."""
        self.do(Record(event, fields, at_s))
