"""A stream changes its rate without falling behind, and says by how much it is late."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.messages.sound import Pcm, Samples
from voicecoach.sound.resampling import Resampler, resampled

RATES = [(48_000, 16_000), (24_000, 48_000), (24_000, 16_000), (44_100, 16_000), (24_000, 44_100), (8_000, 16_000), (16_000, 16_000)]


def _tone(rate_hz: int, hz: float, seconds: float = 2.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * hz * np.arange(int(rate_hz * seconds)) / rate_hz)).astype(np.float32)


def _streamed(resampler: Resampler, samples: Samples, size: int) -> list[Samples]:
    return [resampler.push(samples[at : at + size]) for at in range(0, len(samples), size)]


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
def test_every_block_of_20_ms_gives_a_block_of_20_ms(from_hz: int, to_hz: int) -> None:
    blocks = _streamed(Resampler(from_hz, to_hz), _tone(from_hz, 440), from_hz // 50)
    assert {len(block) for block in blocks} == {to_hz // 50}
    assert {block.dtype for block in blocks} == {np.dtype(np.float32)}


@pytest.mark.parametrize(("from_hz", "to_hz"), RATES)
def test_a_stream_is_late_by_exactly_the_delay_it_names(from_hz: int, to_hz: int) -> None:
    resampler = Resampler(from_hz, to_hz)
    out = np.concatenate(_streamed(resampler, _tone(from_hz, 1000), from_hz // 50))
    wanted = 0.5 * np.sin(2 * np.pi * 1000 * (np.arange(len(out)) - resampler.delay_samples) / to_hz)
    assert out[to_hz:] == pytest.approx(wanted[to_hz:], abs=1e-3)


@pytest.mark.parametrize(("from_hz", "to_hz", "most_s"), [(48_000, 16_000, 0.003), (24_000, 48_000, 0.003), (44_100, 16_000, 0.05)])
def test_the_delay_stays_small(from_hz: int, to_hz: int, most_s: float) -> None:
    assert Resampler(from_hz, to_hz).delay_samples / to_hz <= most_s


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=20), st.sampled_from(RATES))
def test_how_a_stream_is_cut_changes_nothing(sizes: list[int], rates: tuple[int, int]) -> None:
    samples = np.random.default_rng(0).standard_normal(sum(sizes)).astype(np.float32)
    whole = Resampler(*rates).push(samples)
    cutter = Resampler(*rates)
    cut = [cutter.push(part) for part in np.split(samples, np.cumsum(sizes)[:-1])]
    assert np.concatenate(cut) == pytest.approx(whole, abs=1e-5)


def test_what_the_ears_rate_cannot_carry_does_not_come_back_as_another_pitch() -> None:
    out = np.concatenate(_streamed(Resampler(48_000, 16_000), _tone(48_000, 9_000), 960))
    assert np.abs(out[1600:]).max() < 0.5 * 10 ** (-70 / 20)


def test_a_whole_recording_keeps_its_length_and_is_not_delayed() -> None:
    out = resampled(Pcm(_tone(44_100, 1000), 44_100), 16_000)
    assert out.duration_s == pytest.approx(2.0)
    assert out.samples[1600:-1600] == pytest.approx(_tone(16_000, 1000)[1600:-1600], abs=1e-3)


def test_a_recording_of_the_right_rate_is_left_alone() -> None:
    pcm = Pcm(_tone(16_000, 1000), 16_000)
    assert resampled(pcm, 16_000) is pcm
