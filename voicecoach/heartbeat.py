"""Notices that the main loop hangs, from a thread of its own, and has the program begin anew.

Nothing can be decided while it hangs: no cue comes, and a word that the ears have hushed for is not obeyed. So first the speaker falls
silent and a signal sounds, and if the loop doesn't come to itself the program is started anew in its own place. What goes on then is what
goes on after any crash: the person is asked, and nothing begins by itself.
"""

import threading
import time
from collections.abc import Callable
from typing import Protocol

LOOK_S = 0.5
SILENT_AFTER_S = 5.0
"""A step takes some milliseconds; a sentence that has to be rendered by a fresh worker, a second or two. After so long nobody should wait
for the coach with their legs up."""
HUNG_AFTER_S = 16.0
"""Longer than anything that the loop may wait for: a voice that hangs and is started anew takes 13 s to be given up."""
OVERSLEPT_S = 2.0
"""Who looks so late has slept, or was kept from its work with all the others: that says nothing about the loop."""


class Vital(Protocol):
    """What is looked at: every number grows while its part is alive."""

    @property
    def steps(self) -> int:
        """Of the main loop."""

    @property
    def samples(self) -> int:
        """Of the sound."""

    @property
    def deaf(self) -> bool:
        """Whether the ears stand still though there is something to hear."""


class Pulse:
    """Decides what a look shows. `silence` is called once when the loop stands still, `renew` when it hangs; `alive` while all is well."""

    def __init__(self, vital: Vital, silence: Callable[[], None], renew: Callable[[], None], alive: Callable[[], None]) -> None:
        self._vital = vital
        self._silence = silence
        self._renew = renew
        self._alive = alive
        self._seen = (-1, -1)
        self._stepped_at_s = 0.0
        self._looked_at_s: float | None = None
        self._silenced = False

    def look(self, now_s: float) -> None:
        """Looks, at `now_s` on a monotonic clock."""
        before_s, self._looked_at_s = self._looked_at_s, now_s
        seen, self._seen = self._seen, (self._vital.steps, self._vital.samples)
        if before_s is None or now_s - before_s > OVERSLEPT_S or self._seen[0] != seen[0]:
            self._stepped_at_s, self._silenced = now_s, False
            if before_s is not None and self._seen[0] != seen[0] and self._seen[1] != seen[1] and not self._vital.deaf:
                self._alive()
        elif now_s - self._stepped_at_s > HUNG_AFTER_S:
            self._renew()
        elif now_s - self._stepped_at_s > SILENT_AFTER_S and not self._silenced:
            self._silenced = True
            self._silence()


class Heartbeat:
    """Looks every LOOK_S, on a thread of its own, from `start` to `stop`."""

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends: from now on nobody looks."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_S):
            self._pulse.look(time.monotonic())
