"""What five years of sessions cost at each start.

python -m benchmarks.journal [--sessions 1500] [--events 1500] writes such a journal in the layout of the program that runs, and prints of
all that reads it: seconds here, megabytes that came off the disk (nothing of the file is in memory at first), and what those take on a slow
card in a slow computer.
"""

import argparse
import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from voicecoach.journal import file
from voicecoach.journal.store import Journal

MB_A_SECOND = 20
"""A card in a Pi 3; the Pi 4's reader is twice as fast."""
TIMES_SLOWER = 5
"""A Pi 3's core than one here, about."""
LINE = "Squeeze your buttocks, then lift both legs a hand above the floor, and hold."
AT = "2026-11-24T18:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took."""

    seconds: float
    processor_s: float
    megabytes: float

    @property
    def on_a_pi_s(self) -> float:
        """Guessed."""
        return self.processor_s * TIMES_SLOWER + self.megabytes / MB_A_SECOND


def a_session(number: int, count: int) -> Iterator[dict[str, object]]:
    """As many events as asked for, of the kinds and sizes that a long session has."""
    luck = random.Random(number)  # noqa: S311 - the same years each time
    yield {"event": "session_started", "plan": {name: name for name in "abcdefghijkl"}, "level": "both_2x10", "started_at": AT}
    yield {"event": "person", "id": 1 + number % 2, "name": "Anna" if number % 2 else "Ben"}
    yield {"event": "remembered", "fact": "usual_pain", "value": 2}
    yield {"event": "remembered", "fact": "level", "value": "both_2x10"}
    for n in range(12):
        yield {"event": "answer", "id": "screen.pain" if n == 5 else f"screen.question_{n}", "value": 1 if n == 5 else "no"}
    for n in range(count - 20):
        if n % 6 == 0:
            yield {"event": "rep", "n": n // 24 + 1, "of": 12, "set": 1, "moment": ("brace", "lift", "hold", "lower")[n // 6 % 4]}
        elif n % 13 == 0:
            yield {"event": "phase", "from": "set", "to": "hold"}
        else:
            yield {"event": luck.choice(["line_started", "line_ended"]), "line": "set.lift", "text": LINE[: luck.randrange(20, len(LINE))]}
    yield {"event": "answer", "id": "check_in.effort", "value": 3}
    yield {"event": "answer", "id": "cool_down.pain", "value": 1}
    if number % 20:
        yield {"event": "session_ended", "outcome": "finished", "reps": 60, "sets": 3, "level": "both_2x10", "failed_sets": 0}


def fill(path: Path, sessions: int, events: int) -> None:
    """Write the years, in the layout that `path` has."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        for number in range(1, sessions + 1):
            connection.execute("INSERT INTO sessions (started_at, versions) VALUES (?, '{}')", (AT,))
            rows = (
                (number, at_s, event["event"], json.dumps({"at_s": float(at_s)} | event))
                for at_s, event in enumerate(a_session(number, events))
            )
            connection.executemany("INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)", rows)
            if number % 20:
                connection.execute("INSERT INTO endings VALUES (?, 'finished')", (number,))
        connection.commit()


def cost(path: Path, what: Callable[[], object]) -> Cost:
    """Do it with nothing of `path` in memory, and see what it took."""
    with path.open("rb") as journal:
        os.fsync(journal.fileno())
        os.posix_fadvise(journal.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    before, begun, worked = bytes_read(), time.perf_counter(), time.process_time()
    what()
    seconds, processor_s = time.perf_counter() - begun, time.process_time() - worked
    return Cost(seconds, processor_s, min(after - so_far for after, so_far in zip(bytes_read(), before, strict=True)) / 1e6)


def bytes_read() -> tuple[int, int]:
    """What this process asked for so far, some of it twice, and what came off the disk for it, some of it not asked for."""
    counters = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(counters["rchar"]), int(counters["read_bytes"])


def tell(name: str, found: Cost) -> None:
    """One line."""
    print(f"  {name:44} {found.seconds:6.2f} s here {found.megabytes:8.1f} MB read {found.on_a_pi_s:7.1f} s on a slow Pi (guessed)")


def measure(path: Path) -> None:
    """What a start does, and what is done less often."""
    journal: Journal | None = None

    def start() -> None:
        nonlocal journal
        journal = Journal(path)
        journal.forget_who_asked()

    tell("opened, and nobody to forget", cost(path, start))
    assert journal is not None
    tell("who is known (each start)", cost(path, journal.people))
    tell("history", cost(path, journal.sessions))
    session = journal.begin(AT, {})
    begun = time.perf_counter()
    for n in range(500):
        journal.append(session, {"at_s": float(n), "event": "answer" if n % 10 == 0 else "line_started", "text": LINE})
    print(f"  an event kept (mean of 500, on this disk)    {(time.perf_counter() - begun) / 500 * 1000:7.2f} ms")
    journal.close()
    with closing(file.opened(path)) as connection:
        for check in ("quick_check", "integrity_check"):
            tell(check, cost(path, lambda check=check: connection.execute(f"PRAGMA {check}").fetchall()))  # type: ignore[misc]
    print(f"  {path.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Writes the years, and tells what each reader of them takes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=1500)
    parser.add_argument("--events", type=int, default=1500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "journal.db")
        Journal(path).close()
        fill(path, options.sessions, options.events)
        measure(path)


if __name__ == "__main__":
    main()
