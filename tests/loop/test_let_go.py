"""A session that is over lets go of its ears and voices at once, not when Python looks for what goes in circles: they are 150 MB."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from tests.coach.stage import CURRICULUM, KNOWN, QUICK
from voicecoach.coach.session import Session
from voicecoach.ears.watched import Watched
from voicecoach.messages.actions import Action
from voicecoach.messages.events import Input, Interrupted, Started
from voicecoach.record.handover import Fields, Handover


@pytest.fixture(autouse=True)
def _without_the_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


class Ears:
    """They count how often they began anew."""

    def __init__(self) -> None:
        self.forgot = 0

    def forget(self) -> None:
        self.forgot += 1


class Loop:
    """It holds the door to the coach, and the door knows what it does."""

    def __init__(self) -> None:
        self.done: list[Action] = []
        self.door = Handover(Session(QUICK, CURRICULUM, KNOWN), self.told, self.done_as_asked)

    def told(self, event: Input, more: Fields, at_s: float) -> None:
        pass

    def done_as_asked(self, action: Action) -> None:
        self.done.append(action)


def test_ears_go_with_the_watch_over_their_devices() -> None:
    ears, told = Ears(), list[Input]()
    watched = Watched(ears.forget, told.append)
    gone = ref(ears)
    del ears, watched
    assert gone() is None


def test_the_loop_goes_when_the_session_has_ended() -> None:
    loop = Loop()
    loop.door.hand_over(Started(), 0.0)
    loop.door.hand_over(Interrupted(), 1.0)
    assert loop.done
    gone = ref(loop)
    del loop
    assert gone() is None
