"""Lights that tell from afar how a session is: its events as one of a few states, shown by whatever shows states."""

import threading
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from typing import Protocol

MOVING = frozenset({"teach", "warm_up", "set", "hold"})
"""Phases in which legs may be in the air."""
JOIN_S = 1.0
"""For a light that still takes its time when the session is over; one that hangs isn't waited for."""


class State(StrEnum):
    """What can be shown. The first of these that is true is the one."""

    STOPPED = "stopped"
    FAULT = "fault"
    PAUSED = "paused"
    MOVING = "moving"
    SPEAKING = "speaking"
    LISTENING = "listening"


class Lights(Protocol):
    """Shows states. One thread; each may take its time and may fail."""

    def show(self, state: State) -> None:
        """From now on it is this one."""

    def off(self) -> None:
        """Nothing is shown any more: the session is over, and what shows is let go."""


class Reading:
    """Makes a state of the events so far."""

    def __init__(self) -> None:
        self._broken: set[str] = set()
        self._phase = ""
        self._speaks = False

    def state(self, event: Mapping[str, object]) -> State:
        """The state after one more event."""
        kind = event.get("event")
        if kind == "fault":
            self._broken.add(str(event.get("what")))
        elif kind == "recovered":
            self._broken.discard(str(event.get("what")))
        elif kind == "phase":
            self._phase = str(event.get("to"))
            if event.get("from") == "paused":
                self._broken.clear()  # whoever goes on has been told, and not all that breaks says when it is whole
        elif kind in ("line_started", "line_ended"):
            self._speaks = kind == "line_started"
        return self._now()

    def _now(self) -> State:
        if self._phase in ("stopped", "finished"):
            return State.STOPPED
        if self._broken:
            return State.FAULT
        if self._phase == "paused":
            return State.PAUSED
        if self._phase in MOVING:
            return State.MOVING
        return State.SPEAKING if self._speaks else State.LISTENING


class Lit:
    """Shows each new state on `lights`, from a thread of its own: a light that hangs or fails costs the session nothing."""

    def __init__(self, lights: Lights) -> None:
        self._lights = lights
        self._reading = Reading()
        self._wanted: State | None = State.LISTENING
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lights", daemon=True)
        self._changed.set()
        self._thread.start()

    def event(self, event: Mapping[str, object]) -> None:
        """One event of the log; never waits."""
        state = self._reading.state(event)
        if state is not self._wanted:
            self._wanted = state
            self._changed.set()

    def end(self) -> None:
        """The session is over: all off, unless a light hangs."""
        self._wanted = None
        self._changed.set()
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        shown: State | None = None
        while self._changed.wait():
            self._changed.clear()
            with suppress(Exception):  # whatever it is: the next state is tried all the same
                if (state := self._wanted) is None:
                    self._lights.off()
                elif state is not shown:
                    self._lights.show(state)
                    shown = state
            if self._wanted is None and not self._changed.is_set():
                return
