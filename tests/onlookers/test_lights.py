"""Lights show how a session is, and nothing that lights do disturbs it."""

import queue
import threading
from pathlib import Path

from tests.coach.stage import plan
from tests.loop.room import Room
from voicecoach.coach import phases
from voicecoach.messages.events import Fault, Recovered
from voicecoach.onlookers.lights import MOVING, Lit, Reading, State

AT_MOST_S = 10.0


class Shown:
    def __init__(self) -> None:
        self.states: queue.SimpleQueue[State | None] = queue.SimpleQueue()

    def show(self, state: State) -> None:
        self.states.put(state)

    def off(self) -> None:
        self.states.put(None)

    def next(self) -> State | None:
        return self.states.get(timeout=AT_MOST_S)


class Failing(Shown):
    def show(self, state: State) -> None:
        super().show(state)
        Path("/proc/nothing/here").read_text(encoding="utf-8")


class Hanging(Shown):
    def show(self, state: State) -> None:
        super().show(state)
        threading.Event().wait()


def states_of(room: Room) -> list[State]:
    """What was shown, each change once."""
    reading = Reading()
    found = [reading.state(event) for event in room.events]
    return [state for before, state in zip([None, *found], found, strict=False) if state is not before]


def test_a_session_shows_when_it_speaks_listens_moves_pauses_and_is_over() -> None:
    room = Room(plan(sets=1, reps=2, warm_up_s=0, cool_down_s=0))
    room.until("rep", within_s=900, moment="hold")
    room.say("pause")
    room.until("line_ended", line="paused.moving")
    room.say("continue")
    room.until("rep", moment="lower")
    room.say("stop")
    room.until("session_ended", within_s=900)
    states = states_of(room)
    assert states[:2] == [State.LISTENING, State.SPEAKING]
    assert states[-4:] == [State.MOVING, State.PAUSED, State.MOVING, State.STOPPED]


def test_what_is_broken_shows_until_it_works_again_but_never_hides_that_it_is_stopped() -> None:
    room = Room(plan(sets=1, reps=2, warm_up_s=0, cool_down_s=0))
    room.until("rep", within_s=900, moment="lift")
    room.conductor.tell(Fault("microphone", "Gone."), room.now_s)
    assert states_of(room)[-1] is State.FAULT
    room.conductor.tell(Recovered("microphone"), room.now_s)
    assert states_of(room)[-1] is State.PAUSED
    room.conductor.tell(Fault("microphone", "Gone."), room.now_s)
    room.say("stop")
    assert states_of(room)[-1] is State.STOPPED


def test_what_moves_is_what_the_coach_says_moves() -> None:
    assert {phase.value for phase in phases.MOVING} == MOVING


def test_each_change_is_shown_and_at_the_end_all_is_off() -> None:
    lights = Shown()
    lit = Lit(lights)
    assert lights.next() is State.LISTENING
    lit.event({"event": "phase", "to": "set"})
    assert lights.next() is State.MOVING
    lit.event({"event": "rep", "n": 1})
    lit.event({"event": "phase", "to": "stopped"})
    assert lights.next() is State.STOPPED
    lit.end()
    assert lights.next() is None
    assert lights.states.empty()


def test_lights_that_fail_are_tried_with_the_next_state() -> None:
    lights = Failing()
    lit = Lit(lights)
    assert lights.next() is State.LISTENING
    lit.event({"event": "phase", "to": "stopped"})
    assert lights.next() is State.STOPPED
    lit.end()
    assert lights.next() is None


def test_lights_that_hang_keep_nobody_waiting() -> None:
    lights = Hanging()
    lit = Lit(lights)
    assert lights.next() is State.LISTENING
    for n in range(1000):
        lit.event({"event": "phase", "to": ("set", "rest")[n % 2]})
    lit.end()
    assert lights.states.empty()
