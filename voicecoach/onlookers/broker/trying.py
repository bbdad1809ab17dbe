"""Tries to reach the broker for as long as it takes, ever more seldom, and says once what is wrong."""

import time
from collections.abc import Callable
from contextlib import suppress

from voicecoach.errors import CoachError, shown

AGAIN_S = (1.0, 2.0, 4.0, 8.0)
LASTED_S = 10.0
"""A try that lasts for longer was a good connection, and after its loss the next one comes soon."""


Tell = Callable[[str], None]


def unfailing(tell: Tell) -> Tell:
    """`tell` for sentences with what others sent in them, to a terminal that may have gone away."""

    def told(sentence: str) -> None:
        with suppress(OSError):
            tell(shown(sentence))

    return told


class Trying:
    """One thread's. `tell` takes a sentence, and never fails."""

    def __init__(self, host: str, tell: Tell) -> None:
        self._host = host
        self._tell = tell
        self._failed = 0
        self.told = ""
        """What is wrong, as it was said last; "" for nothing."""

    def attempt(self, connected: Callable[[], str]) -> float:
        """One connection, which gives a sentence about its loss, or `told` for none. Returns how many seconds to wait for the next."""
        began_s = time.monotonic()
        try:
            self.say(connected())
        except CoachError as error:
            self.say(str(error))
        except Exception as error:  # noqa: BLE001 - whatever a broker sends, or a library makes of it, this goes on
            self.say(f"The broker {self._host} can't be reached ({error}).")
        self._failed = 1 if time.monotonic() - began_s > LASTED_S else min(self._failed + 1, len(AGAIN_S))
        return AGAIN_S[self._failed - 1]

    def say(self, sentence: str) -> None:
        """What is wrong now, or "". Said only if it is another than before."""
        if sentence != self.told:
            self.told = sentence
            self._tell(sentence or f"The broker {self._host} is there.")
