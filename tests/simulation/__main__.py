"""Years of bad luck in minutes: python -m tests.simulation --sessions 10000, or --hours 8 for a night, or --seed 17 for one life.

Prints how many sessions were lived through and how fast, how they ended, and every seed that broke a rule: with the version, the rule and
the shortest session that still breaks it, as a .session. Exit code 1 if there was one.
"""

import argparse
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.simulation.life import evenings, lives, replay
from tests.simulation.shrinking import shrunk
from tests.simulation.version import version

MOST_TOLD = 5
"""Every seed is named; so many are shrunk and shown."""
MINUTE_S, HOUR_S = 60.0, 3600.0


@dataclass(frozen=True)
class Share:
    """What one core is to do: every `cores`-th seed from `first` on, until so many sessions or so many seconds are over."""

    first: int
    cores: int
    sessions: int
    seconds: float


@dataclass(frozen=True)
class Result:
    """What came of it."""

    sessions: int
    busy_s: float
    endings: Counter[str]
    broken: dict[int, tuple[str, list[str]]]
    """By seed: the rule, and the script."""


def live(share: Share) -> Result:
    """Lives through one share."""
    begun_s, busy_s = time.perf_counter(), time.process_time()
    endings, broken, sessions = Counter[str](), dict[int, tuple[str, list[str]]](), 0
    for seed, evening in lives(share.first, share.sessions, share.cores, lambda: time.perf_counter() - begun_s > share.seconds):
        sessions += 1
        endings[evening.ending] += 1
        if evening.broken:
            broken[seed] = (evening.broken.rule, evening.script)
    return Result(sessions, time.process_time() - busy_s, endings, broken)


def told(seed: int, rule: str, script: list[str]) -> Iterator[str]:
    """A seed that broke a rule, with the shortest session that does too."""
    short = shrunk(script, rule)
    played = replay(short)
    yield f"--- seed {seed}, {version()}: {played.told(str(played.broken))}"
    yield f"# {rule}"
    yield from short


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--sessions", type=int, default=10_000, help="how many whole sessions (10,000)")
    parser.add_argument("--hours", type=float, help="as many as there is time for, instead")
    parser.add_argument("--first", type=int, default=0, metavar="SEED", help="the first seed (0)")
    parser.add_argument("--cores", type=int, default=1, help="how many processes share the work (1)")
    parser.add_argument("--seed", type=int, help="one seed again, with its whole story")
    given = parser.parse_args(arguments)
    if given.seed is not None:
        return again(given.seed)
    sessions = sys.maxsize if given.hours else -(-given.sessions // given.cores)
    seconds = given.hours * HOUR_S if given.hours else float("inf")
    shares = [Share(given.first + n, given.cores, sessions, seconds) for n in range(given.cores)]
    with multiprocessing.Pool(given.cores) as pool:
        return summed_up(pool.map(live, shares))


def again(seed: int) -> int:
    """Replays one seed."""
    for n, evening in enumerate(evenings(seed), 1):
        print(f"--- seed {seed}, evening {n}, {version()}")
        print("\n".join([*evening.script, "", evening.story]))
        if evening.broken:
            print("\n".join(told(seed, evening.broken.rule, evening.script)))
            return 1
    return 0


def summed_up(results: list[Result]) -> int:
    """Prints it all. 1 if a rule was broken."""
    broken = dict(sorted(item for result in results for item in result.broken.items()))
    sessions = sum(result.sessions for result in results)
    rate = sessions / sum(result.busy_s for result in results) * MINUTE_S
    for seed, (rule, script) in list(broken.items())[:MOST_TOLD]:
        print("\n".join(told(seed, rule, script)))
    endings = sum((result.endings for result in results), Counter[str]())
    print(
        f"{version()}: {sessions} sessions, {rate:.0f} a minute on one core; "
        + ", ".join(f"{n} {name}" for name, n in endings.most_common())
    )
    print(f"{len(broken)} seeds broke a rule" + (f": {list(broken)}" if broken else ""))
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
