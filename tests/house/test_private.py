"""What a home holds is its owner's business only."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journal.test_calibrations import FIRST
from voicecoach.cli import main
from voicecoach.durable import private_folder
from voicecoach.house import open_house
from voicecoach.journal.calibrations import Calibrations
from voicecoach.journal.recordings import folder_for
from voicecoach.notes import open_journal

SCENARIO = """
[plan]
sets = 1
reps = 2
warm_up_s = 0
[[fault]]
at_s = 6.0
what = "killed"
"""


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Whoever runs it hides nothing by themselves."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_all_that_a_session_leaves_in_a_home_is_for_its_owner_only(tmp_path: Path, open_to_all: None) -> None:
    home, scenario = tmp_path / "share" / "home", tmp_path / "scenario.toml"
    scenario.write_text(SCENARIO)
    assert main(["rehearse", str(scenario), "--home", str(home)]) == 0
    house = open_house(home)
    Calibrations(house.calibrations).keep("usb", FIRST, "today")
    journal = open_journal(house)  # with its side files
    there = {path: stat.S_IMODE(path.stat().st_mode) for path in [home.parent, home, *home.rglob("*")]}
    journal.close()
    assert {path.name for path in there} >= {"home", "journal.db", "journal.db-wal", "journal.db.reserve", "calibrations.json", "voice"}
    assert any(path.suffix == ".wav" for path in there)
    assert {path: oct(mode) for path, mode in there.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_so_are_a_recording_s_folder_and_all_that_was_missing_above_it(tmp_path: Path, open_to_all: None) -> None:
    folder = folder_for(tmp_path / "share" / "home" / "journal.db", 1)
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents) if path.is_relative_to(tmp_path / "share")}
    assert len(made) == 4
    assert {path for path, mode in made.items() if mode != 0o700} == set()


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_where_no_folder_can_be_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        private_folder(tmp_path / "file" / "home")
