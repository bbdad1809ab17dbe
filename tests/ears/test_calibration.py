"""What the coach's first words tell of the room."""

import numpy as np
import pytest

from tests.ears.rooms import blocks, clip, quiet
from tests.ears.test_echo import echo_of, spoken
from voicecoach.ears.calibration import ENOUGH_QUIET_S, ENOUGH_TALK_S, Calibration
from voicecoach.ears.echo import EchoCanceller
from voicecoach.messages.calibration import Figures
from voicecoach.messages.sound import EARS_RATE_HZ, Samples

TALK_S, AFTER_S = 14.0, 3.0
PLAYED = np.concatenate([spoken(TALK_S), np.zeros(round(AFTER_S * EARS_RATE_HZ), np.float32)])
ROOM = quiet(TALK_S + AFTER_S)


def measured(microphone: Samples, drift_ppm: float | None = None) -> Figures:
    canceller, calibration = EchoCanceller(), Calibration()
    for heard, played in zip(blocks(np.clip(microphone, -1, 1).astype(np.float32)), blocks(PLAYED), strict=True):
        calibration.add(heard, played, canceller.cancel(heard, played), drift_ppm)
    figures = calibration.take()
    assert figures is not None
    assert calibration.take() is None
    return figures


def active_dbfs(samples: Samples) -> float:
    """The level of the coach, with the pauses left out."""
    powers = np.array([float(np.mean(block**2)) for block in blocks(samples)])
    return 10 * float(np.log10(powers[powers > powers.max() / 10**2.5].mean()))


@pytest.mark.parametrize(("delay_ms", "level"), [(10, 1.0), (80, 0.3), (290, 0.1)])
def test_level_delay_and_loss_of_an_echo_are_found(delay_ms: int, level: float) -> None:
    echo = echo_of(PLAYED, delay_ms, level)
    figures = measured(echo + ROOM)
    assert figures.delay_ms == pytest.approx(delay_ms, abs=1)
    assert figures.coach_dbfs == pytest.approx(active_dbfs(echo), abs=3)
    assert figures.echo_loss_db is not None
    assert 5 < figures.echo_loss_db < 40
    assert figures.noise_dbfs == pytest.approx(-60, abs=1)


def test_an_echo_too_late_for_the_canceller_is_found_and_nothing_is_taken_out_of_it() -> None:
    figures = measured(echo_of(PLAYED, 540, 0.3) + ROOM)
    assert figures.delay_ms == pytest.approx(540, abs=1)
    assert figures.echo_loss_db == pytest.approx(0, abs=2)


@pytest.mark.parametrize("noise", [1, 30, 300])
def test_where_the_coach_is_not_in_the_microphone_nothing_is_made_up(noise: float) -> None:
    figures = measured(ROOM * np.float32(noise))
    assert (figures.coach_dbfs, figures.echo_loss_db, figures.delay_ms) == (None, None, None)


def test_a_person_who_answers_at_once_is_no_noise_and_no_echo() -> None:
    microphone = ROOM.copy()
    answers = np.tile(clip("stop_1"), 40)[: len(microphone)]
    late = round((TALK_S + 1.0) * EARS_RATE_HZ)
    microphone[late : late + EARS_RATE_HZ // 2] += answers[: EARS_RATE_HZ // 2]
    figures = measured(microphone)
    assert figures.noise_dbfs == pytest.approx(-60, abs=1)
    assert figures.delay_ms is None


def test_a_person_who_talks_for_a_second_spoils_neither_the_loss_nor_the_level() -> None:
    echo = echo_of(PLAYED, 80, 0.3)
    alone = measured(echo + ROOM)
    spoilt = (echo + ROOM).copy()
    at = round(10.0 * EARS_RATE_HZ)
    word = clip("stop_1")[:EARS_RATE_HZ]
    spoilt[at : at + len(word)] += word
    figures = measured(spoilt)
    assert alone.echo_loss_db is not None
    assert alone.coach_dbfs is not None
    assert figures.echo_loss_db == pytest.approx(alone.echo_loss_db, abs=3)
    assert figures.coach_dbfs == pytest.approx(alone.coach_dbfs, abs=2)


def test_clipping_is_counted() -> None:
    assert measured(echo_of(PLAYED, 80, 0.3) + ROOM).clipped_share == 0
    figures = measured(echo_of(PLAYED, 80, 10.0) + ROOM)
    assert figures.clipped_share > 0.001
    assert figures.peak_dbfs == 0.0


def test_a_dead_microphone_is_nothing_but_zeros_and_a_stream_that_begins_with_some_is_not() -> None:
    dead = measured(np.zeros_like(ROOM))
    assert (dead.zero_share, dead.noise_dbfs, dead.delay_ms) == (1.0, -120.0, None)
    begins = ROOM.copy()
    begins[: EARS_RATE_HZ // 5] = 0
    assert measured(begins).zero_share == pytest.approx(0.2 / (TALK_S + AFTER_S), abs=0.005)


def test_a_microphone_with_an_offset_is_no_louder_for_it() -> None:
    figures = measured(echo_of(PLAYED, 80, 0.3) + ROOM + np.float32(0.05))
    assert figures.noise_dbfs == pytest.approx(-60, abs=1)


def test_zeros_before_the_sound_begins_are_not_the_rooms_noise() -> None:
    calibration, nothing = Calibration(), np.zeros(320, np.float32)
    for _ in range(round(ENOUGH_QUIET_S * 50)):
        calibration.add(nothing, nothing, nothing)
    for heard, played in zip(blocks(ROOM), blocks(PLAYED), strict=True):
        calibration.add(heard, played, heard)
    figures = calibration.take()
    assert figures is not None
    assert figures.noise_dbfs == pytest.approx(-60, abs=1)


def test_what_the_canceller_knows_of_the_clocks_is_handed_on() -> None:
    assert measured(ROOM, drift_ppm=51.26).drift_ppm == 51.3
    assert measured(ROOM).drift_ppm is None


def test_there_are_no_figures_before_enough_was_said_and_enough_was_quiet() -> None:
    calibration = Calibration()
    talk = list(zip(blocks(ROOM), blocks(PLAYED), strict=True))
    short = round(ENOUGH_TALK_S * 50) - 10
    for heard, played in (*talk[:short], *((heard, np.zeros_like(heard)) for heard, _ in talk[:200])):
        calibration.add(heard, played, heard)
    assert calibration.take() is None
    for heard, played in talk[: round(TALK_S * 50)]:
        calibration.add(heard, played, heard)
    assert calibration.take() is not None
