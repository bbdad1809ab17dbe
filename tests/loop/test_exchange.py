"""The exchange with the sound thread."""

import queue

import numpy as np

from voicecoach.ears.alive import PATIENCE_S
from voicecoach.exchange import Exchange
from voicecoach.messages.events import Event, Fault, Recovered
from voicecoach.messages.sound import BLOCK_MS, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.speaker import Speaker

NOISE = np.random.default_rng(0).standard_normal(320).astype(np.float32) * np.float32(0.001)
NOTHING = np.zeros(320, np.float32)


class Listening:
    """Ears that only keep what they get."""

    def __init__(self) -> None:
        self.blocks: list[tuple[Samples, Samples]] = []
        self.forgot = 0

    def forget(self) -> None:
        self.forgot += 1

    def push(self, microphone: Samples, played: Samples) -> None:
        self.blocks.append((microphone, played))


class Refusing(Listening):
    """Ears that fail."""

    def push(self, microphone: Samples, played: Samples) -> None:
        raise ValueError("too much")


class Session:
    """An exchange with all that is around it."""

    def __init__(self, listening: Listening | None = None) -> None:
        self.listening, self.speaker = listening or Listening(), Speaker()
        self.told: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self.exchange = Exchange(self.speaker, self.listening, self.told.put)  # type: ignore[arg-type]

    def run(self, seconds: float, microphone: Samples) -> None:
        for _ in range(round(seconds * 1000 / BLOCK_MS) + 1):
            self.exchange(microphone, NOTHING)

    def news(self) -> list[Event]:
        return [self.told.get() for _ in range(self.told.qsize())]


def test_every_block_reaches_the_ears_with_what_was_really_played() -> None:
    session = Session()
    session.speaker.say(1, Pcm(np.ones(VOICE_RATE_HZ, np.float32), VOICE_RATE_HZ))
    played = NOISE * 3
    assert session.exchange(NOISE, played).any()
    ((heard, reference),) = session.listening.blocks
    assert (heard == NOISE).all()
    assert (reference == played).all()


def test_a_microphone_that_falls_exactly_silent_is_a_fault_within_seconds_and_recovers() -> None:
    session = Session()
    session.run(10, NOISE)
    session.run(PATIENCE_S, NOTHING)
    session.run(0, NOISE)
    first, second = session.news()
    assert isinstance(first, Fault)
    assert first.what == "microphone"
    assert second == Recovered("microphone")
    assert session.listening.forgot == 1


def test_a_microphone_that_was_lost_is_told_of_once_and_then_watched_again() -> None:
    session = Session()
    session.run(10, NOISE)
    lost = Fault("microphone", "It was pulled out.")
    session.exchange.report(lost)
    session.run(10, NOTHING)
    session.exchange.report(Recovered("microphone"))
    session.run(10, NOISE)
    assert session.news() == [lost, Recovered("microphone")]
    assert session.listening.forgot == 1
    session.run(PATIENCE_S, NOTHING)
    (mute,) = session.news()
    assert isinstance(mute, Fault)


def test_an_error_in_the_sound_is_told_once_and_the_clock_goes_on() -> None:
    session = Session(Refusing())
    assert [len(session.exchange(NOISE, NOTHING)) for _ in range(3)] == [480] * 3
    (fault,) = session.news()
    assert isinstance(fault, Fault)
    assert (fault.what, fault.detail) == ("sound", "The sound failed (ValueError: too much).")
    assert session.speaker.position_samples == 3 * 480
