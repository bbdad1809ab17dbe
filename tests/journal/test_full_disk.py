"""A disk that is really full, or really read-only: the session goes on, it is said once, and what can be kept is kept."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

IN_MEMORY = "It is kept in memory, and written when it can be."
Scene = Callable[[str], dict[str, Any]]


@pytest.fixture
def played(tmp_path: Path) -> Scene:
    """Plays a scene of cramped.py on a disk of its own."""
    can = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], check=False, capture_output=True)  # noqa: S607
    if can.returncode:
        pytest.skip("this system lets nobody have a small disk of their own")

    def play(scene: str) -> dict[str, Any]:
        command = ["unshare", "-rm", sys.executable, "-m", "tests.journal.cramped", scene, str(tmp_path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return play


def test_on_a_full_disk_what_happens_waits_in_memory_and_goes_to_the_disk_when_there_is_room(played: Scene) -> None:
    found = played("full_for_a_while")
    assert (found["behind"], found["behind_after"], found["whole"]) == (400, 0, True)
    assert [IN_MEMORY in sentence for sentence in found["told"]] == [True]
    assert found["told_after"] == []


def test_what_could_not_be_written_to_the_end_is_counted_and_told(played: Scene) -> None:
    found = played("full_to_the_end")
    (sentence,) = found["told"]
    assert sentence.startswith(f"{found['behind']} events of this session could not be written")


def test_a_long_session_fits_into_what_was_kept_free_for_it(played: Scene) -> None:
    found = played("full_with_a_reserve")
    assert (found["behind"], found["whole"]) == (0, True)
    assert ["make more before the next" in sentence for sentence in found["told"]] == [True]


def test_a_first_session_on_a_full_disk_is_kept_from_its_begin_once_there_is_room(played: Scene) -> None:
    found = played("full_from_the_start")
    assert (found["behind"], found["behind_after"], found["whole"]) == (21, 0, True)
    assert [IN_MEMORY in sentence for sentence in found["told"]] == [True]


def test_on_a_read_only_disk_who_came_before_is_known_and_nothing_is_lost(played: Scene) -> None:
    """Pain is known too: it must not be forgotten because the card is failing."""
    found = played("read_only")
    assert found["people"] == [["Anneliese", ["pain"]]]
    assert (found["behind"], found["behind_after"], found["whole"]) == (21, 0, True)
    assert "nothing is deleted" in found["forgot"]
