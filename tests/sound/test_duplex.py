"""Live sound, through a real sound server: what is exchanged is what is played and captured, and what dies comes back."""

import os
import queue
import signal
import subprocess
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.sound_server import SoundServer
from voicecoach.errors import Missing, Unreadable
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import Pcm, Samples
from voicecoach.sound.devices import choose, sound_devices
from voicecoach.sound.duplex import DuplexStream
from voicecoach.sound.resampling import resampled

PATIENCE_S = 30.0


class Session:
    """The other end of a stream: answers with `sound`, keeps what was captured, and lets a test wait for either."""

    def __init__(self, sound: Callable[[int], Samples] | None = None) -> None:
        self.captured: list[Samples] = []
        self.played: list[Samples] = []
        self.reference: list[Samples] = []
        self.faults: queue.Queue[Fault | Recovered] = queue.Queue()
        self._sound = sound or (lambda _n: np.zeros(480, dtype=np.float32))
        self._more = threading.Condition()

    def exchange(self, captured: Samples, reference: Samples) -> Samples:
        with self._more:
            self.captured.append(captured)
            self.reference.append(reference)
            self.played.append(self._sound(len(self.played)))
            self._more.notify_all()
        return self.played[-1]

    def wait_for_blocks(self, n: int) -> None:
        """Until `n` more blocks have been exchanged."""
        with self._more:
            wanted = len(self.captured) + n
            assert self._more.wait_for(lambda: len(self.captured) >= wanted, PATIENCE_S)

    def next_faults(self, n: int) -> set[Fault | Recovered]:
        return {self.faults.get(timeout=PATIENCE_S) for _ in range(n)}


@contextmanager
def _streaming(session: Session, *directions: str, named: tuple[str | None, str | None] = (None, None)) -> Iterator[DuplexStream]:
    devices = sound_devices()
    microphone = choose("microphone", named[0], devices) if "microphone" in directions else None
    speaker = choose("speaker", named[1], devices) if "speaker" in directions else None
    stream = DuplexStream(microphone, speaker, session.exchange, session.faults.put)
    stream.start()
    try:
        yield stream
    finally:
        stream.stop()


_NOISE = np.convolve(np.random.default_rng(7).uniform(-0.3, 0.3, 480 * 1000), np.hanning(16) / 8, "same").astype(np.float32)
"""20 s at 24 kHz that never repeat, without the high tones that a delay by half a sample would change."""


def _noise(n: int) -> Samples:
    return _NOISE[480 * n : 480 * (n + 1)]


def _write_wav(path: Path, samples: Samples, rate_hz: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((samples * 32_767).astype("<i2").tobytes())


def _read_wav(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        return (np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32_768).astype(np.float32)


def _at_ears_rate(samples: Samples) -> Samples:
    return resampled(Pcm(samples, 24_000), 16_000).samples


def _place(part: Samples, whole: Samples) -> tuple[int, float]:
    """Where `part` lies in `whole`, and how like it is what lies there (1.0: the same but for its level)."""
    size = 1 << (len(whole) + len(part)).bit_length()
    likeness = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)), size)[: len(whole) - len(part) + 1]
    at = int(np.argmax(likeness))
    found = whole[at : at + len(part)]
    return at, float(likeness[at] / np.sqrt((part**2).sum() * (found**2).sum()))


def _places(parts: list[Samples], whole: Samples) -> NDArray[np.int64]:
    """Where each of `parts` lies in `whole`, one after the other."""
    found = [_place(part, whole) for part in parts]
    assert min(likeness for _, likeness in found) > 0.95
    return np.array([at for at, _ in found])


def test_every_block_is_complete_and_none_is_lost(shared_server: SoundServer) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker") as stream:
        session.wait_for_blocks(150)
        assert stream.gaps.overflows == 0
    assert {(block.shape, block.dtype) for block in session.captured} == {((320,), np.dtype(np.float32))}
    assert session.faults.empty()


def test_what_the_exchange_returns_is_what_the_speaker_plays(shared_server: SoundServer, tmp_path: Path) -> None:
    session = Session(_noise)
    with shared_server.recording_speaker(tmp_path / "speaker.wav"), _streaming(session, "microphone", "speaker"):
        session.wait_for_blocks(100)
    places = _places([np.concatenate(session.played[at : at + 10]) for at in range(20, 90, 10)], _read_wav(tmp_path / "speaker.wav"))
    assert np.ptp(places - 4800 * np.arange(len(places))) <= 1


def test_an_exchange_that_is_late_once_leaves_a_gap_and_shifts_nothing(shared_server: SoundServer, tmp_path: Path) -> None:
    def late_once(n: int) -> Samples:
        threading.Event().wait(0.3 if n == 50 else 0)
        return _noise(n)

    session = Session(late_once)
    with shared_server.recording_speaker(tmp_path / "speaker.wav"), _streaming(session, "speaker") as stream:
        session.wait_for_blocks(130)
        assert stream.gaps.underflows > 0
    places = _places([np.concatenate(session.played[at : at + 10]) for at in (20, 30, 80, 90, 100)], _read_wav(tmp_path / "speaker.wav"))
    assert np.ptp(places - 480 * np.array([20, 30, 80, 90, 100])) <= 1


