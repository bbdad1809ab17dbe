"""What a process and its children hold at a moment, from /proc, and how that changes over hours.

A leak is what goes on growing. Caches that have a bound fill at first, and then don't: so the first part of a run, FILLING of it and at
least so many hours, is told but not judged. `the whole` is the slope over all samples, `settled` that over those after the first part; the
bar is for the second. What the tenths held shows whether a slope is a leak's or a step's. Each is the least squares' slope.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.latency.processes import PAGE_MB, family
from benchmarks.latency.table import Row

FILLING = 0.25
FILLING_H = 1 / 3
"""By then the second set of the hour has begun: all that comes again and again has been there once."""
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Footprint:
    """`at_h`: hours since the start, of audio in the day, of the wall clock in the hour. All are sums over the processes.

    `each_mb`: what is resident in each kind of process: in the program itself, and in its workers by their names.
    """

    at_h: float
    resident_mb: float
    handles: int
    threads: int
    processes: int
    each_mb: dict[str, float]


def footprint(pid: int, at_h: float) -> Footprint:
    """That of `pid` and its living descendants, without one that is still a copy of its parent: it shares all that it seems to have."""
    commands = {member: _command(member) for member in family(pid)}
    members = [member for member, command in commands.items() if command and (member == pid or command != commands[pid])]
    folders = [Path(f"/proc/{member}") for member in members]
    each_mb: dict[str, float] = {}
    for member in members:
        name = next(iter(re.findall(r"\w+_worker", commands[member])), "the program itself")
        each_mb[name] = each_mb.get(name, 0.0) + _resident_mb(member)
    return Footprint(at_h, sum(each_mb.values()), _listed(folders, "fd"), _listed(folders, "task"), len(members), each_mb)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""  # it ended meanwhile


def _resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MB
    except OSError:
        return 0.0  # it ended meanwhile


def _listed(folders: Sequence[Path], name: str) -> int:
    found = 0
    for folder in folders:
        try:
            found += sum(1 for _ in (folder / name).iterdir())
        except OSError:
            continue  # it ended meanwhile
    return found


def slopes(what: str, samples: Sequence[Footprint], filling_h: float = FILLING_H) -> list[Row]:
    """How each figure went, over the whole and when it had settled, which takes `filling_h` at least."""
    last_h = samples[-1].at_h if samples else 0.0
    settled = [sample for sample in samples if sample.at_h >= max(FILLING * last_h, filling_h)]
    if len(settled) < 3:
        return [(f"{what}: memory", "under 1 MB/h", f"too short to tell: {len(settled)} samples after {filling_h:.2f} h")]
    figures: list[tuple[str, Callable[[Footprint], float]]] = [
        ("open handles", lambda sample: sample.handles),
        ("threads", lambda sample: sample.threads),
        ("processes", lambda sample: sample.processes),
    ]
    names = sorted({name for sample in samples for name in sample.each_mb})
    return [
        (f"{what}: memory resident in all its processes, MB, the whole", "", _slope(samples, _all_mb)),
        (f"{what}: the same, settled ({settled[0].at_h:.2f} h on)", "under 1 MB/h", _slope(settled, _all_mb)),
        (f"{what}: the same, median of each tenth", "", _tenths(samples)),
        *((f"{what}: of it {name}, settled", "", _slope(settled, partial(_mb_of, name))) for name in names),
        *((f"{what}: {name}, settled", "flat", _slope(settled, figure)) for name, figure in figures),
    ]


def _all_mb(sample: Footprint) -> float:
    return sample.resident_mb


def _mb_of(name: str, sample: Footprint) -> float:
    return sample.each_mb.get(name, 0.0)


def _tenths(samples: Sequence[Footprint]) -> str:
    edges = np.linspace(0, len(samples), min(TENTHS, len(samples)) + 1).astype(int)
    parts = [samples[start:end] for start, end in pairwise(edges)]
    return ", ".join(f"{np.median([sample.resident_mb for sample in part]):.0f}" for part in parts)


def _slope(samples: Sequence[Footprint], figure: Callable[[Footprint], float]) -> str:
    at_h, values = np.array([sample.at_h for sample in samples]), np.array([figure(sample) for sample in samples])
    slope = float(np.polyfit(at_h, values, 1)[0])
    ends = f"{values[0]:.0f} at first, {values[-1]:.0f} at last, {values.min():.0f} to {values.max():.0f}"
    return f"{slope:+.2f} an hour; {ends} (n={len(values)})"
