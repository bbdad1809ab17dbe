"""What is said beside the cues while the legs move.

A cue never gives way to it: it waits for a gap that is long enough, and the cues are brief until it has found one.
"""

from collections.abc import Callable

from voicecoach.coach.prompter import Prompter
from voicecoach.coach.turns import BeatTurn
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line

Remark = Line | Callable[[], Line]
"""A line, or what makes it when it is said, where it would be wrong a moment later."""


class Remarks:
    """The remarks that wait, in the order in which they were wished for."""

    def __init__(self, prompter: Prompter, put_off: Callable[[Line, Form], None]) -> None:
        self._prompter = prompter
        self._put_off = put_off
        self._waiting: list[tuple[Remark, Form]] = []
        self._offered: dict[int, tuple[Remark, Form]] = {}

    def add(self, remark: Remark, form: Form, beat: BeatTurn) -> None:
        """Said in this beat, or in a later one."""
        self._wait(remark, form)
        self.offer(beat)

    def offer(self, beat: BeatTurn) -> None:
        """Says what waits, if it will be over before the next cue that matters; the voice knows, and refuses it otherwise."""
        if beat.running:
            offered, self._waiting = self._waiting, []
            self._prompter.hurried = False
            for remark, form in offered:
                line = remark if isinstance(remark, Line) else remark()
                self._offered[self._prompter.say(line, by_s=beat.clear_until_s, form=form)] = (remark, form)

    def line_ended(self, say_id: int, *, cut_short: bool) -> None:
        """What was refused, or hushed, waits again. A reason is too long for any gap: it is put off until nothing moves."""
        offered = self._offered.pop(say_id, None)
        if offered is None or not cut_short:
            return
        remark, form = offered
        if form is Form.WHY and isinstance(remark, Line):
            self._put_off(remark, form)
            remark, form = Line("question.later"), Form.FULL
        self._wait(remark, form)

    def forget(self) -> list[Line]:
        """Lets go of all remarks. Returns those that were never said, and still hold."""
        left = [remark for remark, _ in self._waiting if isinstance(remark, Line)]
        self._waiting.clear()
        self._offered.clear()
        self._prompter.hurried = False
        return left

    def _wait(self, remark: Remark, form: Form) -> None:
        self._waiting.append((remark, form))
        self._prompter.hurried = True
