"""What a live session is made of beside its loop: the exchange with the sound thread, the watch over the ears, the keyboard."""

import io

import numpy as np
import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.live import PATIENCE_S, POLL_S, VIRTUAL_PATIENCE_S, EarsWatch, Exchange, Inbox, Typed, read_keyboard
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.speaker import Speaker


class Listening:
    """Ears that only count."""

    def __init__(self) -> None:
        self.heartbeat = 0
        self.waiting = 0
        self.failure: Exception | None = None
        self.blocks: list[tuple[int, int]] = []
        self.played: Samples = np.zeros(0, np.float32)

    def push(self, microphone: Samples, played: Samples) -> None:
        self.blocks.append((len(microphone), len(played)))
        self.played = played


NOISE = np.random.default_rng(0).standard_normal(320).astype(np.float32) * np.float32(0.001)
NOTHING = np.zeros(320, np.float32)


def exchange() -> tuple[Exchange, Listening, Inbox]:
    listening, inbox = Listening(), Inbox()
    return Exchange(Speaker(), listening, inbox), listening, inbox  # type: ignore[arg-type]


def test_every_block_reaches_the_ears_with_what_was_played_meanwhile() -> None:
    exchanging, listening, _ = exchange()
    assert len(exchanging(NOISE)) == 480
    assert listening.blocks == [(320, 320)]


def test_the_ears_reference_is_what_was_played_as_loud_as_it_was_played() -> None:
    listening, speaker = Listening(), Speaker()
    exchanging = Exchange(speaker, listening, Inbox())  # type: ignore[arg-type]
    speaker.say(1, Pcm(np.full(96_000, 0.5, np.float32), VOICE_RATE_HZ))
    for gain_db in (0.0, -12.0):
        speaker.gain_db = gain_db
        played = np.concatenate([exchanging(NOISE) for _ in range(10)])[-480:]
        assert np.allclose(played, 0.5 * 10 ** (gain_db / 20), atol=1e-6)
        assert np.allclose(listening.played, 0.5 * 10 ** (gain_db / 20), atol=1e-3)
    speaker.duck()
    for _ in range(10):
        exchanging(NOISE)
    assert np.allclose(listening.played, 0.5 * 10 ** (-24 / 20), atol=1e-3)


def blocks(seconds: float) -> range:
    return range(round(seconds / POLL_S) + 1)


def test_a_microphone_that_falls_exactly_silent_is_a_fault_within_seconds_and_recovers() -> None:
    exchanging, _, inbox = exchange()
    for _ in blocks(10):
        exchanging(NOISE)
    for _ in blocks(PATIENCE_S):
        exchanging(NOTHING)
    exchanging(NOISE)
    first, second = inbox.take(), inbox.take()
    assert isinstance(first, Fault)
    assert first.what == "microphone"
    assert second == Recovered("microphone")


def test_a_microphone_that_is_silent_between_words_is_none_for_two_minutes() -> None:
    exchanging, _, inbox = exchange()
    for _ in range(5):
        for _ in blocks(1):
            exchanging(NOISE)
        for _ in blocks(8):
            exchanging(NOTHING)
    assert inbox.take() is None
    for _ in blocks(VIRTUAL_PATIENCE_S):
        exchanging(NOTHING)
    assert isinstance(inbox.take(), Fault)


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


def test_the_keyboard_says_what_is_typed() -> None:
    inbox = Inbox()
    read_keyboard(io.StringIO("Stop!\n"), inbox)
    typed = None
    while typed is None:
        typed = inbox.take()
    assert typed == Typed("Stop!\n")
    assert PHRASEBOOK.knows("stop")
