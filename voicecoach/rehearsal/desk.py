"""Where what arrived is brought to the session's own loop, as the main thread does in a live session; it may be kept from that."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from voicecoach.messages.events import Fault, Input, Recovered
from voicecoach.messages.heard import Heard
from voicecoach.sound.standstill import looked_back


class Conducting(Protocol):
    """The session's own loop, as far as a rehearsal drives it."""

    @property
    def outcome(self) -> str | None:
        """Set when the session is over."""

    def begin(self, about: Mapping[str, object] | None = None) -> None:
        """Start the session, and the log with `about`."""

    def hear(self, heard: Heard) -> None:
        """The ears heard something."""

    def tell(self, event: Input, at_s: float) -> None:
        """Something happened that wasn't heard."""

    def advance(self, now_s: float) -> None:
        """Do all that is due up to `now_s`."""


class Desk:
    """What arrives while whoever decides is held up waits here, in order."""

    def __init__(self, conductor: Conducting) -> None:
        self._conductor = conductor
        self._waiting: list[Heard | tuple[Input, float]] = []
        self._stepped_at_s = 0.0

    def step(self, heard: Sequence[Heard], news: Sequence[Input], now_s: float, *, held_up: bool) -> None:
        """One step of the session, up to `now_s`; none while `held_up`."""
        self._waiting += [*heard, *((event, now_s) for event in news)]
        if held_up:
            return
        before_s, self._stepped_at_s = self._stepped_at_s, now_s
        told: list[Fault | Recovered] = looked_back(now_s - before_s)
        for one in [*((event, before_s) for event in told), *self._waiting]:
            if isinstance(one, Heard):
                self._conductor.hear(one)
            else:
                self._conductor.tell(*one)
        self._waiting.clear()
        self._conductor.advance(now_s)
