"""What was played, as the microphone's clock would have sampled it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.ears.reference import HALF_TAPS, Reference
from voicecoach.messages.sound import Samples

BLOCK = 320


def tone(at_sample: NDArray[np.floating]) -> Samples:
    return np.asarray(np.sin(2 * np.pi * 3000 / 16_000 * at_sample), np.float32)


def test_without_drift_it_is_what_was_played() -> None:
    reference, played = Reference(BLOCK), tone(np.arange(BLOCK * 10.0))
    for at in range(0, len(played), BLOCK):
        block, jump = reference.push(played[at : at + BLOCK], 0.0, quiet=False)
        assert np.array_equal(block, played[at : at + BLOCK])
        assert jump == 0


@pytest.mark.parametrize("drift_ppm", [50.0, -50.0, 200.0])
def test_with_drift_the_delay_grows_by_it_to_a_thousandth_of_full_scale(drift_ppm: float) -> None:
    reference, played, held_back = Reference(BLOCK), tone(np.arange(BLOCK * 200.0)), 0.0
    for n in range(200):
        block, jump = reference.push(played[n * BLOCK : (n + 1) * BLOCK], drift_ppm, quiet=False)
        held_back += BLOCK * drift_ppm * 1e-6 + jump * BLOCK
        if n > 4:
            assert np.abs(block - tone(np.arange(n * BLOCK, (n + 1) * BLOCK) - held_back)).max() < 1e-3


@pytest.mark.parametrize("drift_ppm", [300.0, -300.0])
def test_it_is_held_back_by_little_more_than_a_block_however_long_it_drifts(drift_ppm: float) -> None:
    reference, held_back, silence = Reference(BLOCK), 0.0, np.zeros(BLOCK, np.float32)
    for n in range(20_000):
        _, jump = reference.push(silence, drift_ppm, quiet=n % 100 == 0)
        held_back += BLOCK * drift_ppm * 1e-6 + jump * BLOCK
        assert HALF_TAPS <= held_back <= HALF_TAPS + 2 * BLOCK + 1


def test_it_jumps_forward_only_while_nothing_can_be_heard() -> None:
    reference, silence = Reference(BLOCK), np.zeros(BLOCK, np.float32)
    jumps = [(n, reference.push(silence, 500.0, quiet=n == 1000)[1]) for n in range(1001)]
    assert [(n, jump) for n, jump in jumps if jump] == [(0, 1), (1000, -1)]
