"""One step at a time: said, and then the person's word is waited for."""

from voicecoach.coach.requests import Ask, Asking, Expects, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

READY_WORDS = frozenset({Intent.RESUME, Intent.YES, Intent.NEXT_SET})
NOT_YET = frozenset({Intent.NO, Intent.UNSURE, Intent.MORE_REST})
MOST_TIMES = 3
"""Who isn't ready hears the step so often; then the coach leaves it."""


def step(name: str, line: str = "", *, window_s: float | None = None, options: str = "") -> Asking:
    """Says `line` (without one `name`) and waits for "ready". Who isn't ready has more time and hears it again. None: no such word came."""
    for _ in range(MOST_TIMES):
        accepts = READY_WORDS | NOT_YET
        answer = yield Ask(name, Expects.PHRASE, Line(line or name), window_s=window_s, accepts=accepts, moment="step", options=options)
        if answer not in NOT_YET:
            return answer
        yield Speak(Line("step.no_hurry"))
    return None
