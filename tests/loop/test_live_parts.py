"""What a live session is made of beside its loop: the watches over the ears and the sound, the keyboard."""

import io

import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.live import PATIENCE_S, EarsWatch, GapsWatch, Inbox, Typed, read_keyboard
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import Gaps


class Listening:
    """Ears that only count."""

    def __init__(self) -> None:
        self.heartbeat = 0
        self.waiting = 0
        self.failure: Exception | None = None


@pytest.mark.parametrize("how", ["hangs", "died"])
def test_ears_that_stand_still_are_a_fault_once_and_recover(how: str) -> None:
    listening = Listening()
    watch = EarsWatch(listening)  # type: ignore[arg-type]
    assert watch.look(0.0) is None
    listening.waiting = 5 if how == "hangs" else 0
    listening.failure = RuntimeError("gone") if how == "died" else None
    assert watch.look(PATIENCE_S) is None
    news = watch.look(PATIENCE_S + 0.1)
    assert isinstance(news, Fault)
    assert news.what == "recognizer"
    assert watch.look(PATIENCE_S + 5) is None
    listening.heartbeat += 1
    assert watch.look(PATIENCE_S + 6) == Recovered("recognizer")


def test_what_is_lost_of_the_sound_is_told_when_it_grows_and_not_more_often_than_every_five_seconds() -> None:
    watch = GapsWatch()
    assert watch.look(Gaps(), 0, 0.0) is None
    assert watch.look(Gaps(underflows=2), 0, 1.0) == {"overflows": 0, "underflows": 2, "slips": 0, "unheard": 0}
    assert watch.look(Gaps(underflows=9, slips=1), 0, 5.9) is None
    assert watch.look(Gaps(underflows=9, slips=1), 4, 6.0) == {"overflows": 0, "underflows": 9, "slips": 1, "unheard": 4}
    assert watch.look(Gaps(underflows=9, slips=1), 4, 60.0) is None


def test_the_keyboard_says_what_is_typed() -> None:
    inbox = Inbox()
    read_keyboard(io.StringIO("Stop!\n"), inbox)
    typed = None
    while typed is None:
        typed = inbox.take()
    assert typed == Typed("Stop!\n")
    assert PHRASEBOOK.knows("stop")
