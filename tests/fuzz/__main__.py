"""`python -m tests.fuzz COUNT [--kind KIND] [--seed FIRST] [--show N] [--end-to-end]`: spoils files, uses each, prints what came of it.

In this process, as fast as it goes; `--end-to-end` gives each file to `voicecoach` instead, a second a file.
"""

import argparse
import resource
import sys
from collections import Counter

from tests.fuzz.end_to_end import ENDED, ran
from tests.fuzz.kinds import KINDS
from tests.fuzz.trial import Verdict, tried

MOST_MEMORY = 6 << 30
"""A file that makes the program take more than that is wrong, and must not take the machine along."""


def main() -> int:
    """Prints a line a kind, then what went wrong; `--show`: some refusals, to be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="files of each kind")
    parser.add_argument("--kind", choices=[kind.name for kind in KINDS], action="append", help="only these")
    parser.add_argument("--seed", type=int, default=0, help="the first")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N refusals of each kind")
    parser.add_argument("--end-to-end", action="store_true", help="through the command line")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    wrong: list[Verdict] = []
    print(f"{'kind':14} {'files':>6} {'accepted':>9} {'refused':>8} {'wrong':>6}")  # noqa: T201 - a program
    kinds, trial = (ENDED, ran) if options.end_to_end else (KINDS, tried)
    for kind in (kind for kind in kinds if options.kind is None or kind.name in options.kind):
        verdicts = [trial(kind, seed) for seed in range(options.seed, options.seed + options.count)]
        refused = [verdict for verdict in verdicts if verdict.said and not verdict.wrong]
        bad = [verdict for verdict in verdicts if verdict.wrong]
        accepted = len(verdicts) - len(refused) - len(bad)
        print(f"{kind.name:14} {len(verdicts):6} {accepted:9} {len(refused):8} {len(bad):6}", flush=True)  # noqa: T201
        for verdict in refused[: options.show]:
            print(f"    {verdict.seed}: {verdict.said}")  # noqa: T201
        wrong += bad
    for what, count in Counter(f"{verdict.kind}: {verdict.wrong.strip().splitlines()[-1][:150]}" for verdict in wrong).most_common():
        first = next(verdict for verdict in wrong if f"{verdict.kind}: {verdict.wrong.strip().splitlines()[-1][:150]}" == what)
        print(f"\n--- {count} x {what}\n    the first: --kind {first.kind} --seed {first.seed}\n{first.wrong}")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
