"""Wherever the plug is pulled, what the journal had acknowledged is there: some of the points here, all of them in `tests.journal.cuts`."""

import random
import sys
from pathlib import Path

import pytest

from tests.journal.cuts import Recording, acknowledged_in, cut, killed, recorded, spread
from tests.journal.disk import Loss, after_cut
from tests.journal.lives import LIVES
from tests.journal.traced import CALLS, Done, traced

CUTS, KILLS = 120, 12
LUCK = random.Random(0)  # noqa: S311 - the same seed has to lose the same
WRITTEN = [Done("opened", "a", 1), Done("write", "a", 1, 0, b"x" * 600)]
SYNCED = [*WRITTEN, Done("sync", "a", 1), Done("sync folder")]


def can_be_traced(folder: Path) -> bool:
    try:
        return bool(CALLS) and bool(traced([sys.executable, "-c", f"open({str(folder / 'file')!r}, 'w').close()"], folder))
    except (OSError, RuntimeError):
        return False


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Recording]:
    if not can_be_traced(tmp_path_factory.mktemp("traced")):
        pytest.skip("this system lets nobody trace a process of their own")
    return [recorded(name) for name in LIVES]


@pytest.mark.parametrize("loss", Loss, ids=lambda loss: loss.name.lower())
def test_wherever_the_power_goes_nothing_that_was_acknowledged_is_lost_and_the_journal_is_whole(
    loss: Loss, recordings: list[Recording]
) -> None:
    for recording, upto in spread(recordings, CUTS):
        assert cut(recording, upto, loss, seed=upto) == "", f"{recording.name}, cut after {upto}"


def test_wherever_a_process_is_killed_neither(recordings: list[Recording]) -> None:
    for recording, upto in spread(recordings, KILLS):
        assert killed(recording.name, recording.cuts.index(upto)) == "", f"{recording.name}, killed at {upto}"


def test_every_life_is_recorded_to_its_end(recordings: list[Recording]) -> None:
    for recording in recordings:
        assert acknowledged_in(recording.done) == len(LIVES[recording.name].deeds)
        assert len(recording.cuts) > len(LIVES[recording.name].deeds)


def test_a_journal_that_did_not_sync_would_be_caught(recordings: list[Recording]) -> None:
    careless = [Recording(one.name, one.before, [call for call in one.done if call != Done("sync folder")]) for one in recordings[:1]]
    assert any(cut(recording, upto, Loss.UNSYNCED) for recording, upto in spread(careless, 20))


@pytest.mark.parametrize(
    ("loss", "done", "left"),
    [
        (Loss.NOTHING, WRITTEN, {"a": b"x" * 600}),
        (Loss.UNSYNCED, WRITTEN, {}),
        (Loss.UNSYNCED, SYNCED, {"a": b"x" * 600}),
        (Loss.UNSYNCED, [*SYNCED, Done("rename", "a", to="b")], {"a": b"x" * 600}),
        (Loss.UNSYNCED, [*SYNCED, Done("rename", "a", to="b"), Done("sync folder")], {"b": b"x" * 600}),
        (Loss.UNSYNCED, [*SYNCED, Done("write", "a", 1, 0, b"y")], {"a": b"x" * 600}),
        (Loss.UNSYNCED_IN_ORDER, [*WRITTEN, Done("sync", "a", 1)], {"a": b"x" * 600}),
        (Loss.UNSYNCED, [*SYNCED, Done("unlink", "a"), Done("opened", "a", 1), Done("sync folder")], {"a": b""}),
        (Loss.NOTHING, [*WRITTEN, Done("resize", "a", 1, 2)], {"a": b"xx"}),
        (Loss.ANY, SYNCED, {"a": b"x" * 600}),
    ],
)
def test_the_disk_loses_what_a_disk_may_lose(loss: Loss, done: list[Done], left: dict[str, bytes]) -> None:
    assert after_cut({}, done, loss, LUCK) == left


def test_a_torn_write_is_there_by_sectors() -> None:
    found = {after_cut({}, WRITTEN, Loss.LAST_TORN, LUCK)["a"] for _ in range(40)}
    assert found == {b"", b"x" * 512, bytes(512) + b"x" * 88, b"x" * 600}
