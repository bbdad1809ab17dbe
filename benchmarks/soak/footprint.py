"""What a process and its children hold at a moment, from /proc, and how that changes over hours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.latency.processes import cost, family
from benchmarks.latency.table import Row

SETTLED_H = 0.25
"""Caches, the recogniser's graph and the voice's process are all there after a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """`at_h`: hours since the start, of audio in the day, of the wall clock in the hour. All are sums over the processes."""

    at_h: float
    resident_mb: float
    handles: int
    threads: int
    processes: int


def footprint(pid: int, at_h: float) -> Footprint:
    """That of `pid` and its living descendants."""
    members = family(pid)
    folders = [Path(f"/proc/{member}") for member in members]
    return Footprint(at_h, cost(pid).resident_mb, _listed(folders, "fd"), _listed(folders, "task"), len(members))


def _listed(folders: Sequence[Path], name: str) -> int:
    found = 0
    for folder in folders:
        try:
            found += sum(1 for _ in (folder / name).iterdir())
        except OSError:
            continue  # it ended meanwhile
    return found


def slopes(what: str, samples: Sequence[Footprint]) -> list[Row]:
    """How each figure went, after it had settled: the least squares' slope an hour, and its ends."""
    settled = [sample for sample in samples if sample.at_h >= SETTLED_H]
    if len(settled) < 3:
        return [(f"{what}: memory", "under 1 MB/h", f"too short to tell: {len(settled)} samples")]
    figures: list[tuple[str, str, Callable[[Footprint], float]]] = [
        ("memory resident in all its processes, MB", "under 1 MB/h", lambda sample: sample.resident_mb),
        ("open handles", "flat", lambda sample: sample.handles),
        ("threads", "flat", lambda sample: sample.threads),
        ("processes", "flat", lambda sample: sample.processes),
    ]
    return [(f"{what}: {name}", bar, _slope(settled, figure)) for name, bar, figure in figures]


def _slope(samples: Sequence[Footprint], figure: Callable[[Footprint], float]) -> str:
    at_h, values = np.array([sample.at_h for sample in samples]), np.array([figure(sample) for sample in samples])
    slope = float(np.polyfit(at_h, values, 1)[0])
    ends = f"{values[0]:.0f} at first, {values[-1]:.0f} at last, {values.min():.0f} to {values.max():.0f}"
    return f"{slope:+.2f} an hour; {ends} (n={len(values)})"
