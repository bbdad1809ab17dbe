"""What may be ordered from elsewhere: a stop always, a pause, and never that anything begins or goes on."""

from voicecoach.messages.intents import Intent
from voicecoach.onlookers.broker.discovery import PAUSE, START, STOP
from voicecoach.onlookers.onlooker import Hands

APART_S = 0.5
"""The same order again, sooner than that, is a button that bounces or a program that runs wild."""
DONE = "done"
MEANS = {STOP: Intent.STOP, PAUSE: Intent.PAUSE}


class Orders:
    """Obeys them, one thread."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._last: dict[str, float] = {}

    def obey(self, order: str, now_s: float, *, kept: bool) -> str:
        """Obeys `order`, at `now_s` on any clock that goes on, and answers. `kept`: the broker had it from before; nobody means it now."""
        order = order.strip().lower()
        if kept:
            return "ignored: it was kept by the broker, and may be of any day"
        if order == START:
            return "ignored: a session is going on, and only the person's own word begins or goes on"
        if order not in MEANS:
            return f"ignored: it is none of {', '.join((*MEANS, START))}"
        if now_s - self._last.get(order, float("-inf")) < APART_S:
            return "ignored: it was obeyed just now"
        self._last[order] = now_s
        self._hands(MEANS[order])
        return DONE
