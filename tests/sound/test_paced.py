"""Without a device, the same exchange between a recording and a file."""

import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import Unreadable
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import Pcm, Samples
from voicecoach.sound.paced import PacedStream, RecordedMicrophone, WavSink

PATIENCE_S = 20.0


class _Talk:
    """An exchange that keeps what it got, answers with its own count, and knows when it has been asked often enough."""

    def __init__(self, blocks: int) -> None:
        self.heard: list[Samples] = []
        self.played: list[Samples] = []
        self.faults: list[Fault | Recovered] = []
        self.enough = threading.Event()
        self._blocks = blocks

    def exchange(self, captured: Samples, played: Samples) -> Samples:
        self.heard.append(captured)
        self.played.append(played)
        if len(self.heard) == self._blocks:
            self.enough.set()
        return np.full(480, len(self.heard) / 1000, dtype=np.float32)


def _run(talk: _Talk, microphone: Pcm | None, sink: Path | None) -> None:
    stream = PacedStream(microphone, talk.exchange, sink, talk.faults.append)
    stream.start()
    assert talk.enough.wait(PATIENCE_S)
    stream.stop()


def _noise(seconds: float, rate_hz: int = 16_000) -> Pcm:
    return Pcm(np.random.default_rng(1).uniform(-0.5, 0.5, int(seconds * rate_hz)).astype(np.float32), rate_hz)


def test_a_recording_arrives_block_by_block_and_unchanged() -> None:
    talk, recording = _Talk(10), _noise(0.1)
    _run(talk, recording, None)
    assert {block.shape for block in talk.heard} == {(320,)}
    assert (np.concatenate(talk.heard[:5]) == recording.samples).all()


def test_what_was_returned_for_a_block_is_handed_on_as_played_with_the_next() -> None:
    talk = _Talk(60)
    _run(talk, None, None)
    assert {block.shape for block in talk.played} == {(320,)}
    assert not talk.played[0].any()
    # A little later, since it went through a filter.
    assert [float(block[300]) for block in talk.played[1:50]] == pytest.approx([n / 1000 for n in range(1, 50)], rel=0.05)


def test_after_its_end_there_is_the_noise_of_a_quiet_room() -> None:
    microphone = RecordedMicrophone(_noise(0.03))
    assert np.abs(microphone.block()).max() > 0.4
    ending = microphone.block()
    assert ending.shape == (320,)
    quiet = np.concatenate([ending[160:], *(microphone.block() for _ in range(50))])
    assert 20 * np.log10(np.std(quiet)) == pytest.approx(-60, abs=0.5)
    assert quiet.dtype == np.float32


def test_a_recording_of_another_rate_is_brought_to_the_ears_rate() -> None:
    microphone = RecordedMicrophone(_noise(0.2, 48_000))
    levels = [np.std(microphone.block()) for _ in range(11)]
    assert min(levels[:10]) > 0.05
    assert levels[10] < 0.01


def test_what_is_said_is_in_the_file_to_the_sample(tmp_path: Path) -> None:
    talk = _Talk(10)
    _run(talk, None, tmp_path / "speaker.wav")
    with wave.open(str(tmp_path / "speaker.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    expected = np.repeat(np.arange(1, len(talk.heard) + 1) / 1000, 480)
    assert samples / 32_767 == pytest.approx(expected, abs=1 / 32_767)


def test_what_is_too_loud_for_the_file_is_clipped_and_does_not_wrap_round(tmp_path: Path) -> None:
    sink = WavSink(tmp_path / "loud.wav")
    sink.write(np.array([1.5, -1.5], dtype=np.float32))
    sink.close()
    with wave.open(str(tmp_path / "loud.wav")) as file:
        assert np.frombuffer(file.readframes(2), dtype="<i2").tolist() == [32_767, -32_767]


def test_a_file_that_cannot_be_written_is_refused_before_the_session_begins(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"absent/speaker\.wav can't be written"):
        PacedStream(None, _Talk(1).exchange, tmp_path / "absent" / "speaker.wav", print)


def test_a_full_disk_is_a_fault_of_the_speaker_and_the_exchange_goes_on() -> None:
    talk = _Talk(50)
    _run(talk, None, Path("/dev/full"))
    assert [fault.what for fault in talk.faults] == ["speaker"]


def test_stopping_twice_or_before_the_start_is_harmless(tmp_path: Path) -> None:
    stream = PacedStream(None, _Talk(1).exchange, tmp_path / "speaker.wav", print)
    stream.stop()
    stream.stop()
