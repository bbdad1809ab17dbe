"""The ears' thread."""

import threading

import numpy as np

from tests.coach.stage import PHRASEBOOK
from tests.ears.rooms import NOTHING, blocks, ears, room
from voicecoach.ears.ears import Ears
from voicecoach.ears.listener import QUEUE_BLOCKS, Listener
from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import Samples


class Scripted(Ears):
    """Ears that hear what they are told to, a block each."""

    def __init__(self, *script: Heard | Exception | threading.Event) -> None:
        self._script = list(script)

    def scope(self, grammar: Grammar) -> None:
        pass

    def forget(self) -> None:
        self.forgot = True

    def feed(self, microphone: Samples, played: Samples) -> list[Heard]:
        one = self._script.pop(0) if self._script else None
        if isinstance(one, Exception):
            raise one
        if isinstance(one, threading.Event):
            one.wait(10)
        return [one] if isinstance(one, Heard) else []


class Watcher:
    """Notes in order what the listener did."""

    def __init__(self, listening: Ears) -> None:
        self.notes: list[str] = []
        self.listener = Listener(listening, lambda: self.notes.append("hush"), lambda heard: self.notes.append(heard.stage.value))
        self.listener.scope(PHRASEBOOK.grammar("set"))


def heard(stage: Stage, phrase: str) -> Heard:
    return Heard(stage, phrase, phrase, 1.0)


def test_the_speaker_is_hushed_before_anybody_is_told() -> None:
    watcher = Watcher(ears("set"))
    watcher.listener.start()
    for block in blocks(room(4.0, (1.5, "stop_1"))):
        watcher.listener.push(block, NOTHING)
    assert watcher.listener.stop(30)
    assert watcher.notes == ["hush", "suspected", "hush", "confirmed"]


def test_only_safety_phrases_hush() -> None:
    watcher = Watcher(Scripted(heard(Stage.CONFIRMED, "louder"), heard(Stage.CONFIRMED, ""), heard(Stage.WITHDRAWN, "stop")))
    watcher.listener.start()
    for _ in range(3):
        watcher.listener.push(NOTHING, NOTHING)
    assert watcher.listener.stop(10)
    assert watcher.notes == ["confirmed", "confirmed", "withdrawn"]
    assert watcher.listener.heartbeat == 3


def test_what_breaks_the_ears_is_kept_and_told() -> None:
    watcher = Watcher(Scripted(ValueError("deaf")))
    watcher.listener.start()
    watcher.listener.push(NOTHING, NOTHING)
    watcher.listener.stop(10)
    assert str(watcher.listener.failure) == "deaf"
    assert watcher.listener.heartbeat == 0


def test_ears_that_failed_once_hear_the_next_block() -> None:
    watcher = Watcher(Scripted(ValueError("deaf"), heard(Stage.CONFIRMED, "louder")))
    watcher.listener.start()
    for _ in range(2):
        watcher.listener.push(NOTHING, NOTHING)
    assert watcher.listener.stop(10)
    assert watcher.notes == ["confirmed"]
    assert watcher.listener.failure is None


def test_ears_begin_anew_when_they_are_told_that_the_microphone_is_another() -> None:
    listening = Scripted()
    watcher = Watcher(listening)
    watcher.listener.start()
    watcher.listener.forget()
    watcher.listener.push(NOTHING, NOTHING)
    assert watcher.listener.stop(10)
    assert listening.forgot


def test_ears_that_are_stuck_never_hold_up_the_sound_and_show_it() -> None:
    go = threading.Event()
    watcher = Watcher(Scripted(go))
    watcher.listener.start()
    for _ in range(QUEUE_BLOCKS + 50):
        watcher.listener.push(NOTHING, np.zeros_like(NOTHING))
    assert watcher.listener.dropped >= 49
    assert watcher.listener.waiting == QUEUE_BLOCKS
    assert watcher.listener.heartbeat == 0
    go.set()
    assert watcher.listener.stop(10)


def test_other_ears_hear_in_the_place_of_those_that_hang_and_those_are_heard_no_more() -> None:
    waking = threading.Event()
    watcher = Watcher(Scripted(waking, heard(Stage.CONFIRMED, "pain")))
    listener = watcher.listener
    listener.start()
    listener.push(NOTHING, NOTHING)
    others = Scoped(heard(Stage.CONFIRMED, "stop"))
    old = listener._thread
    listener.renew(others)
    assert others.grammar == PHRASEBOOK.grammar("set")
    listener.push(NOTHING, NOTHING)
    assert listener.stop()
    assert watcher.notes == ["hush", "confirmed"]
    waking.set()
    old.join(10)
    assert not old.is_alive()
    assert watcher.notes == ["hush", "confirmed"]
    assert listener.heartbeat == 1


class Scoped(Scripted):
    """Remembers what it is to listen for."""

    grammar: Grammar | None = None

    def scope(self, grammar: Grammar) -> None:
        self.grammar = grammar