def test_what_was_exchanged_before_the_stop_is_still_played(shared_server: SoundServer, tmp_path: Path) -> None:
    session = Session(_noise)
    with shared_server.recording_speaker(tmp_path / "speaker.wav"):
        with _streaming(session, "speaker"):
            session.wait_for_blocks(50)
        silence = Session()
        with _streaming(silence, "speaker"):
            silence.wait_for_blocks(25)
    _, likeness = _place(np.concatenate(session.played[-6:-1]), _read_wav(tmp_path / "speaker.wav"))
    assert likeness > 0.9


def test_what_is_said_in_the_room_is_what_the_microphone_captures(shared_server: SoundServer, tmp_path: Path) -> None:
    said = _NOISE[:24_000]
    _write_wav(tmp_path / "said.wav", said, 24_000)
    session = Session()
    with _streaming(session, "microphone"):
        session.wait_for_blocks(10)
        assert shared_server.play_into_room(tmp_path / "said.wav").wait(PATIENCE_S) == 0
        session.wait_for_blocks(30)
    places = _places(np.split(_at_ears_rate(said)[1600:14_400], 8), np.concatenate(session.captured))
    assert np.ptp(places - 1600 * np.arange(len(places))) <= 1


def test_an_echo_comes_back_after_a_delay_that_does_not_change(shared_server: SoundServer) -> None:
    session = Session(_noise)
    with shared_server.echo(), _streaming(session, "microphone", "speaker"):
        session.wait_for_blocks(250)
    firsts = range(50, 230, 20)
    said = [_at_ears_rate(np.concatenate(session.played[first : first + 20])) for first in firsts]
    places = _places(said, np.concatenate(session.captured))
    delays = places - 320 * np.array(firsts)
    assert np.ptp(delays) <= 1
    assert 0 < delays.min() < 0.3 * 16_000


@pytest.mark.parametrize("devices", [("pipewire", "pipewire"), ("pipewire", "default")])
def test_the_microphone_hears_exactly_what_is_handed_on_as_played_even_around_a_gap(
    shared_server: SoundServer, devices: tuple[str, str]
) -> None:
    def late_once(n: int) -> Samples:
        threading.Event().wait(0.3 if n == 100 else 0)
        return _noise(n)

    session = Session(late_once)
    with shared_server.echo(), _streaming(session, "microphone", "speaker", named=devices) as stream:
        session.wait_for_blocks(200)
        assert stream.gaps.underflows > 0
    captured = np.concatenate(session.captured)
    parts = [np.concatenate(session.reference[first : first + 20]) for first in (40, 60, 95, 105, 140, 160)]
    assert not parts[2].all()
    delays = _places(parts, captured) - 320 * np.array([40, 60, 95, 105, 140, 160])
    assert np.ptp(delays) <= 1
    assert 0 < delays.min() < 0.2 * 16_000


def test_a_crash_of_the_sound_server_is_reported_and_its_return_too(own_server: SoundServer) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        own_server.kill()
        lost = session.next_faults(2)
        assert {(type(fault), fault.what) for fault in lost} == {(Fault, "microphone"), (Fault, "speaker")}
        session.wait_for_blocks(50)
        own_server.start()
        assert session.next_faults(2) == {Recovered("microphone"), Recovered("speaker")}
        session.wait_for_blocks(50)


def test_a_sound_server_that_hangs_is_noticed_and_does_not_hinder_the_stop(own_server: SoundServer) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        own_server.freeze()
        assert {fault.what for fault in session.next_faults(2)} == {"microphone", "speaker"}


def test_a_stop_in_the_middle_of_a_crash_ends(own_server: SoundServer) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        session.wait_for_blocks(5)
        own_server.kill()
    assert not [thread for thread in threading.enumerate() if thread.name == "sound"]


def test_after_a_recovery_sound_flows_both_ways_again(own_server: SoundServer, tmp_path: Path) -> None:
    session = Session(_noise)
    with _streaming(session, "microphone", "speaker"):
        own_server.kill()
        session.next_faults(2)
        own_server.start()
        session.next_faults(2)
        with own_server.recording_speaker(tmp_path / "speaker.wav"):
            session.wait_for_blocks(25)
            first = len(session.played)
            session.wait_for_blocks(40)
    _, likeness = _place(np.concatenate(session.played[first : first + 10]), _read_wav(tmp_path / "speaker.wav"))
    assert likeness > 0.95


def test_when_only_the_microphone_is_gone_the_speaker_plays_on(fake_portaudio: Path) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        (fake_portaudio / "microphone").unlink()
        session.next_faults(2)
        assert session.next_faults(1) == {Recovered("speaker")}
        (fake_portaudio / "microphone").touch()
        assert session.next_faults(1) == {Recovered("microphone")}


def test_when_only_the_speaker_is_gone_the_microphone_listens_on(fake_portaudio: Path) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        (fake_portaudio / "speaker").unlink()
        session.next_faults(2)
        assert session.next_faults(1) == {Recovered("microphone")}


