"""There is one session at a time."""

import os
from pathlib import Path

import pytest

from voicecoach.commands.alone import FILE, alone
from voicecoach.errors import Missing


def test_a_second_session_in_the_same_home_is_refused_in_a_sentence_and_one_after_it_is_not(tmp_path: Path) -> None:
    with alone(tmp_path):
        with pytest.raises(Missing, match="A session is going on already"), alone(tmp_path):
            raise AssertionError
        with alone(tmp_path / "another"):
            pass
    with alone(tmp_path):
        pass
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_a_program_that_is_started_anew_in_its_place_does_not_keep_itself_out(tmp_path: Path) -> None:
    with alone(tmp_path):
        held = [int(one.name) for one in Path("/proc/self/fd").iterdir() if os.path.realpath(one).endswith(FILE)]
        assert held
        assert not any(map(os.get_inheritable, held))


def test_where_the_file_can_t_be_opened_the_folder_is_held(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with alone(tmp_path), pytest.raises(Missing, match="A session is going on already"), alone(tmp_path):
        raise AssertionError


def test_where_no_lock_can_be_written_there_is_a_session_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with alone(tmp_path / "file" / "home"):
        pass
