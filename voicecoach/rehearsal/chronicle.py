"""Events from several hands, put in order of time."""

from collections.abc import Callable, Sequence

from voicecoach.record.inputs import OUTSIDE
from voicecoach.rehearsal.trigger import Logged, at_s

CUT_OFF: Logged = {OUTSIDE: "rehearsal"}
"""Told of what a session didn't tell itself any more."""
_PLACES = 6
"""Decimals of a moment: a microsecond is a sixtieth of a sample."""


class Chronicle:
    """Collects what is logged during a step and hands it on in order of time, a line of the log each.

    Within one step events of one moment keep the order they came in. What comes stamped earlier than something already handed on gets the
    later moment: a log never goes back in time.
    """

    def __init__(self, readers: Sequence[Callable[[Logged], None]]) -> None:
        self._readers = readers
        self._held: list[Logged] = []
        self._last_s = 0.0
        self._open: list[str] = []
        self.ended = False

    def log(self, event: Logged) -> None:
        """Something happened. Its `at_s` may lie anywhere in the step, or ahead of it."""
        self._held.append(event)

    def release(self, until_s: float) -> None:
        """Hand on everything up to `until_s`, and what the readers log meanwhile."""
        while due := sorted((event for event in self._held if at_s(event) <= until_s), key=at_s):
            self._held = [event for event in self._held if at_s(event) > until_s]
            for event in due:
                self._hand_on(event)

    def close(self, now_s: float, outcome: str) -> None:
        """Nothing more happens after `now_s`: end what is open, and the log, with `outcome`. Nothing if the log has ended already."""
        self._held = []
        if not self.ended:
            for line in list(self._open):
                self._hand_on({"at_s": now_s, "event": "line_ended", "line": line, "cut_short": True, **CUT_OFF})
            self._hand_on({"at_s": now_s, "event": "session_ended", "outcome": outcome, **CUT_OFF})

    def _hand_on(self, event: Logged) -> None:
        self._last_s = max(self._last_s, round(at_s(event), _PLACES))
        line = {**event, "at_s": self._last_s}
        kind = event.get("event")
        if kind == "line_started":
            self._open.append(str(event.get("line")))
        elif kind == "line_ended" and event.get("line") in self._open:
            self._open.remove(str(event.get("line")))
        self.ended = self.ended or kind == "session_ended"
        for reader in self._readers:
            reader(line)
