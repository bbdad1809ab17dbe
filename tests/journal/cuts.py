"""The plug is pulled at every point at which a journal changes anything on the disk.

`python -m tests.journal.cuts CUTS [KILLS]` lives through the lives of lives.py once, recorded call by call, then cuts them at CUTS points
in all, spread evenly, each with every kind of loss of disk.py; and kills KILLS real processes, each at another call. It prints what was
lost. A thousand cuts and five hundred kills take some five minutes.
"""

import os
import random
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journal.disk import Loss, after_cut
from tests.journal.lives import LIVES, wrong_in
from tests.journal.traced import Acknowledged, Done, traced

MEMORY = Path("/dev/shm")  # noqa: S108 - there a sync costs nothing
SCRATCH = str(MEMORY) if os.access(MEMORY, os.W_OK) else None


@dataclass(frozen=True, slots=True)
class Recording:
    """A life, and every call that changed its home."""

    name: str
    before: dict[str, bytes]
    done: list[Done | Acknowledged]

    @property
    def cuts(self) -> list[int]:
        """After how many entries something has just changed, or nothing yet."""
        return [0, *(place + 1 for place, call in enumerate(self.done) if isinstance(call, Done))]


def recorded(name: str) -> Recording:
    """The whole life called `name`."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        home = Path(folder)
        LIVES[name].prepare(home)
        before = {file.name: file.read_bytes() for file in home.iterdir()}
        return Recording(name, before, traced(_command(name, home), home))


def cut(recording: Recording, upto: int, loss: Loss, seed: int = 0) -> str:
    """What is wrong when the power goes after `upto` entries; "" for nothing."""
    done = recording.done[:upto]
    left = after_cut(recording.before, done, loss, random.Random(seed))  # noqa: S311 - the same seed has to lose the same
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        for name, content in left.items():
            Path(folder, name).write_bytes(content)
        return wrong_in(Path(folder), LIVES[recording.name], acknowledged_in(done))


def killed(name: str, at: int) -> str:
    """What is wrong after a real process was killed at the begin of its call number `at`; "" for nothing."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        LIVES[name].prepare(Path(folder))
        done = traced(_command(name, Path(folder)), Path(folder), kill_at=at)
        return wrong_in(Path(folder), LIVES[name], acknowledged_in(done))


def acknowledged_in(done: list[Done | Acknowledged]) -> int:
    """How many things were acknowledged."""
    return sum(isinstance(call, Acknowledged) and bool(call.line) for call in done)


def spread(recordings: list[Recording], count: int) -> Iterator[tuple[Recording, int]]:
    """So many cuts of all, evenly; never one twice."""
    every = [(recording, upto) for recording in recordings for upto in recording.cuts]
    step = max(1.0, len(every) / count)
    yield from (every[int(n * step)] for n in range(min(count, len(every))))


def _command(name: str, home: Path) -> list[str]:
    return [sys.executable, "-m", "tests.journal.lives", name, str(home)]


def main(cuts: int, kills: int = 0) -> int:
    """Prints what was lost."""
    recordings = [recorded(name) for name in LIVES]
    for recording in recordings:
        print(f"{recording.name}: {len(recording.cuts)} points, {acknowledged_in(recording.done)} acknowledged")  # noqa: T201
    wrong = 0
    for loss in Loss:
        found = [(recording, upto, cut(recording, upto, loss, seed=upto)) for recording, upto in spread(recordings, cuts)]
        bad = [f"  {recording.name}, cut after {upto}: {problem}" for recording, upto, problem in found if problem]
        wrong += len(bad)
        print("\n".join([f"{len(found)} cuts, {len(bad)} wrong ({loss})", *bad[:10]]))  # noqa: T201
    points = [(recording, recording.cuts.index(upto)) for recording, upto in spread(recordings, kills)] if kills else []
    bad = [f"  {one.name}, killed at {at}: {problem}" for one, at in points if (problem := killed(one.name, at))]
    print("\n".join([f"{len(points)} processes killed, {len(bad)} wrong", *bad[:10]]))  # noqa: T201
    return bool(wrong + len(bad))


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(*map(int, sys.argv[1:])))
