"""How much two clocks disagree, heard from the coach's echo."""

import numpy as np
import pytest

from tests.ears.rooms import blocks, quiet
from tests.ears.test_echo import drifting, echo_of, spoken
from voicecoach.ears.drift import DriftMeter
from voicecoach.messages.sound import EARS_RATE_HZ, Samples


def told(microphone: Samples, played: Samples) -> list[float | None]:
    meter, found = DriftMeter(), []
    for mic, own in zip(blocks(microphone), blocks(played), strict=False):
        meter.add(mic, own)
        found.append(meter.ppm)
    return found


@pytest.mark.parametrize("drift_ppm", [0.0, 5.0, 50.0, -100.0, 200.0])
def test_the_drift_is_known_to_a_hundredth_of_it_after_half_a_minute_of_talk_in_noise(drift_ppm: float) -> None:
    played = spoken(34.0)
    ppm = told(echo_of(drifting(played, drift_ppm), 60, 0.1) + quiet(34.0) * np.float32(4), played)[-1]
    assert ppm == pytest.approx(drift_ppm, rel=0.01, abs=0.2)


def test_nothing_is_said_before_enough_of_the_coach_was_heard() -> None:
    played = spoken(3.0)
    assert set(told(echo_of(played, 60, 0.3), played)) == {None}


def test_nothing_is_said_where_no_echo_is_heard() -> None:
    played = spoken(34.0)
    assert set(told(quiet(34.0), played)) == {None}
    other = np.random.default_rng(3).permutation(spoken(34.0).reshape(-1, EARS_RATE_HZ // 50)).reshape(-1)
    assert set(told(other, played)) == {None}
