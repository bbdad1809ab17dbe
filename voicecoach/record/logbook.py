"""Writes the log: a line an event, in the order in which things were handed over and decided, never back in time."""

from collections.abc import Callable, Mapping

from voicecoach.messages.actions import Action
from voicecoach.record.asked import PLACES, asked

Log = Callable[[Mapping[str, object]], None]
ASKED = "asked"
"""The field of what the coach has asked for since the line before, where no event of its own tells of that."""


class Logbook:
    """`log` gets every line. After session_ended there is none."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._asked: list[str] = []
        self._last_s = 0.0
        self._ended = False

    def asked(self, action: Action) -> None:
        """The coach has decided this; the next line says so, if no event does."""
        if text := asked(action):
            self._asked.append(text)

    def write(self, event: str, fields: Mapping[str, object], at_s: float) -> None:
        """What is stamped earlier than the line before gets that one's moment."""
        if self._ended:
            return
        self._last_s = max(self._last_s, round(at_s, PLACES))
        since: dict[str, object] = {ASKED: self._asked} if self._asked else {}
        self._asked = []
        self._ended = event == "session_ended"
        self._log({"at_s": self._last_s, "event": event, **fields, **since})
