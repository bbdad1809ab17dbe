"""How many small mistakes in the safety path the fast tests notice: python -m tests.mutation [COUNT]

Every module of path.toml is changed in one place at a time (a comparison turned, a condition denied, a statement left out, one member of a
table missing, a phase or a text taken for another ...), and the tests that path.toml names for it run until one fails. One that none
notices survives. COUNT of them are drawn, the same ones with the same --seed; without COUNT it is all of them, some thousands, a night.
Prints the score by module, with its 95% interval where it is a sample, and every survivor; those in survivors.toml have a reason. Exit code
1 when less than 90% are killed, or a survivor has no reason.

Not mutmut, which leaves out constants and whatever is decorated: the tables and the properties that this path is made of. Not cosmic-ray,
which starts a process with all imports for each mutant, removes no statement, and has ten mutants for each "|", nine of them no program.
"""

import argparse
import ast
import os
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from tests.mutation.judging import judged
from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
BAR = 0.9
AS_IT_IS = "as it is"
"""The change that is none: the tests have to pass then."""


def main() -> int:
    """The command."""
    words = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").split("\n\n")[1])
    words.add_argument("count", nargs="?", type=int, default=0, metavar="COUNT", help="how many mutants; all of them without it")
    words.add_argument("--seed", type=int, default=1, help="which ones are drawn (1)")
    words.add_argument("--only", default="", metavar="TEXT", help="only mutants in whose description this is, as in aftermath.py")
    words.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="so many at a time (as many as there are cores)")
    words.add_argument("--list", action="store_true", help="print them, and judge none")
    given = words.parse_args()
    path = tomllib.loads(Path(__file__).with_name("path.toml").read_text(encoding="utf-8"))
    found = [one for module in path["module"] for one in _of(module) if given.only in str(one)]
    drawn = _drawn(found, given.count, given.seed)
    if given.list:
        print("\n".join(map(str, drawn)))  # noqa: T201 - what the command is for
        return 0
    tests = {module["path"]: path["tests"][module["tests"]] for module in path["module"]}
    killed = _killed(drawn, tests, given.jobs)
    return _report(drawn, [one for one in drawn if one not in killed], of=len(found))


def _killed(drawn: list[Mutant], tests: dict[str, list[str]], jobs: int) -> set[Mutant]:
    """Those that `tests`, by module, notice. Exits where these fail without any of them."""
    whole = [replace(one, change=AS_IT_IS) for one in {tuple(tests[one.path]): one for one in drawn}.values()]
    trees = ((one, ast.parse(one.source) if one.change == AS_IT_IS else one.tree()) for one in [*whole, *drawn])
    killed = set[Mutant]()
    for one, failed in judged(trees, tests, jobs):
        if one.change == AS_IT_IS:
            if failed:
                sys.exit(f"{', '.join(tests[one.path])}: something fails there as it is.")
            continue
        print(f"{'killed  ' if failed else 'SURVIVED'}  {one}", file=sys.stderr, flush=True)  # noqa: T201 - it takes long
        killed |= {one} if failed else set()
    return killed


def _of(module: dict[str, Any]) -> list[Mutant]:
    source = (ROOT / module["path"]).read_text(encoding="utf-8")
    only = tuple(module.get("only", [""]))
    return [
        one
        for one in mutants(module["path"], source)
        if any(one.where == name or not name or one.where.startswith(f"{name}.") for name in only)
    ]


def _drawn(found: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """In an order that is luck too: a run that is cut off was a smaller sample."""
    order = np.random.default_rng(seed).permutation(len(found))
    return [found[n] for n in order[: count or None]]


def _report(drawn: list[Mutant], survivors: list[Mutant], *, of: int) -> int:
    reasons = tomllib.loads(Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8"))["survivor"]
    known = {(one["path"], one["where"], one["change"]): one["why"] for one in reasons}
    total, left = Counter(one.path for one in drawn), Counter(one.path for one in survivors)
    lines = [f"{total[path] - left[path]:5} of {total[path]:5}  {path}" for path in sorted(total)]
    lines += [f"survived: {one}\n    {known.get((one.path, one.where, one.change), 'NO REASON YET')}" for one in survivors]
    killed, n = len(drawn) - len(survivors), len(drawn)
    low, high = _interval(killed, n)
    sample = f", 95% interval {low:.1%} to {high:.1%}, drawn from {of}" if n < of else ""
    lines.append(f"{killed} of {n} killed: {killed / n:.1%}{sample}")
    print("\n".join(lines))  # noqa: T201 - what the command is for
    return int(killed / n < BAR or any((one.path, one.where, one.change) not in known for one in survivors))


def _interval(killed: int, n: int) -> tuple[float, float]:
    """Wilson's."""
    share, z = killed / n, 1.96
    middle, half = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


if __name__ == "__main__":
    sys.exit(main())
