"""What is no log of a session is told by its name."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.errors import Unreadable
from voicecoach.house import open_house
from voicecoach.replay.origins import found, origin

FIRST = {"at_s": 0, "event": "session_started", "prompts": "x", "people": [], "started_at": "2026-11-24T18:03:00+01:00"}


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo, _endless])
def test_a_log_that_is_no_file_is_not_waited_for(put: Callable[[Path], None], tmp_path: Path) -> None:
    put(tmp_path / "events.jsonl")
    with pytest.raises(Unreadable, match=r"events\.jsonl can't be read"):
        found(str(tmp_path / "events.jsonl"), open_house(tmp_path))


@pytest.mark.parametrize("line", ["{", "[" * 100_000, "1", "{}", "null"])
def test_a_line_that_is_no_event_makes_no_log(line: str, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(f"{json.dumps(FIRST)}\n{line}\n")
    with pytest.raises(Unreadable, match=r"events\.jsonl is no log"):
        found(str(tmp_path / "events.jsonl"), open_house(tmp_path))


@pytest.mark.parametrize(
    ("beginning", "told"),
    [({"plan": {"reps": 1e308}}, "reps"), ({"plan": 3}, "no plan"), ({"plan": {}, "versions": {"locale": "klingon"}}, "klingon")],
)
def test_a_beginning_that_makes_no_sense_is_told_by_the_log_s_name(beginning: dict[str, object], told: str, tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(json.dumps(FIRST | beginning))
    house = open_house(tmp_path)
    with pytest.raises(Unreadable, match=rf"events\.jsonl can't be replayed.*{told}"):
        origin(found(str(tmp_path / "events.jsonl"), house), house)
