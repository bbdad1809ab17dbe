"""The coach's own voice in the microphone."""

import numpy as np
import pytest

from tests.ears.rooms import blocks, clip, confirmed, ears, hear, quiet
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.echo_filter import TAIL_BLOCKS, EchoFilter
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.echo_path import Retimed
from voicecoach.sound.resampling import resampled
from voicecoach.voice.renderer import Renderer

LINES = (
    "Hello. I am your coach.",
    "I am not a medical device, and I cannot see you.",
    "First, our safety questions. Say yes, no, or not sure.",
)


def spoken(length_s: float) -> Samples:
    """The coach, talking: a real voice, with pauses."""
    one = np.concatenate([clip("talk"), np.zeros(EARS_RATE_HZ // 2, np.float32)])
    return np.tile(one, 10)[: round(length_s * EARS_RATE_HZ)]


def echo_of(played: Samples, delay_ms: int, level: float, seed: int = 5) -> Samples:
    """What a small room makes of it, after a delay."""
    rng, length = np.random.default_rng(seed), EARS_RATE_HZ // 8
    impulse = rng.standard_normal(length) * np.exp(-np.arange(length) / (length / 7))
    impulse[0] = 4.0
    wet = np.convolve(played, impulse / np.sqrt((impulse**2).sum()))[: len(played)]
    return np.concatenate([np.zeros(delay_ms * EARS_RATE_HZ // 1000), wet])[: len(played)].astype(np.float32) * np.float32(level)


def drifting(played: Samples, drift_ppm: float) -> Samples:
    """`played` as a microphone with another clock samples it, 40 ms later."""
    path, fine = Retimed(40.0, drift_ppm), resampled(Pcm(played, EARS_RATE_HZ), VOICE_RATE_HZ).samples
    return np.concatenate([path.push(fine[at : at + 480]) for at in range(0, len(fine) - 479, 480)])


def power(samples: Samples) -> float:
    return float((samples.astype(np.float64) ** 2).mean())


def cleaned(canceller: EchoCanceller, microphone: Samples, played: Samples) -> Samples:
    return np.concatenate([canceller.cancel(mic, own) for mic, own in zip(blocks(microphone), blocks(played), strict=True)])


def loss_db(microphone: Samples, behind: Samples, from_s: float, to_s: float | None = None) -> float:
    part = slice(round(from_s * EARS_RATE_HZ), None if to_s is None else round(to_s * EARS_RATE_HZ))
    return 10 * float(np.log10(power(microphone[: len(behind)][part]) / power(behind[part])))


@pytest.mark.parametrize("delay_ms", [10, 80, 290])
@pytest.mark.parametrize("level", [0.03, 0.3])
def test_the_echo_falls_by_15_db_whatever_its_delay_and_its_level(delay_ms: int, level: float) -> None:
    played = spoken(24.0)
    microphone = echo_of(played, delay_ms, level) + quiet(24.0) * np.float32(0.1)
    assert loss_db(microphone, cleaned(EchoCanceller(), microphone, played), 12.0) > 15


@pytest.mark.parametrize("drift_ppm", [0.0, 50.0, -100.0])
def test_the_echo_falls_by_20_db_also_where_two_clocks_disagree_and_by_how_much_is_known(drift_ppm: float) -> None:
    played, canceller = spoken(40.0), EchoCanceller()
    microphone = echo_of(drifting(played, drift_ppm), 40, 0.3) + quiet(40.0)
    behind = cleaned(canceller, microphone, played)
    assert loss_db(microphone, behind, 20.0) > 20
    assert canceller.drift_ppm == pytest.approx(drift_ppm, abs=0.5)


def test_a_drift_that_is_known_from_the_last_time_costs_nothing_from_the_first_second_on() -> None:
    played = spoken(12.0)
    microphone = echo_of(drifting(played, 100.0), 60, 0.3) + quiet(12.0)
    known, unknown = (cleaned(EchoCanceller(drift_ppm=ppm), microphone, played) for ppm in (100.0, 0.0))
    assert loss_db(microphone, known, 2.0, 6.0) > loss_db(microphone, unknown, 2.0, 6.0) + 3


def test_a_speaker_that_is_carried_to_another_place_is_forgotten_and_learned_again() -> None:
    played, canceller = spoken(30.0), EchoCanceller()
    here, there = echo_of(played, 60, 0.3), echo_of(played, 75, 0.3, seed=6)
    moved = 15 * EARS_RATE_HZ
    microphone = np.concatenate([here[:moved], there[moved:]]) + quiet(30.0)
    behind = cleaned(canceller, microphone, played)
    assert loss_db(microphone, behind, 12.0, 15.0) > 20
    assert loss_db(microphone, behind, 18.0, 21.0) > 10, "of use after three seconds"
    assert loss_db(microphone, behind, 22.0, 30.0) > 20


@pytest.mark.parametrize("late_samples", [320, -320, 342, -100])
def test_an_echo_that_comes_at_another_time_from_one_moment_on_is_found_at_once(late_samples: int) -> None:
    """As after a slip between two devices, or a gap in what one plays."""
    played, canceller = spoken(34.0), EchoCanceller()
    echo, slips = echo_of(played, 80, 0.3), 30 * EARS_RATE_HZ
    microphone = np.concatenate([echo[:slips], np.roll(echo, late_samples)[slips:]]) + quiet(34.0)
    behind = cleaned(canceller, microphone, played)
    assert loss_db(microphone, behind, 20.0, 30.0) > 20
    assert loss_db(microphone, behind, 30.8, 31.4) > 12


def test_a_reference_that_jumps_by_a_block_costs_nothing() -> None:
    played = list(blocks(spoken(20.0)))
    microphone = list(blocks(echo_of(spoken(20.0), 80, 0.3) + quiet(20.0)))
    jumps = 1 + max(range(700, 800), key=lambda n: power(np.concatenate(played[n : n + 10])))
    left = []
    for at in (jumps, len(played)):
        echo_filter = EchoFilter()
        behind = [echo_filter.cancel(microphone[n], played[n - (n >= at)], jump=int(n == at)) for n in range(len(played))]
        left.append(power(np.concatenate(behind[jumps : jumps + 10])))
    assert left[0] == pytest.approx(left[1], rel=0.2)


def test_what_was_given_out_stays_as_it_was() -> None:
    echo_filter, faint = EchoFilter(), np.full(EARS_BLOCK, 1e-7, np.float32)
    given = [echo_filter.cancel(np.full(EARS_BLOCK, n / 1000, np.float32), faint) for n in range(200)]
    assert all(np.array_equal(block, np.full(EARS_BLOCK, n / 1000, np.float32)) for n, block in enumerate(given))


def test_an_outage_is_not_taken_for_a_room_without_an_echo() -> None:
    played, canceller = spoken(36.0), EchoCanceller()
    microphone = echo_of(played, 80, 0.3) + quiet(36.0)
    microphone[14 * EARS_RATE_HZ : 24 * EARS_RATE_HZ] = 0.0
    behind = cleaned(canceller, microphone, played)
    assert loss_db(microphone, behind, 25.0, 28.0) > 15
    assert not behind[15 * EARS_RATE_HZ : 23 * EARS_RATE_HZ].any()


def test_somebody_who_talks_along_is_not_taken_out_and_spoils_little() -> None:
    played, canceller = spoken(30.0), EchoCanceller()
    microphone = echo_of(played, 60, 0.3) + quiet(30.0)
    said = np.zeros_like(microphone)
    for at_s in range(14, 22, 2):
        said[at_s * EARS_RATE_HZ :][: len(clip("stop_1"))] += clip("stop_1") * np.float32(0.3)
    behind = cleaned(canceller, microphone + said, played)
    assert power(behind - said) < power(microphone) / 10**1.5
    assert loss_db(microphone, behind, 23.0) > 15


def test_the_microphone_passes_untouched_before_anything_is_played_and_long_after() -> None:
    canceller, silence = EchoCanceller(), np.zeros(EARS_BLOCK, np.float32)
    said = list(blocks(clip("stop_1")))
    assert all(np.array_equal(canceller.cancel(block, silence), block) for block in said)
    canceller.cancel(said[0], np.full(EARS_BLOCK, 0.1, np.float32))
    for _ in range(TAIL_BLOCKS):
        canceller.cancel(said[0], silence)
    assert not canceller.playing
    assert all(np.array_equal(canceller.cancel(block, silence), block) for block in said)


def test_no_block_comes_out_louder_than_it_went_in() -> None:
    played, canceller = spoken(8.0), EchoCanceller()
    microphone = quiet(8.0) * np.float32(20)
    for mic, own in zip(blocks(microphone), blocks(played), strict=True):
        assert power(canceller.cancel(mic, own)) <= power(mic) * 1.0001


class Astray(EchoFilter):
    """Makes everything louder."""

    def __init__(self) -> None:
        self.forgotten = 0

    def cancel(self, microphone: Samples, played: Samples, jump: int = 0) -> Samples:
        del played, jump
        return microphone * np.float32(2)

    def find_again(self) -> None:
        self.forgotten += 1


def test_a_filter_that_keeps_making_it_louder_does_no_harm_and_begins_anew() -> None:
    astray = Astray()
    canceller, block = EchoCanceller(astray), quiet(0.02)
    for _ in range(100):
        assert np.array_equal(canceller.cancel(block, block), block)
    assert astray.forgotten == 1


def test_stop_is_heard_over_the_coach_and_the_coach_is_not() -> None:
    played = spoken(22.0)
    echo = echo_of(played, 80, 0.3)
    said = np.zeros_like(echo)
    start = 18 * EARS_RATE_HZ
    said[start : start + len(clip("stop_1"))] = clip("stop_1") * np.float32(0.3)
    alone = hear(ears("set", EchoCanceller()), echo + quiet(22.0), played)
    assert [heard for heard in alone if heard.stage is Stage.CONFIRMED and heard.phrase] == []
    assert "stop" in confirmed(hear(ears("set", EchoCanceller()), echo + said + quiet(22.0), played))


@pytest.mark.parametrize("at_s", [13.0, 15.0, 17.0])
def test_stop_is_heard_over_the_coach_by_a_microphone_that_gives_zeros_between_words(at_s: float) -> None:
    with Renderer("en-gb", 150) as somebody, Renderer("en-us+f5", 155) as coach:
        said = resampled(somebody.render("stop"), EARS_RATE_HZ).samples
        lines = [resampled(coach.render(line), EARS_RATE_HZ).samples for line in LINES]
    played = np.concatenate([np.zeros(EARS_RATE_HZ // 5, np.float32), *lines, *lines])
    microphone = np.zeros_like(played)
    start = round(at_s * EARS_RATE_HZ)
    microphone[start : start + len(said)] = said
    assert "stop" in confirmed(hear(ears("question", EchoCanceller()), microphone, played))
