"""Whether the recogniser is stuck, live: seen from outside its thread."""

from collections.abc import Callable

from voicecoach.ears.listener import Listener
from voicecoach.messages.events import Fault, Recovered

PATIENCE_S = 2.0
"""Ears that stand still for so long are a fault."""
MOST_RENEWALS = 3
"""So often other ears are tried; then it isn't the ears."""


class EarsWatch:
    """Notices a recogniser that hangs or has died: sound goes in, and nothing is done with it. `renew` has other ears put in its place.

    It is called some time after that was told, MOST_RENEWALS times at most, and whether it helped shows as any recovery does.
    """

    def __init__(self, listener: Listener | None, renew: Callable[[], None]) -> None:
        self._listener = listener
        self._renew = renew
        self._renewals = 0
        self._seen = (-1, 0.0)
        self._told_at_s: float | None = None

    @property
    def unheard(self) -> int:
        """Blocks that the ears never got, because they were too far behind."""
        return self._listener.dropped if self._listener else 0

    def look(self, now_s: float) -> Fault | Recovered | None:
        """What has changed by `now_s`."""
        if self._listener is None:
            return None
        beat = self._listener.heartbeat
        if beat != self._seen[0]:
            self._seen = (beat, now_s)
            told, self._told_at_s = self._told_at_s is not None, None
            return Recovered("recognizer") if told else None
        stuck = now_s - self._seen[1] > PATIENCE_S and (self._listener.waiting or self._listener.failure)
        if stuck and self._told_at_s is None:
            self._told_at_s = now_s
            return Fault("recognizer", f"The recogniser does not answer ({self._listener.failure or 'it hangs'}).")
        if stuck and self._told_at_s is not None and self._renewals < MOST_RENEWALS and now_s - self._told_at_s > PATIENCE_S:
            self._renewals += 1
            self._told_at_s = now_s
            self._renew()
        return None
