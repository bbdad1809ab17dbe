"""A button that means "stop": one press is one stop, however its contact bounces, sticks or is held."""

from collections.abc import Callable

from voicecoach.messages.intents import Intent
from voicecoach.onlookers.onlooker import Hands

SETTLED_S = 0.3
"""A contact that was quiet for so long has been let go. A worn one bounces for 20 ms, and nobody means two presses within this."""


class Button:
    """What one button does. Its edges come from one thread, in the order of their time."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._is_down = self._was_pressed = False
        self._last_at_s = float("-inf")

    def down(self, at_s: float) -> None:
        """It is pressed, or says so again while it is held. The first edge of all counts, so nothing is waited for."""
        is_new = not self._is_down and at_s - self._last_at_s >= SETTLED_S
        self._is_down, self._last_at_s = True, at_s
        if is_new:
            self._was_pressed = True
            self._hands(Intent.STOP)

    def up(self, at_s: float) -> None:
        """It is let go, or bounces. One that was stuck since before the session has bounced for nothing: the next press counts at once."""
        self._is_down = False
        self._last_at_s = at_s if self._was_pressed else self._last_at_s


Ends = Callable[[], None]
"""Lets go of a piece of hardware."""