def test_without_a_microphone_the_exchange_gets_silence_and_the_speaker_sets_the_pace(fake_portaudio: Path) -> None:
    session = Session()
    with _streaming(session, "speaker"):
        session.wait_for_blocks(20)
    assert {block.shape for block in session.captured} == {(320,)}
    assert not np.concatenate(session.captured).any()


def _pitch_hz(samples: Samples, rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate_hz / len(samples)


def _tone(n: int) -> Samples:
    return (0.5 * np.sin(2 * np.pi * 700 * np.arange(480 * n, 480 * (n + 1)) / 24_000)).astype(np.float32)


@pytest.mark.parametrize(
    "rates",
    [{"microphone": 16_000, "speaker": 48_000}, {"microphone": 44_100, "speaker": 48_000}, {"headset": 48_000}, {"headset": 44_100}],
)
def test_each_device_is_opened_at_a_rate_that_it_takes(fake_portaudio: Path, rates: dict[str, int]) -> None:
    for name in ("microphone", "speaker"):
        (fake_portaudio / name).unlink()
    for name, rate_hz in rates.items():
        (fake_portaudio / name).write_text(str(rate_hz))
    session = Session(_tone)
    with _streaming(session, "microphone", "speaker"):
        session.wait_for_blocks(60)
    assert {block.shape for block in session.captured + session.reference} == {(320,)}
    assert _pitch_hz(np.concatenate(session.captured[10:60]), 16_000) == pytest.approx(1000, abs=1)
    assert _pitch_hz(np.concatenate(session.reference[10:60]), 16_000) == pytest.approx(700, abs=1)
    played = np.frombuffer((fake_portaudio / "played").read_bytes(), dtype=np.float32)
    second = list(rates.values())[-1]
    assert _pitch_hz(played[second // 4 : second // 4 + second], second) == pytest.approx(700, abs=1)


def test_a_device_that_comes_back_with_another_number_is_the_same(fake_portaudio: Path) -> None:
    (fake_portaudio / "microphone").rename(fake_portaudio / "microphone (hw:1,0)")
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        (fake_portaudio / "microphone (hw:1,0)").rename(fake_portaudio / "microphone (hw:2,0)")
        session.next_faults(2)
        back = {news for news in (*session.next_faults(2),) if isinstance(news, Recovered)}
    assert {news.what for news in back} == {"microphone", "speaker"}
    assert "microphone (hw:2,0)" in next(news.detail for news in back if news.what == "microphone")


def test_a_device_that_stays_away_is_replaced_by_another_and_the_recovery_says_so(fake_portaudio: Path) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        (fake_portaudio / "microphone").rename(fake_portaudio / "microphone of the webcam")
        session.next_faults(2)
        assert session.next_faults(1) == {Recovered("speaker")}
        (back,) = session.next_faults(1)
    assert isinstance(back, Recovered)
    assert back.what == "microphone"
    assert back.detail == 'The microphone is "microphone of the webcam" now, since "microphone" is gone.'


def test_a_device_that_another_program_uses_is_told_with_what_to_do(fake_portaudio: Path) -> None:
    (fake_portaudio / "microphone").write_text("busy")
    with pytest.raises(Missing, match=r"Another program uses the sound device\. Close that program"):
        DuplexStream(choose("microphone", None), choose("speaker", None), Session().exchange, print).start()


@pytest.mark.parametrize("with_signal", [signal.SIGKILL, signal.SIGSTOP])
def test_a_sound_process_that_dies_or_hangs_is_lost_and_replaced(fake_portaudio: Path, with_signal: signal.Signals) -> None:
    session = Session()
    with _streaming(session, "microphone", "speaker"):
        for child in _workers():
            os.kill(child, with_signal)
        assert {(type(news), news.what) for news in session.next_faults(2)} == {(Fault, "microphone"), (Fault, "speaker")}
        assert session.next_faults(2) == {Recovered("microphone"), Recovered("speaker")}
        session.wait_for_blocks(20)
    assert not _workers()


def _workers() -> list[int]:
    """The sound processes of this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"device_worker" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def test_a_device_unplugged_before_the_start_is_named(fake_portaudio: Path) -> None:
    speaker = choose("speaker", None)
    (fake_portaudio / "speaker").unlink()
    with pytest.raises(Missing, match="speaker is not there"):
        DuplexStream(None, speaker, Session().exchange, print).start()


def test_no_device_at_all_is_refused() -> None:
    with pytest.raises(Unreadable, match="needs a microphone or a speaker"):
        DuplexStream(None, None, Session().exchange, print)


def test_stopping_before_the_start_is_harmless(fake_portaudio: Path) -> None:
    DuplexStream(choose("microphone", None), None, Session().exchange, print).stop()


def test_portaudio_never_enters_the_coachs_own_process() -> None:
    program = "import sys, voicecoach.sound.duplex, voicecoach.sound.devices; sys.exit('sounddevice' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2]).returncode == 0
