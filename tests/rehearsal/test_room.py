from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.rehearsal.sounds import burst, level_db, silence
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.levels import active_rms, frame_peak
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import RoomPlan

COACH = burst(2.0, VOICE_RATE_HZ, level=0.1, seed=5)


def room(plan: RoomPlan, seed: int = 1) -> Room:
    return Room(plan, Pcm(COACH, VOICE_RATE_HZ), seed)


def captured(somewhere: Room, played: Samples) -> Samples:
    whole = np.pad(played, (0, -len(played) % 480))
    return np.concatenate([somewhere.capture(whole[at : at + 480]) for at in range(0, len(whole), 480)])


def onset_s(samples: Samples) -> float:
    return float(np.flatnonzero(np.abs(samples) > 0.01)[0]) / 16000


def delay_samples(heard: Samples, reference: Samples) -> int:
    size = len(heard) + len(reference)
    return int(np.argmax(np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(reference, size)))))


def as_heard(played: Samples) -> Samples:
    size = len(played) * 2 // 3
    return np.fft.irfft(np.fft.rfft(played)[: size // 2 + 1], size).astype(np.float32)


def test_an_empty_room_hisses_at_minus_65_dbfs_and_is_never_digitally_silent() -> None:
    heard = captured(room(RoomPlan()), silence(3, VOICE_RATE_HZ))
    assert level_db(heard) == pytest.approx(-65, abs=0.3)
    assert all(np.any(block) for block in heard.reshape(-1, 320))


def test_without_echo_the_coach_is_not_heard() -> None:
    assert level_db(captured(room(RoomPlan()), COACH)) == pytest.approx(-65, abs=0.3)


def test_the_person_comes_at_the_level_asked_for_on_the_sample_asked_for() -> None:
    somewhere = room(RoomPlan(near_db=-30))
    first = captured(somewhere, silence(0.1, VOICE_RATE_HZ))
    word = burst(0.5, level=0.9)
    somewhere.say(word, 1600 + 123)
    heard = np.concatenate([first, captured(somewhere, silence(1, VOICE_RATE_HZ))])
    assert 20 * np.log10(active_rms(heard)) == pytest.approx(-30, abs=0.3)
    assert delay_samples(heard, word) == 1723


@pytest.mark.parametrize("echo_db", [0, -6, -18])
def test_the_coach_is_as_much_louder_or_softer_than_the_person_as_the_scenario_says(echo_db: float, tmp_path: Path) -> None:
    response = burst(0.3, seed=9) * np.exp(-np.arange(4800) / 800).astype(np.float32)
    soundfile.write(tmp_path / "room.wav", response, 16000)
    for path in (None, tmp_path / "room.wav"):
        heard = captured(room(RoomPlan(echo_db=echo_db, near_db=-26, impulse_response=path)), COACH)
        assert 20 * np.log10(active_rms(heard)) == pytest.approx(-26 + echo_db, abs=0.5)


def test_the_echo_comes_after_its_delay() -> None:
    heard = captured(room(RoomPlan(echo_db=0, echo_delay_ms=75)), np.concatenate([COACH, silence(0.5, VOICE_RATE_HZ)]))
    assert delay_samples(heard, as_heard(COACH)) == round(0.075 * 16000)


def test_an_impulse_responses_own_beginning_adds_no_delay(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "late.wav", np.concatenate([silence(0.05), np.full(1, 0.5, np.float32), silence(0.1)]), 16000)
    plan = RoomPlan(echo_db=0, echo_delay_ms=75, impulse_response=tmp_path / "late.wav")
    assert delay_samples(captured(room(plan), np.concatenate([COACH, silence(0.5, VOICE_RATE_HZ)])), as_heard(COACH)) == 1200


@pytest.mark.parametrize(("ppm", "moved"), [(0, 0), (500, 240), (-500, -240)])
def test_a_clock_that_drifts_moves_the_echo(ppm: float, moved: int) -> None:
    played = np.concatenate([silence(30, VOICE_RATE_HZ), COACH, silence(1, VOICE_RATE_HZ)])
    heard = captured(room(RoomPlan(echo_db=0, echo_delay_ms=100, clock_drift_ppm=ppm)), played)
    assert delay_samples(heard[30 * 16000 :], as_heard(COACH)) == pytest.approx(1600 + moved, abs=10)


def test_a_drift_that_has_used_up_the_delay_slips_a_block_and_goes_on() -> None:
    played = np.tile(COACH, 30)
    heard = captured(room(RoomPlan(echo_db=0, echo_delay_ms=10, clock_drift_ppm=-1000)), played)
    assert 20 * np.log10(active_rms(heard[-32000:])) == pytest.approx(-26, abs=0.5)
    assert delay_samples(heard[-32000:], as_heard(COACH)) < 0.05 * 16000


def test_noise_stands_as_far_below_each_utterance_as_the_scenario_says(tmp_path: Path) -> None:
    noise = burst(7, level=0.3, seed=3)
    soundfile.write(tmp_path / "tap.wav", noise, 16000)
    word = burst(0.4, seed=4)
    quiet, noisy = RoomPlan(), RoomPlan(noise=tmp_path / "tap.wav", snr_db=10)
    alone, both = room(quiet), room(noisy)
    for somewhere in (alone, both):
        captured(somewhere, silence(1, VOICE_RATE_HZ))
        somewhere.say(word, 16000)
    speech, mixed = (captured(somewhere, silence(1.6, VOICE_RATE_HZ)) for somewhere in (alone, both))
    only_noise = mixed[round(0.5 * 16000) :]
    assert 10 * np.log10(frame_peak(speech) / frame_peak(only_noise)) == pytest.approx(10, abs=1.5)


def test_noise_is_there_before_anybody_speaks_and_never_ends(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tap.wav", burst(1, level=0.3, seed=3), 16000)
    heard = captured(room(RoomPlan(noise=tmp_path / "tap.wav", snr_db=0)), silence(5, VOICE_RATE_HZ))
    assert all(level_db(second) > -40 for second in heard.reshape(-1, 16000))


def test_the_same_seed_gives_the_same_sound_and_another_seed_another() -> None:
    first, second, other = (captured(room(RoomPlan(), seed), silence(1, VOICE_RATE_HZ)) for seed in (7, 7, 8))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_what_the_microphone_gives_has_16_bits_so_that_a_file_of_it_is_exact() -> None:
    heard = captured(room(RoomPlan(echo_db=30)), COACH)
    assert np.array_equal(np.rint(heard * 32768), heard * 32768)
    assert heard.min() >= -1
    assert heard.max() < 1


def test_any_whole_number_is_a_seed() -> None:
    assert captured(room(RoomPlan(), -3), silence(0.02, VOICE_RATE_HZ)).any()
