"""The sound that is kept where somebody asked for it."""

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.journal.test_store import no_file_may_grow_beyond
from tests.recorded import tracks
from voicecoach.errors import Unreadable
from voicecoach.messages.sound import EARS_BLOCK, Samples
from voicecoach.sound.keeping import Keeping
from voicecoach.sound.paced import WavSink

ROOT = Path(__file__).resolve().parents[2]


def block(value: float) -> Samples:
    return np.full(EARS_BLOCK, value, np.float32)


@contextmanager
def keeping(folder: Path, least_free_bytes: int = 0) -> Iterator[tuple[Keeping, "queue.SimpleQueue[str]"]]:
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    kept = Keeping(folder, told.put, least_free_bytes)
    try:
        yield kept, told
    finally:
        kept.stop()


def test_both_sides_are_kept_to_the_sample_and_for_their_owner_only(tmp_path: Path) -> None:
    with keeping(tmp_path) as (kept, told):
        for n in range(120):
            kept.take(block(n / 1000), block(-n / 1000))
    assert told.empty()
    for name, sign in (("microphone", 1), ("speaker", -1)):
        (found,) = tracks(tmp_path / f"{name}.wav")
        assert found == pytest.approx(sign * np.repeat(np.arange(120) / 1000, EARS_BLOCK), abs=1e-4)
        assert (tmp_path / f"{name}.wav").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("blocks", [0, 1, 50, 51, 100])
def test_it_ends_with_the_last_block(blocks: int, tmp_path: Path) -> None:
    with keeping(tmp_path) as (kept, _):
        for _ in range(blocks):
            kept.take(block(0.1), block(0.1))
    assert [len(found) for found in tracks(tmp_path / "microphone.wav")] == [blocks * EARS_BLOCK]


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        Keeping(tmp_path / "absent", print)


def the_end_of(folder: Path, fill: Callable[[Keeping], None], least_free_bytes: int = 0) -> list[str]:
    """What was told, when a recording that can't go on has ended and is still fed."""
    with keeping(folder, least_free_bytes) as (kept, told):
        fill(kept)
        reasons = [told.get(timeout=20)]
        fill(kept)
    while not told.empty():
        reasons.append(told.get())
    return reasons


def seconds(n: int) -> Callable[[Keeping], None]:
    def fill(kept: Keeping) -> None:
        for _ in range(n * 50):
            kept.take(block(0.1), block(0.1))

    return fill


def test_a_full_disk_ends_the_recording_once_and_leaves_one_that_plays(tmp_path: Path) -> None:
    with no_file_may_grow_beyond(100_000):
        reasons = the_end_of(tmp_path, seconds(10))
    assert len(reasons) == 1
    assert "can't be written" in reasons[0]
    assert len(tracks(tmp_path / "microphone.wav")[0]) > EARS_BLOCK


def test_the_last_of_the_disk_is_left_for_the_journal(tmp_path: Path) -> None:
    assert the_end_of(tmp_path, seconds(2), least_free_bytes=1 << 60) == ["the disk is almost full"]


def test_a_disk_that_stands_still_never_keeps_the_sound_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moving = threading.Event()
    monkeypatch.setattr(WavSink, "write", lambda *_: moving.wait(20))
    try:
        reasons = the_end_of(tmp_path, seconds(40))
    finally:
        moving.set()
    assert reasons == ["the disk is too slow for it"]


KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from voicecoach.sound.keeping import Keeping
kept, folder = Keeping(Path(sys.argv[1]), print, 0), Path(sys.argv[1])
while min((folder / f"{name}.wav").stat().st_size for name in ("microphone", "speaker")) < 200_000:
    kept.take(np.full(320, 0.1, np.float32), np.full(320, 0.2, np.float32))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_session_leaves_a_recording_that_plays(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert ran.returncode == -9
    for name, level in (("microphone", 0.1), ("speaker", 0.2)):
        (found,) = tracks(tmp_path / f"{name}.wav")
        assert len(found) > 80_000
        assert found == pytest.approx(np.full(len(found), level), abs=1e-4)
