import json
import wave
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import Missing, Unreadable
from voicecoach.rehearsal.results import Results

EVENTS: list[dict[str, object]] = [
    {"at_s": 0.0, "event": "session_started"},
    {"at_s": 0.5, "event": "line_started", "line": "hello", "text": "Grüß dich <friend> & all."},
    {"at_s": 1.5, "event": "line_ended", "line": "hello", "cut_short": False},
    {"at_s": 2.0, "event": "session_ended", "outcome": "finished"},
]


def kept(folder: Path | None, seconds: int = 2) -> list[str]:
    shown: list[str] = []
    with Results(folder, shown.append) as results:
        for event in EVENTS:
            results.event(event)
        for _ in range(seconds * 50):
            results.sound(np.full(480, 0.5, np.float32), np.full(320, -1.5, np.float32))
        results.note("That was all.")
    return shown


def test_five_files_are_left_behind(tmp_path: Path) -> None:
    kept(tmp_path / "a" / "b")
    left = sorted(path.name for path in (tmp_path / "a" / "b").iterdir())
    assert left == ["events.jsonl", "microphone.wav", "speaker.wav", "timeline.svg", "transcript.txt"]


def test_the_events_are_one_json_object_a_line(tmp_path: Path) -> None:
    kept(tmp_path)
    assert [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()] == EVENTS


def test_the_sounds_are_16_bit_at_their_rates_and_too_loud_ones_are_clipped(tmp_path: Path) -> None:
    kept(tmp_path)
    for name, rate_hz, value in (("speaker.wav", 24000, 16384), ("microphone.wav", 16000, -32768)):
        with wave.open(str(tmp_path / name)) as sound:
            assert (sound.getframerate(), sound.getsampwidth(), sound.getnchannels()) == (rate_hz, 2, 1)
            assert sound.getnframes() == 2 * rate_hz
            assert set(np.frombuffer(sound.readframes(-1), "<i2")) == {value}


def test_what_is_shown_is_the_transcript_that_is_kept(tmp_path: Path) -> None:
    shown = kept(tmp_path)
    assert (tmp_path / "transcript.txt").read_text(encoding="utf-8").splitlines() == shown
    assert any("Grüß dich" in line for line in shown)
    assert shown[-1] == "That was all."


def test_without_a_folder_the_transcript_is_only_shown(tmp_path: Path) -> None:
    assert kept(None) == kept(tmp_path)


def test_a_second_rehearsal_takes_the_place_of_the_first(tmp_path: Path) -> None:
    kept(tmp_path, seconds=4)
    kept(tmp_path, seconds=2)
    with wave.open(str(tmp_path / "speaker.wav")) as sound:
        assert sound.getnframes() == 2 * 24000


def test_what_was_kept_so_far_plays_even_if_the_rehearsal_dies(tmp_path: Path) -> None:
    with Results(tmp_path, lambda _line: None) as results:
        for _ in range(120):
            results.sound(np.full(480, 0.5, np.float32), np.full(320, 0.5, np.float32))
        size = (tmp_path / "microphone.wav").stat().st_size
        results.event(EVENTS[0])
        assert (tmp_path / "events.jsonl").read_text(encoding="utf-8").count("\n") == 1
        assert size > 16000


def test_a_folder_that_can_not_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unreadable, match=r"file/out can't be written: Not a directory"), Results(tmp_path / "file" / "out", print):
        pass


@pytest.mark.parametrize("name", ["events.jsonl", "transcript.txt", "microphone.wav"])
def test_a_disk_that_fills_up_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("/dev/full")
    with pytest.raises(Missing, match="no room left on the disk"):
        kept(tmp_path)
