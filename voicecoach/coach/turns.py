"""Carrying out one request. A turn is started, told what happens, and woken; when it is `done`, `answer` is what its script is sent."""

from collections.abc import Callable
from typing import Protocol

from voicecoach.coach.prompter import Prompter
from voicecoach.coach.requests import Answer, Ask, Await, Beat, Enter, Expects, Speak
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

LEAD_S = 0.25
"""How long before its moment a cue is handed to the speaker: more than any jitter of a loaded Pi, less than a breath."""

UNEXPLAINED_HUSH_S = 1.5
"""The ears hush the speaker before the coach knows why. When no reason follows within this time, the line is said again."""


class Turn(Protocol):
    """What the performer needs of a turn."""

    done: bool
    answer: Answer
    wake_at_s: float | None

    def start(self, now_s: float) -> None:
        """Begins, or begins again after a freeze."""

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """One of the lines in the air has ended."""

    def wake(self, now_s: float) -> None:
        """The time `wake_at_s` has come."""


class SpeakTurn:
    """Says one line."""

    answer: Answer = None

    def __init__(self, request: Speak, prompter: Prompter) -> None:
        self._request = request
        self._prompter = prompter
        self._say_id = 0
        self.done = False
        self.wake_at_s: float | None = None

    def start(self, now_s: float) -> None:  # noqa: ARG002 - part of the protocol
        """Says the line, from its beginning."""
        self.wake_at_s = None
        self._say_id = self._prompter.say(self._request.line)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """Done when the line was heard to its end."""
        if say_id == self._say_id:
            self.done = not cut_short
            self.wake_at_s = now_s + UNEXPLAINED_HUSH_S if cut_short else None

    def wake(self, now_s: float) -> None:
        """Says the line again after a hush that nobody explained."""
        self.start(now_s)


OPTIONS = {Expects.YES_NO: "options.yes_no", Expects.NUMBER: "options.number", Expects.PHRASE: "options.ready"}
YES_NO_UNSURE = frozenset({Intent.YES, Intent.NO, Intent.UNSURE})
MOMENTS = {Expects.YES_NO: "question", Expects.NUMBER: "number", Expects.PHRASE: "ready"}


class AskTurn:
    """Asks, waits, asks once more in short, waits again."""

    def __init__(self, request: Ask, prompter: Prompter, window_s: float) -> None:
        self.request = request
        self._prompter = prompter
        self._window_s = request.window_s or window_s
        self._asked = 1
        self._unclear = 0
        self._say_id = 0
        self._waiting = False
        self.done = False
        self.answer: Answer = None
        self.wake_at_s: float | None = None

    def start(self, now_s: float) -> None:
        """Asks, the second time in short; after a freeze that came while it waited, it waits anew."""
        self._prompter.listen(MOMENTS[self.request.expects])
        if self._waiting:
            self.wake_at_s = now_s + self._window_s
        else:
            self._ask(Form.FULL if self._asked == 1 else Form.BRIEF)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """The question has been asked: from now on the time to answer runs."""
        if say_id != self._say_id:
            return
        self._waiting = not cut_short
        self.wake_at_s = now_s + (UNEXPLAINED_HUSH_S if cut_short else self._window_s)
        if self._waiting:
            fields = {"id": self.request.id, "expects": self.request.expects.value, "line": self.request.line.id}
            self._prompter.record("question", fields, now_s)

    def wake(self, now_s: float) -> None:
        """Nobody answered, or a hush was never explained."""
        if self._waiting and self._asked >= 2:  # noqa: PLR2004 - asked, and asked once more
            self._close(None, now_s)
            return
        if self._waiting:
            self._asked += 1
            self._waiting = False
        self.start(now_s)

    def offer(self, intent: Intent, value: int | None, now_s: float) -> bool:
        """Takes an answer, also one that comes before the question has ended. False when it is none for this question."""
        if self.request.expects is Expects.NUMBER:
            taken: Answer = value if intent is Intent.NUMBER else intent if intent is Intent.UNSURE else None
        elif self.request.expects is Expects.YES_NO:
            taken = intent if intent in YES_NO_UNSURE else None
        else:
            taken = intent if intent in self.request.accepts else None
        if taken is None:
            return False
        self._hush_question("answered")
        self._close(taken, now_s)
        return True

    def unclear(self, now_s: float) -> None:
        """Something was said that is no answer: "pardon?" once, then what can be said; after that only the time to answer runs."""
        lines = {1: "pardon", 2: OPTIONS[self.request.expects]}
        self._unclear += 1
        if self._waiting and self._unclear in lines:
            self.interject(Line(lines[self._unclear]), now_s)

    def repeat(self) -> None:
        """Asks again in full."""
        self._hush_question("asked again")
        self._ask(Form.FULL)

    def interject(self, line: Line, now_s: float, form: Form = Form.FULL) -> None:
        """Says something in between; then a question that was cut is asked again, and the time to answer begins anew."""
        cut = self._hush_question("said in between")
        self._prompter.say(line, form=form)
        if cut:
            self._ask(Form.BRIEF)
        elif self._waiting:
            self.wake_at_s = now_s + self._window_s

    def _hush_question(self, why: str) -> bool:
        cut = self._say_id in self._prompter.open
        if cut:
            self._prompter.hush(why)
        return cut

    def _ask(self, form: Form) -> None:
        self._waiting = False
        self.wake_at_s = None
        self._say_id = self._prompter.say(self.request.line, form=form)

    def _close(self, answer: Answer, now_s: float) -> None:
        self.done = True
        self.answer = answer
        self.wake_at_s = None
        shown = answer.value if isinstance(answer, Intent) else answer
        self._prompter.record("answer", {"id": self.request.id, "value": shown}, now_s)


