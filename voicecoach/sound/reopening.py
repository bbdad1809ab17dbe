"""Finding a lost device again, or at least the half of it that still works."""

from itertools import cycle

from voicecoach.sound.devices import Device
from voicecoach.sound.link import Link, LinkLost

_PATIENCE_S = 2.0
"""From starting a worker to its first block takes 0.3 s here; a small computer needs longer."""
_PAUSE_S = 0.5
"""Between two attempts in silence: short, since nothing else is to be done."""
_FAITHFUL_S = 6.0
"""For a device to come back under its own name: a plug that slipped is back in less. After that another device is better than none."""
_LONG_PAUSE_S = 3.0
"""Between two attempts while one half works: an attempt costs 0.2 s of CPU."""


class Reopening:
    """Tries to open the wanted devices, step by step, without ever waiting.

    While nothing works it tries both devices, then the speaker alone (the coach can say what is wrong), then the microphone alone (it can
    still hear "stop"). While one half works it goes on trying both. A device that is gone for long is replaced by the best there is. One
    thread.
    """

    def __init__(self, microphone: Device | None, speaker: Device | None, now_s: float) -> None:
        """`now_s`: a monotonic clock, in seconds, the same as for `step`."""
        self._whole = (microphone, speaker)
        halves = [(None, speaker), (microphone, None)] if microphone and speaker else []
        self._choices = cycle([self._whole, *halves])
        self._candidate: Link | None = None
        self._next_at_s = now_s
        self._give_up_at_s = now_s
        self._faithful_until_s = now_s + _FAITHFUL_S

    def step(self, now_s: float, working: Link | None) -> Link | None:
        """Go one step on; returns a link from which sound has come, or None. `working` is the half that is in use, if any."""
        if self._candidate is None:
            if now_s >= self._next_at_s:
                wanted = self._whole if working else next(self._choices)
                self._candidate = Link(*wanted, any_will_do=now_s > self._faithful_until_s)
                self._give_up_at_s = now_s + _PATIENCE_S
            return None
        try:
            found = self._candidate.opened(0.0)
        except LinkLost:
            self._drop(now_s, working)
            return None
        if found:
            candidate, self._candidate = self._candidate, None
            return candidate
        if now_s >= self._give_up_at_s:
            self._drop(now_s, working)
        return None

    def close(self) -> None:
        """End the attempt that is under way."""
        if self._candidate is not None:
            self._candidate.kill()
            self._candidate = None

    def _drop(self, now_s: float, working: Link | None) -> None:
        self.close()
        self._next_at_s = now_s + (_LONG_PAUSE_S if working else _PAUSE_S)
