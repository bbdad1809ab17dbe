"""The coach's own voice in the microphone."""

import ctypes.util

import numpy as np
import pytest

from tests.ears.rooms import blocks, clip, confirmed, ears, hear, quiet
from voicecoach.ears.echo import BLOCK_SAMPLES, LOUDER_BLOCKS_ALLOWED, TAIL_BLOCKS, EchoCanceller, EchoFilter, NumpyFilter, SpeexFilter
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

FILTERS = [NumpyFilter, SpeexFilter]


def made(kind: type[EchoFilter]) -> EchoCanceller:
    if kind is SpeexFilter and not ctypes.util.find_library("speexdsp"):
        pytest.fail("libspeexdsp is not installed: apt-get install libspeexdsp1")
    return EchoCanceller(kind())


def spoken(length_s: float) -> Samples:
    """The coach, talking: a real voice, with pauses."""
    one = np.concatenate([clip("talk"), np.zeros(EARS_RATE_HZ // 2, np.float32)])
    return np.tile(one, 10)[: round(length_s * EARS_RATE_HZ)]


def echo_of(played: Samples, delay_ms: int, level: float) -> Samples:
    """What a small room makes of it, after a delay."""
    rng, length = np.random.default_rng(5), EARS_RATE_HZ // 8
    impulse = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 7))
    impulse[0] = 4.0
    wet = np.convolve(played, impulse / np.sqrt((impulse**2).sum()))[: len(played)]
    return np.concatenate([np.zeros(delay_ms * EARS_RATE_HZ // 1000), wet])[: len(played)].astype(np.float32) * np.float32(level)


def power(samples: Samples) -> float:
    return float((samples.astype(np.float64) ** 2).mean())


@pytest.mark.parametrize("kind", FILTERS)
@pytest.mark.parametrize("delay_ms", [10, 80, 290])
def test_the_echo_falls_by_15_db_whatever_its_delay(kind: type[EchoFilter], delay_ms: int) -> None:
    played, canceller = spoken(24.0), made(kind)
    microphone = echo_of(played, delay_ms, 0.3) + quiet(24.0)
    cleaned = np.concatenate([canceller.cancel(mic, own) for mic, own in zip(blocks(microphone), blocks(played), strict=True)])
    settled = slice(12 * EARS_RATE_HZ, None)
    assert power(cleaned[settled]) < power(microphone[settled]) / 10**1.5


@pytest.mark.parametrize("kind", FILTERS)
def test_after_an_outage_the_echo_is_learned_anew_as_if_for_the_first_time(kind: type[EchoFilter]) -> None:
    played, fresh, returned = spoken(24.0), made(kind), made(kind)
    microphone = echo_of(played, 80, 0.3)
    for own in blocks(played):
        returned.cancel(np.zeros(BLOCK_SAMPLES, np.float32), own)
    returned.forget()
    once, again = (
        np.concatenate([canceller.cancel(mic, own) for mic, own in zip(blocks(microphone), blocks(played), strict=True)])
        for canceller in (fresh, returned)
    )
    assert power(again) == pytest.approx(power(once), rel=0.05)


@pytest.mark.parametrize("kind", FILTERS)
def test_the_microphone_passes_untouched_before_anything_is_played_and_long_after(kind: type[EchoFilter]) -> None:
    canceller, silence = made(kind), np.zeros(BLOCK_SAMPLES, np.float32)
    said = list(blocks(clip("stop_1")))
    assert all(np.array_equal(canceller.cancel(block, silence), block) for block in said)
    canceller.cancel(said[0], np.full(BLOCK_SAMPLES, 0.1, np.float32))
    for _ in range(TAIL_BLOCKS):
        canceller.cancel(said[0], silence)
    assert not canceller.playing
    assert all(np.array_equal(canceller.cancel(block, silence), block) for block in said)


@pytest.mark.parametrize("kind", FILTERS)
def test_no_block_comes_out_louder_than_it_went_in(kind: type[EchoFilter]) -> None:
    played, canceller = spoken(8.0), made(kind)
    microphone = quiet(8.0) * np.float32(20)
    for mic, own in zip(blocks(microphone), blocks(played), strict=True):
        assert power(canceller.cancel(mic, own)) <= power(mic) * 1.0001


class Astray:
    name = "astray"

    def __init__(self) -> None:
        self.forgotten = 0

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        return microphone * np.float32(2)

    def forget(self) -> None:
        self.forgotten += 1


def test_a_filter_that_keeps_making_it_louder_begins_anew() -> None:
    astray = Astray()
    canceller, block = EchoCanceller(astray), quiet(0.02)
    for _ in range(LOUDER_BLOCKS_ALLOWED + 1):
        assert np.array_equal(canceller.cancel(block, block), block)
    assert astray.forgotten == 1


@pytest.mark.parametrize("kind", FILTERS)
def test_stop_is_heard_over_the_coach_and_the_coach_is_not(kind: type[EchoFilter]) -> None:
    played = spoken(22.0)
    echo = echo_of(played, 80, 0.3)
    said = np.zeros_like(echo)
    start = 18 * EARS_RATE_HZ
    said[start : start + len(clip("stop_1"))] = clip("stop_1") * np.float32(0.3)
    alone = hear(ears("set", made(kind)), echo + quiet(22.0), played)
    assert [heard for heard in alone if heard.stage is Stage.CONFIRMED and heard.phrase] == []
    assert "stop" in confirmed(hear(ears("set", made(kind)), echo + said + quiet(22.0), played))
