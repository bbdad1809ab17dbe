"""One press of a button is one stop, and it stops as the word does."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coach.stage import CURRICULUM, PHRASEBOOK, TODAY, plan
from tests.loop.room import Room
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.commands.by_hand import hands
from voicecoach.live import Inbox, Typed
from voicecoach.messages.intents import Intent
from voicecoach.messages.memory import Memory, Person
from voicecoach.messages.sound import VOICE_BLOCK, VOICE_RATE_HZ
from voicecoach.onlookers.button import SETTLED_S, Button
from voicecoach.understanding.keyboard import typed

EVENING = plan(sets=2, reps=1, warm_up_s=0, cool_down_s=0, rest_s=10)
SCREENED = Person(name="", taught=True, screened_on_day=TODAY)
WITHIN_S = 900


class NewToTheMat(Session):
    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory) -> None:
        super().__init__(plan, curriculum, replace(memory, people=(SCREENED,)))


class OnTheMatBefore(Session):
    def __init__(self, plan: Plan, curriculum: Curriculum, memory: Memory) -> None:
        super().__init__(plan, curriculum, replace(memory, people=(replace(SCREENED, heard_on_mat=True),)))


class Pressing(Room):
    """A room with a button: what hands do comes in with the next step, as it does live."""

    def __init__(self, coach: type[Session] = OnTheMatBefore) -> None:
        super().__init__(EVENING, coach)
        self.inbox = Inbox()
        self.button = Button(hands(self.speaker, PHRASEBOOK, CURRICULUM.mat, self.inbox))

    def step(self) -> None:
        super().step()
        for item in self.inbox.left():
            assert isinstance(item, Typed)
            if heard := typed(item, PHRASEBOOK, self.now_s):
                self.conductor.hear(heard)

    def press(self) -> None:
        self.button.down(self.now_s)

    def to_the_end(self) -> list[str]:
        """The lines from here on."""
        before = len(self.lines())
        self.until("session_ended", within_s=WITHIN_S)
        return self.lines()[before:]


def arrived(phase: str) -> Pressing:
    """A room in that phase, in the middle of a sentence or right after one."""
    room = Pressing()
    if phase == "paused":
        room.until("rep", within_s=WITHIN_S, moment="lift")
        room.say("pause")
    elif phase != "screen":
        room.until("phase", within_s=WITHIN_S, to=phase)
    room.until("line_started")
    return room


PHASES = ("screen", "teach", "warm_up", "set", "hold", "check_in", "rest", "cool_down", "paused")


@pytest.mark.parametrize("phase", PHASES)
def test_in_every_phase_it_is_silent_after_the_block_that_fades_and_only_what_follows_the_word_comes_after(phase: str) -> None:
    pressed, said = arrived(phase), arrived(phase)
    faded = len(pressed.played) + 1
    pressed.press()
    pressed.step()
    assert pressed.events[-1]["to"] == "stopped"
    said.say("stop")
    following = pressed.to_the_end()
    assert following == said.to_the_end()
    begun_s = next(event["at_s"] for event in pressed.events if event["event"] == "line_started" and event["line"] == "stop.stopped")
    silent = np.concatenate(pressed.played[faded : round(begun_s * VOICE_RATE_HZ) // VOICE_BLOCK])
    assert len(silent) > VOICE_BLOCK
    assert not silent.any()
    stopped = next(n for n, event in enumerate(pressed.events) if event["event"] == "phase" and event["to"] == "stopped")
    assert {event["to"] for event in pressed.events[stopped:] if event["event"] == "phase"} == {"stopped", "finished"}
    assert not [event for event in pressed.events[stopped:] if event["event"] == "rep"]
    assert pressed.events[-1]["outcome"] == "stopped"


@pytest.mark.parametrize("word", [test.id for test in CURRICULUM.mat])
def test_where_the_coach_asks_to_hear_a_safety_word_the_button_means_it(word: str) -> None:
    room = Pressing(NewToTheMat)
    asked = room.until("line_started", within_s=WITHIN_S, line=word)
    room.until("line_ended", line=word)
    assert asked["line"] == word
    room.press()
    assert room.until("session_ended", within_s=WITHIN_S)["outcome"] == "stopped"
    assert "mat.heard" not in room.lines()


def test_a_press_when_all_is_over_does_nothing() -> None:
    room = arrived("screen")
    room.press()
    room.until("session_ended", within_s=WITHIN_S)
    count = len(room.events)
    room.button.up(room.now_s + 1)
    room.button.down(room.now_s + 2)
    for _ in range(50):
        room.step()
    assert len(room.events) == count


def stops(edges: Iterator[tuple[float, bool]]) -> list[Intent]:
    told: list[Intent] = []
    button = Button(told.append)
    for at_s, down in edges:
        (button.down if down else button.up)(at_s)
    return told


@given(st.lists(st.tuples(st.floats(0, SETTLED_S - 0.001), st.booleans()), max_size=50))
def test_however_a_contact_bounces_it_is_one_stop(bounces: list[tuple[float, bool]]) -> None:
    at_s = np.cumsum([100.0, *(gap for gap, _ in bounces)])
    edges = [True, *(down for _, down in bounces)]
    gaps_s = [later - earlier for earlier, later in pairwise(at_s)]
    assert all(gap_s < SETTLED_S for gap_s in gaps_s)
    assert stops(zip(at_s.tolist(), edges, strict=True)) == [Intent.STOP]


def test_a_button_that_is_held_or_stuck_is_one_stop() -> None:
    assert stops((n * 0.5, True) for n in range(1000)) == [Intent.STOP]


def test_it_can_be_pressed_again_once_it_was_let_go() -> None:
    assert stops(iter([(0.0, True), (0.1, False), (1.0, True)])) == [Intent.STOP, Intent.STOP]
