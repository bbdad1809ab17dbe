"""Whose a recording is, and that it goes when they do."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.journal.test_forgetting import keep, named, person
from voicecoach.errors import Unreadable
from voicecoach.journal.recordings import beside, folder_for, recorded
from voicecoach.journal.store import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Anneliese, Benedikt, both in one evening, and one that was begun before there was more than one person."""
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        keep(journal, person(1), named("Anneliese"))
        keep(journal, person(2), named("Benedikt"))
        keep(journal, person(1), person(2))
        keep(journal, outcome=None)
        for session in (1, 2, 3, 4):
            (folder_for(path, session) / "microphone.wav").write_bytes(b"what was said")
    return path


def forget(path: Path, who: int) -> list[int]:
    with closing(Journal(path)) as journal:
        journal.forget(who)
    return [session for session, _ in recorded(path)]


def test_whoever_is_forgotten_takes_every_recording_along_in_which_they_were_on_the_mat(path: Path) -> None:
    assert [session for session, _ in recorded(path)] == [1, 2, 3, 4]
    assert forget(path, 1) == [2]
    assert forget(path, 2) == []
    assert list(beside(path).iterdir()) == []


def test_somebody_elses_recording_stays_whole(path: Path) -> None:
    forget(path, 1)
    assert (beside(path) / "0002" / "microphone.wav").read_bytes() == b"what was said"


def test_a_recording_from_before_the_journal_was_begun_anew_goes_with_that_of_the_same_number(path: Path) -> None:
    assert folder_for(path, 2).name == "0002-2"
    assert forget(path, 2) == [1, 4]
    assert sorted(folder.name for folder in beside(path).iterdir()) == ["0001", "0004"]


def test_what_is_no_recording_is_left_alone(path: Path) -> None:
    (beside(path) / "notes of my own").mkdir()
    (beside(path) / "0001.txt").write_text("mine")
    forget(path, 1)
    assert {"notes of my own", "0001.txt"} <= {found.name for found in beside(path).iterdir()}


def test_a_recording_that_cannot_be_deleted_keeps_its_owner_in_the_journal_so_that_it_is_tried_again(path: Path) -> None:
    (beside(path) / "0001" / "a folder").mkdir()
    with closing(Journal(path)) as journal, pytest.raises(Unreadable, match="Nothing could be deleted"):
        journal.forget(1)
    (beside(path) / "0001" / "a folder").rmdir()
    assert forget(path, 1) == [2]


def test_only_its_owner_may_look_into_it(path: Path) -> None:
    assert [folder.stat().st_mode & 0o777 for folder in (beside(path), beside(path) / "0001")] == [0o700, 0o700]
