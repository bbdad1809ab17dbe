"""Carrying out a question: asked, waited for, asked once more in short, waited for again."""

from voicecoach.coach.prompter import Prompter
from voicecoach.coach.requests import Answer, Ask, Expects
from voicecoach.coach.turns import UNEXPLAINED_HUSH_S
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.lines import Line

OPTIONS = {Expects.YES_NO: "options.yes_no", Expects.NUMBER: "options.number", Expects.PHRASE: "options.ready"}
TOO_EARLY_S = 1.3
"""An answer so soon after the question began can't be one to it: it still belongs to the question before."""
AT_ONCE_S = 0.02
"""One block of sound: whoever is woken asks for a later moment, also where the time to answer ran out while a suspicion held everything."""
MOST_DELAYS = 3
"""So often a word beside the question, or a suspicion, gives more time to answer; after that the time runs on, whatever is said."""
YES_NO_UNSURE = frozenset({Intent.YES, Intent.NO, Intent.UNSURE})
ONLY_ANSWERS = YES_NO_UNSURE | {Intent.NUMBER, Intent.BETTER, Intent.SAME, Intent.WORSE, Intent.FEEL_RIGHT, Intent.ELSEWHERE}
"""Never a command: where one doesn't fit the question, it was not understood."""
MOMENTS = {Expects.YES_NO: "question", Expects.NUMBER: "number", Expects.PHRASE: "ready"}


class AskTurn:
    """Asks, waits, asks once more in short, waits again."""

    def __init__(self, request: Ask, prompter: Prompter, window_s: float) -> None:
        self.request = request
        self._prompter = prompter
        self._window_s = request.window_s or window_s
        self._asked = 1
        self._unclear = 0
        self._delays = 0
        self._say_id = 0
        self._asked_at_s = 0.0
        self._waiting = False
        self._heard = False
        self.done = False
        self.answer: Answer = None
        self.wake_at_s: float | None = None

    @property
    def options(self) -> str:
        """The line that names what can be said."""
        return self.request.options or OPTIONS[self.request.expects]

    def start(self, now_s: float) -> None:
        """Asks; after a freeze that came while it waited, it waits anew; after one that cut it, it asks again. Both MOST_DELAYS times."""
        self._prompter.listen(self.request.moment or MOMENTS[self.request.expects])
        if self._say_id == 0:
            self._ask(Form.FULL, now_s)
        elif self._delay():
            self._ask_or_wait(now_s)
        elif not self._waiting:
            self._waiting, self.wake_at_s = True, now_s + self._window_s
        else:
            self.wake_at_s = max(self.wake_at_s or now_s, now_s + AT_ONCE_S)

    def line_ended(self, say_id: int, *, cut_short: bool, now_s: float) -> None:
        """The question has been asked: from now on the time to answer runs."""
        if say_id != self._say_id:
            return
        self._waiting = not cut_short
        self._heard = self._heard or self._waiting
        self.wake_at_s = now_s + (UNEXPLAINED_HUSH_S if cut_short else self._window_s)
        if self._waiting:
            fields = {"id": self.request.id, "expects": self.request.expects.value, "line": self.request.line.id}
            self._prompter.record("question", fields, now_s)

    def wake(self, now_s: float) -> None:
        """Nobody answered, or a hush was never explained."""
        if self._waiting and self._asked >= 2:
            self._close(None, now_s)
            return
        if self._waiting:
            self._asked += 1
            self._ask(Form.BRIEF, now_s)
        else:
            self.start(now_s)

    def offer(self, intent: Intent, value: int | None, now_s: float, topic: str = "") -> bool:
        """Takes an answer, also one that comes before the question has ended. False when it is none for this question."""
        if self.request.expects is Expects.NUMBER:
            taken: Answer = value if intent is Intent.NUMBER else intent if intent is Intent.UNSURE else None
        elif self.request.expects is Expects.YES_NO:
            taken = intent if intent in YES_NO_UNSURE | self.request.accepts else None
        else:
            taken = (topic or intent) if intent in self.request.accepts else None
        if taken is None:
            if intent in ONLY_ANSWERS:
                self.unclear(now_s)
            return intent in ONLY_ANSWERS
        if self._say_id in self._prompter.open and now_s - self._asked_at_s < TOO_EARLY_S:
            return True
        self._hush_question("answered")
        self._close(taken, now_s)
        return True

    def rehearsed(self, meant: Meant, now_s: float) -> bool:
        """Takes the bare safety word that this question asks for. False for any other, and where the question can't have been heard yet."""
        begun = self._heard or now_s - self._asked_at_s >= TOO_EARLY_S
        word = self.request.rehearses
        if not word or not begun or not meant.phrase == meant.text == word:
            return False
        self._hush_question("answered")
        self._close(meant.intent, now_s)
        return True

    def unclear(self, now_s: float) -> None:
        """Something was said that is no answer: "pardon?" once, then what can be said; after that only the time to answer runs."""
        lines = {1: "pardon", 2: self.options}
        self._unclear += 1
        if self._waiting and self._unclear in lines:
            self.interject(Line(lines[self._unclear]), now_s)

    def repeat(self, now_s: float) -> None:
        """Asks again in full."""
        if self._delay():
            self._hush_question("asked again")
            self._ask(Form.FULL, now_s)
        elif self._waiting:
            self._prompter.say(self.request.line)

    def interject(self, line: Line, now_s: float, form: Form = Form.FULL) -> None:
        """Says something in between, and then asks again in short, MOST_DELAYS times; after that it is only said."""
        if not self._delay():
            self._prompter.say(line, form=form)
            return
        self._hush_question("said in between")
        self._prompter.say(line, form=form)
        self._ask(Form.BRIEF, now_s)

    def _delay(self) -> bool:
        """Whether the time to answer may begin anew once more."""
        self._delays += 1
        return self._delays <= MOST_DELAYS

    def _ask_or_wait(self, now_s: float) -> None:
        if self._waiting:
            self.wake_at_s = now_s + self._window_s
        else:
            self._ask(Form.FULL if self._asked == 1 else Form.BRIEF, now_s)

    def _hush_question(self, why: str) -> bool:
        cut = self._say_id in self._prompter.open
        if cut:
            self._prompter.hush(why)
        return cut

    def _ask(self, form: Form, now_s: float) -> None:
        self._asked_at_s = now_s
        self._waiting = False
        self.wake_at_s = None
        self._say_id = self._prompter.say(self.request.line, form=form)

    def _close(self, answer: Answer, now_s: float) -> None:
        self.done = True
        self.answer = answer
        self.wake_at_s = None
        shown = answer.value if isinstance(answer, Intent) else answer
        self._prompter.record("answer", {"id": self.request.id, "value": shown}, now_s)
