"""Carrying out one request. A turn is started, told what happens, and woken; when it is `done`, `answer` is what its script is sent."""

from collections.abc import Callable
from typing import Protocol

from voicecoach.coach.prompter import Prompter
from voicecoach.coach.requests import Answer, Await, Beat, Enter, Speak
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent

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
        self.request = request
        self._prompter = prompter
        self._say_id = 0
        self.done = False
        self.wake_at_s: float | None = None

    def start(self, now_s: float) -> None:  # noqa: ARG002 - part of the protocol
        """Says the line; once it was cut, its rest."""
        self.wake_at_s = None
        say = self._prompter.go_on if self._say_id else self._prompter.say
        self._say_id = say(self.request.line, form=self.request.form)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """Done when the line was heard to its end."""
        if say_id == self._say_id:
            self.done = not cut_short
            self.wake_at_s = now_s + UNEXPLAINED_HUSH_S if cut_short else None

    def wake(self, now_s: float) -> None:
        """Says the line again after a hush that nobody explained."""
        self.start(now_s)


class AwaitTurn:
    """Waits for a word, with reminders."""

    def __init__(self, request: Await, prompter: Prompter) -> None:
        self.request = request
        self._prompter = prompter
        self._reminders = 0
        self.done = False
        self.answer: Answer = None
        self.wake_at_s: float | None = None

    def start(self, now_s: float) -> None:
        """Begins to wait."""
        self.wake_at_s = now_s + self.request.waits_s[self._reminders]

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """The reminder may end or be cut: the wait goes on."""

    def wake(self, now_s: float) -> None:
        """Reminds, and gives up in the end."""
        self._reminders += 1
        if self._reminders == len(self.request.waits_s):
            self.done = True
        else:
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
        self.running = False
        """Whether it has begun."""
        self.done = False
        self.wake_at_s: float | None = None

    @property
    def end_at_s(self) -> float:
        """Where the next beat begins."""
        return self._begin_at_s + self._request.duration_s

    @property
    def clear_until_s(self) -> float | None:
        """When the next cue comes that may not be lost; None: there is none."""
        return None if self._request.clear_s is None else self._begin_at_s + self._request.clear_s

    def elapsed_s(self, now_s: float) -> float:
        """How much of it has passed; negative before it begins."""
        return now_s - self._begin_at_s

    def start(self, now_s: float) -> None:
        """On the grid where there is one; again from the beginning, on a new grid, after a freeze."""
        if self._handed_over:
            self._begin_at_s = now_s + LEAD_S
            self._handed_over = self.running = False
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
        elif not self.running:
            self.running = True
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
            form = Form.BRIEF if self._prompter.hurried else self._request.form
            self._prompter.say(self._request.line, at_s=self._begin_at_s, room_s=room_s, form=form)
