"""What a process costs with its children: CPU and memory, from /proc."""

import os
import resource
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PAGE_MB = resource.getpagesize() / 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds since the start, children's included, and MB resident in all of them together (what they share is counted for each)."""

    cpu_s: float
    resident_mb: float


def cost(pid: int) -> Cost:
    """What `pid` and its living descendants have cost, and what those that ended and were waited for have."""
    members = family(pid)
    # Of stat's fields after the name: utime, stime, and the same of children that were waited for.
    ticks = [sum(map(int, _stat(one)[11:15])) for one in members]
    pages = [int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in members]
    return Cost(sum(ticks) * TICK_S, sum(pages) * PAGE_MB)


def family(pid: int) -> list[int]:
    """`pid` and its living descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            children.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
        except OSError:
            continue  # it ended meanwhile
    members = [pid]
    for member in members:
        members += children.get(member, [])
    return members


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
