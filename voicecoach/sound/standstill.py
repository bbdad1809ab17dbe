"""Noticing that the machine slept, or was too busy to do anything."""

import time
from collections.abc import Callable

from voicecoach.messages.events import Fault, Recovered

LONGEST_S = 3.0
"""A sound thread looks every 0.1 s in health. Whoever lies on the mat has lowered the legs after so long without a word, or should."""


def awake_or_not_s() -> float:
    """A clock that also counts while the machine sleeps, in seconds, where the system has one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def looked_back(gone_s: float) -> list[Fault | Recovered]:
    """What is to be told of `gone_s` without a look: nothing, or that nothing happened in them, and that it is over."""
    if gone_s < LONGEST_S:
        return []
    return [Fault("standstill", f"Nothing moved for {gone_s:.0f} s: the machine slept, or was too busy."), Recovered("standstill")]


class Standstill:
    """Whoever calls `look` all the time learns when time has passed without it. One thread."""

    def __init__(self, now_s: Callable[[], float] = awake_or_not_s) -> None:
        self._now_s = now_s
        self._looked_at_s: float | None = None

    def look(self) -> list[Fault | Recovered]:
        """What is to be told of the time since the last look."""
        now_s = self._now_s()
        gone_s = 0.0 if self._looked_at_s is None else now_s - self._looked_at_s
        self._looked_at_s = now_s
        return looked_back(gone_s)
