"""A table beside the bars: what is measured, the bar, the figure."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import numpy as np

Row = tuple[str, str, str]
"""What is measured, its bar, and the figure."""


def shown(row: Row) -> str:
    """The row as a line of a Markdown table."""
    return f"| {' | '.join(row)} |"


def percentiles(delays_s: Sequence[float]) -> str:
    """p50 and p95 of some delays in seconds, and how many never came (NaN)."""
    known = [delay for delay in delays_s if not np.isnan(delay)]
    if not known:
        return f"none of {len(delays_s)}"
    p50, p95 = np.percentile(known, [50, 95])
    unanswered = len(delays_s) - len(known)
    return f"{p50:.2f} / {p95:.2f} s (n={len(known)})" + (f"; {unanswered} never" if unanswered else "")


def machine() -> str:
    """What this is measured on."""
    names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = names[0] if names else platform.machine()
    return f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
