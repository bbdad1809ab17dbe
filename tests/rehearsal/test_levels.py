import numpy as np
import pytest

from tests.rehearsal.sounds import burst, level_db, silence
from voicecoach.rehearsal.levels import active_rms, frame_peak, gain, word_end


def test_the_level_of_speech_is_that_of_its_words_not_of_its_pauses() -> None:
    word = burst(0.4)
    spoken = np.concatenate([silence(2), word, silence(1), word, silence(3)])
    assert 20 * np.log10(active_rms(spoken)) == pytest.approx(level_db(word), abs=0.3)


def test_silence_has_no_level() -> None:
    assert active_rms(silence(1)) == 0.0
    assert active_rms(silence(0)) == 0.0


def test_a_word_ends_where_its_energy_does_not_where_its_file_does() -> None:
    spoken = np.concatenate([silence(0.3), burst(0.4), silence(0.3)]) + burst(1.0, level=0.0005, seed=1)
    assert word_end(spoken) / 16000 == pytest.approx(0.7, abs=0.011)


def test_nothing_has_no_last_word() -> None:
    assert word_end(silence(0)) == 0


def test_the_loudest_frame_counts() -> None:
    quiet_and_loud = np.concatenate([burst(1, level=0.01), burst(0.5, level=0.2)])
    assert frame_peak(quiet_and_loud) == pytest.approx(frame_peak(burst(0.5, level=0.2)), rel=0.2)
    assert frame_peak(silence(0)) > 0


def test_six_decibels_are_about_twice_the_amplitude() -> None:
    assert gain(6) == pytest.approx(2, abs=0.01)
