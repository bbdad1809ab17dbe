"""Recordings of any kind become what the ears take; what is no recording is refused in a sentence."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.errors import Unreadable
from voicecoach.messages.sound import EARS_RATE_HZ
from voicecoach.sound.recording import read_recording


def _tone(rate_hz: int, channels: int = 1) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    tone = 0.25 * np.sin(2 * np.pi * 1000 * np.arange(rate_hz) / rate_hz)
    return np.repeat(tone[:, None], channels, axis=1)


@pytest.mark.parametrize(
    ("suffix", "rate_hz", "channels"), [("wav", 44_100, 2), ("flac", 8_000, 1), ("ogg", 48_000, 2), ("wav", 16_000, 6)]
)
def test_a_recording_of_any_kind_becomes_mono_at_the_ears_rate(tmp_path: Path, suffix: str, rate_hz: int, channels: int) -> None:
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, _tone(rate_hz, channels), rate_hz)
    pcm = read_recording(path)
    assert pcm.rate_hz == EARS_RATE_HZ
    assert pcm.samples.dtype == np.float32
    assert pcm.samples.shape == (EARS_RATE_HZ,)
    assert np.argmax(np.abs(np.fft.rfft(pcm.samples))) == 1000
    assert np.std(pcm.samples) == pytest.approx(0.25 / np.sqrt(2), rel=0.02)


def test_two_channels_are_averaged(tmp_path: Path) -> None:
    path = tmp_path / "two.wav"
    soundfile.write(path, np.array([[0.5, -0.25]] * 100), EARS_RATE_HZ, subtype="FLOAT")
    assert read_recording(path).samples == pytest.approx(0.125)


def test_a_wav_that_came_through_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "piped.wav"
    soundfile.write(path, _tone(EARS_RATE_HZ), EARS_RATE_HZ)
    content = bytearray(path.read_bytes())
    content[4:8] = content[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(content)
    assert len(read_recording(path).samples) == EARS_RATE_HZ


def test_a_wav_with_a_remark_of_odd_length_before_its_sound_is_read(tmp_path: Path) -> None:
    path = tmp_path / "remark.wav"
    soundfile.write(path, _tone(EARS_RATE_HZ), EARS_RATE_HZ)
    content = path.read_bytes()
    path.write_bytes(content[:36] + b"note" + (3).to_bytes(4, "little") + b"abc\0" + content[36:])
    assert len(read_recording(path).samples) == EARS_RATE_HZ


@pytest.mark.parametrize("subtype", ["PCM_16", "PCM_24", "FLOAT"])
def test_a_wav_that_ends_early_is_refused(tmp_path: Path, subtype: str) -> None:
    path = tmp_path / "torn.wav"
    soundfile.write(path, _tone(EARS_RATE_HZ), EARS_RATE_HZ, subtype=subtype)
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(Unreadable, match=r"torn\.wav is cut off"):
        read_recording(path)


def test_a_flac_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.flac"
    soundfile.write(path, np.random.default_rng(0).uniform(-0.5, 0.5, EARS_RATE_HZ), EARS_RATE_HZ)
    path.write_bytes(path.read_bytes()[:-9000])
    with pytest.raises(Unreadable, match=r"torn\.flac"):
        read_recording(path)


@pytest.mark.parametrize("rate_hz", [1, 999, 1_000_001, 2**31 - 1])
def test_a_rate_that_no_sound_has_is_refused(rate_hz: int, tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    soundfile.write(path, np.full(100, 0.1), rate_hz)
    with pytest.raises(Unreadable, match=rf"odd\.wav has {rate_hz} samples a second"):
        read_recording(path)


def test_a_promise_of_hours_of_sound_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "promising.flac"
    soundfile.write(path, np.full(EARS_RATE_HZ, 0.1), EARS_RATE_HZ)
    content = bytearray(path.read_bytes())
    content[21:26] = bytes([content[21] | 0x0F, 0xFF, 0xFF, 0xFF, 0xFF])  # how many samples there are, in FLAC's first block
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"promising\.flac"):
        read_recording(path)


def test_values_far_beyond_full_scale_are_no_sound(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "huge.wav", np.full(100, 1e30), EARS_RATE_HZ, subtype="FLOAT")
    with pytest.raises(Unreadable, match="no sound"):
        read_recording(tmp_path / "huge.wav")


def test_a_pipe_is_no_recording_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(Unreadable, match="no ordinary file"):
        read_recording(tmp_path / "pipe.wav")


def test_what_is_no_recording_is_refused_by_name_in_one_sentence_and_a_next_step(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("not a sound")
    (tmp_path / "folder.wav").mkdir()
    soundfile.write(tmp_path / "silent.wav", np.zeros(0), EARS_RATE_HZ)
    soundfile.write(tmp_path / "nan.wav", np.full(100, np.nan), EARS_RATE_HZ, subtype="FLOAT")
    for name in ("absent.wav", "empty.wav", "text.wav", "folder.wav", "silent.wav", "nan.wav"):
        with pytest.raises(Unreadable) as refusal:
            read_recording(tmp_path / name)
        assert name in refusal.value.what
        assert "\n" not in str(refusal.value)
        assert refusal.value.next_step.endswith(".")


def test_what_may_be_an_mp3_is_refused_without_a_word_of_its_reader(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sound.wav").write_bytes(b"\xff\xfb\x90\x64" + bytes(5000))
    with pytest.raises(Unreadable, match="can't be read as sound"):
        read_recording(tmp_path / "sound.wav")
    assert capfd.readouterr() == ("", "")