class AwaitTurn:
    """Waits for a word, with one reminder."""

    def __init__(self, request: Await, prompter: Prompter) -> None:
        self.request = request
        self._prompter = prompter
        self._reminded = False
        self.done = False
        self.answer: Answer = None
        self.wake_at_s: float | None = None

    def start(self, now_s: float) -> None:
        """Begins to wait."""
        self.wake_at_s = now_s + self.request.window_s

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """The reminder may end or be cut: the wait goes on."""

    def wake(self, now_s: float) -> None:
        """Reminds once, then gives up."""
        if self._reminded:
            self.done = True
        else:
            self._reminded = True
            self._prompter.say(self.request.line)
            self.start(now_s)

    def offer(self, intent: Intent) -> bool:
        """Takes the word that was waited for."""
        if intent in self.request.accepts:
            self.done, self.answer, self.wake_at_s = True, intent, None
        return self.done


class BeatTurn:
    """One stretch of the grid: its cue is handed over LEAD_S early, and it lets its script go on LEAD_S before its end."""

    answer: Answer = None

    def __init__(self, request: Beat, prompter: Prompter, begin_at_s: float, begun: Callable[[Beat | Enter, float], None]) -> None:
        self._request = request
        self._prompter = prompter
        self._begin_at_s = begin_at_s
        self._begun = begun
        self._handed_over = False
        self._running = False
        self.done = False
        self.wake_at_s: float | None = None

    @property
    def end_at_s(self) -> float:
        """Where the next beat begins."""
        return self._begin_at_s + self._request.duration_s

    def start(self, now_s: float) -> None:
        """On the grid where there is one; again from the beginning, on a new grid, after a freeze."""
        if self._handed_over:
            self._begin_at_s = now_s + LEAD_S
            self._handed_over = self._running = False
        self.wake_at_s = self._begin_at_s - LEAD_S
        if self.wake_at_s <= now_s:
            self.wake(now_s)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """The grid doesn't wait for words."""

    def wake(self, now_s: float) -> None:
        """Hands the cue over, begins, ends."""
        del now_s
        if not self._handed_over:
            self._handed_over = True
            self.wake_at_s = self._begin_at_s
            self._cue()
        elif not self._running:
            self._running = True
            self.wake_at_s = max(self.end_at_s - LEAD_S, self._begin_at_s)
            self._begun(self._request, self._begin_at_s)
        else:
            self.done = True
            self.wake_at_s = None

    def _cue(self) -> None:
        if self._request.tone:
            self._prompter.tone(self._request.tone, at_s=self._begin_at_s)
        if self._request.line:
            room_s = None if self._request.overruns else self._request.duration_s
            self._prompter.say(self._request.line, at_s=self._begin_at_s, room_s=room_s)
