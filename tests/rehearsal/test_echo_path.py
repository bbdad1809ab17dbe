import numpy as np
import pytest

from tests.rehearsal.sounds import burst
from voicecoach.messages.sound import Samples
from voicecoach.rehearsal.echo_path import Retimed, Reverb


def tone(rate_hz: float, count: int, hz: float = 1000.0, later_s: float = 0.0) -> Samples:
    return np.sin(2 * np.pi * hz * (np.arange(count) / rate_hz - later_s)).astype(np.float32)


def retimed(path: Retimed, played: Samples) -> Samples:
    return np.concatenate([path.push(played[at : at + 480]) for at in range(0, len(played), 480)])


@pytest.mark.parametrize("hz", [100, 1000, 5000])
@pytest.mark.parametrize("ppm", [0, 37, -37])
def test_a_tone_arrives_late_on_another_clock_and_otherwise_unchanged(hz: float, ppm: float) -> None:
    heard = retimed(Retimed(delay_ms=20, drift_ppm=ppm), tone(24000, 48000, hz))
    wanted = tone(16000 * (1 + ppm * 1e-6), 32000, hz, later_s=0.02)
    error = (heard - wanted)[1000:]
    assert 20 * np.log10(np.std(error) / np.std(wanted)) < -60


def test_what_the_ears_can_not_have_heard_does_not_fold_back() -> None:
    assert np.std(retimed(Retimed(), tone(24000, 24000, 9500))[1000:]) < 0.001


@pytest.mark.parametrize("length", [1, 319, 320, 321, 5000])
def test_reverb_in_blocks_is_the_convolution_of_the_whole(length: int) -> None:
    dry, response = burst(0.5), burst(length / 16000, seed=2)
    reverb = Reverb(response)
    wet = np.concatenate([reverb.push(dry[at : at + 320]) for at in range(0, len(dry), 320)])
    assert np.allclose(wet, np.convolve(dry, response)[: len(dry)], atol=1e-5)
