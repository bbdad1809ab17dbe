"""When there is anything to listen to."""

import numpy as np
import pytest

from tests.ears.rooms import confirmed, ears, hear, quiet, room
from voicecoach.ears.ears import AWAKE_S
from voicecoach.ears.stirring import KNOWN_STEPS, STEP_SAMPLES, Stirring
from voicecoach.messages.sound import EARS_RATE_HZ, Samples


def stirs(samples: Samples) -> list[bool]:
    stirring = Stirring()
    return [stirring.stirs(samples[at : at + STEP_SAMPLES]) for at in range(0, len(samples) - STEP_SAMPLES + 1, STEP_SAMPLES)]


def test_a_quiet_room_does_not_stir() -> None:
    assert sum(stirs(quiet(60.0))[KNOWN_STEPS:]) <= 3


def test_before_the_room_is_known_everything_stirs() -> None:
    assert all(stirs(quiet(1.0))[: KNOWN_STEPS - 1])


def test_a_word_that_a_hum_drowns_in_level_stirs_in_its_own_band() -> None:
    hum = np.sin(2 * np.pi * 50 * np.arange(4 * EARS_RATE_HZ) / EARS_RATE_HZ).astype(np.float32) * np.float32(0.3)
    assert any(stirs(hum + room(4.0, (2.0, "stop_1")) * np.float32(0.05))[50:])
    assert not any(stirs(hum + quiet(4.0) * np.float32(0.05))[50:])


@pytest.mark.parametrize("quiet_s", [5.0, 11.0, 30.0])
def test_ears_rest_in_a_quiet_room_and_hear_the_next_word_whole(quiet_s: float) -> None:
    listening = ears("set")
    hear(listening, quiet(quiet_s))
    assert not listening.awake
    assert confirmed(hear(listening, room(3.0, (0.3, "stop_1")))) == ["stop"]


def test_ears_stay_awake_while_somebody_speaks() -> None:
    listening = ears("set")
    hear(listening, room(16.0, (1.0, "talk")))
    assert listening.awake
    hear(listening, quiet(AWAKE_S + 12.0))
    assert not listening.awake
