"""What waits to be sent: whole, in its order, for its owner only, and gone with whom it tells of."""

import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.journal.test_forgetting import keep, named, person
from voicecoach import outbox
from voicecoach.errors import Unreadable
from voicecoach.journal.store import Journal
from voicecoach.outbox import Post


def post(of: str, *people: int) -> Post:
    return Post(of.encode().hex().zfill(32), f"sessions/{of}", f'{{"of": "{of}"}}', people=people)


def waiting(folder: Path) -> list[Post | None]:
    return [outbox.read(path) for path in outbox.waiting(folder)]


def test_it_comes_out_as_it_was_put_in_the_oldest_first(tmp_path: Path) -> None:
    posts = [post(str(n), 1) for n in range(12)]
    for one in posts:
        outbox.put(tmp_path / "outbox", one)
    assert waiting(tmp_path / "outbox") == posts
    assert [outbox.id_in(path) for path in outbox.waiting(tmp_path / "outbox")] == [one.id for one in posts]


def test_what_is_put_there_after_some_are_gone_still_comes_last(tmp_path: Path) -> None:
    for n in range(3):
        outbox.put(tmp_path, post(str(n)))
    outbox.gone(outbox.waiting(tmp_path)[0])
    outbox.put(tmp_path, post("3"))
    assert waiting(tmp_path) == [post("1"), post("2"), post("3")]


def test_it_is_for_its_owner_only(tmp_path: Path) -> None:
    outbox.put(tmp_path / "outbox", post("a"))
    there = [tmp_path / "outbox", *outbox.waiting(tmp_path / "outbox")]
    assert [oct(stat.S_IMODE(path.stat().st_mode)) for path in there] == ["0o700", "0o600"]


def test_a_file_that_is_no_post_is_passed_over_and_another_s_file_is_none_of_it(tmp_path: Path) -> None:
    outbox.put(tmp_path, post("a"))
    outbox.waiting(tmp_path)[0].write_text("half of someth")
    (tmp_path / "letter.txt").write_text("dear")
    outbox.put(tmp_path, post("b"))
    assert waiting(tmp_path) == [None, post("b")]


def test_what_is_gone_already_is_gone(tmp_path: Path) -> None:
    outbox.put(tmp_path, post("a"))
    (path,) = outbox.waiting(tmp_path)
    outbox.gone(path)
    outbox.gone(path)
    assert list(tmp_path.iterdir()) == []
    assert outbox.read(path) is None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of two, and what waits about the first, the second and both."""
    path = tmp_path / "journal.db"
    with closing(Journal(path)) as journal:
        keep(journal, person(1), named("Anneliese"))
        keep(journal, person(2), named("Benedikt"))
    for of, people in (("first", (1,)), ("second", (2,)), ("both", (2, 1))):
        outbox.put(outbox.beside(path), post(of, *people))
    return path


def test_whoever_is_forgotten_takes_along_what_waits_about_them_and_takes_back_what_is_seen(path: Path) -> None:
    with closing(Journal(path)) as journal:
        journal.forget(1)
    left = [one for one in waiting(outbox.beside(path)) if one]
    assert [(one.topic, one.text, one.kept) for one in left] == [("sessions/second", '{"of": "second"}', False), ("last_session", "", True)]


def test_what_a_killed_process_left_half_written_goes_too(path: Path) -> None:
    half = outbox.waiting(outbox.beside(path))[0].with_suffix(".json.part")
    half.write_text('{"of": "fi')
    with closing(Journal(path)) as journal:
        journal.forget(1)
    assert not half.exists()


def test_where_it_cannot_be_deleted_nobody_is_forgotten_by_half(path: Path) -> None:
    blocked = outbox.beside(path) / "00000009-0123456789abcdef0123456789abcdef.json"
    blocked.symlink_to("/proc/self/mem")  # a file that can't be emptied
    with closing(Journal(path)) as journal, pytest.raises(Unreadable, match="Nothing could be deleted"):
        journal.forget(1)
    with closing(Journal(path)) as journal:
        assert [one.id for one in journal.people()] == [1, 2]


def test_a_home_from_which_nothing_was_ever_sent_gets_no_folder_for_it(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.db")) as journal:
        keep(journal, person(1), named("Anneliese"))
        journal.forget(1)
    assert not outbox.beside(tmp_path / "journal.db").exists()
