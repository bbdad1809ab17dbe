"""Whether a coach that runs for long stays as it was: memory, open files, threads, drift, and what it hears.

DATA has command_words/stop and noise. Parts, for --only: `day` is hours of sessions and of a waiting room in one process, faster than real
time; `hour` is one real session through a sound server's null sinks that lasts about an hour (tests/sound_server.py says which packages it
needs), the server dying and coming back meanwhile. Prints a table, and writes it with every sample to --results.
"""

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.command_line import add_model, parser_of, read
from benchmarks.latency.table import Row, machine, shown
from benchmarks.soak.day import day
from benchmarks.soak.footprint import Footprint
from benchmarks.soak.hour import LEAST_MINUTES, MOST_MINUTES, hour
from voicecoach.durable import SHARED, write_whole


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = parser_of("soak", __doc__)
    parser.add_argument("--only", default="", help="parts whose name this regular expression is found in")
    parser.add_argument("--hours", type=int, default=24, help="of the day")
    parser.add_argument(
        "--noise", default="", help="in the waiting room: a recording in DATA/noise, without its ending; none: a quiet room"
    )
    parser.add_argument(
        "--minutes",
        type=int,
        choices=range(LEAST_MINUTES, MOST_MINUTES + 1),
        metavar=f"{LEAST_MINUTES}-{MOST_MINUTES}",
        default=MOST_MINUTES,
        help="of the hour, about",
    )
    parser.add_argument("--results", type=Path, default=Path("soak.json"), help="where the figures and the samples are written")
    add_model(parser)
    return read(parser, ("command_words", "noise"))


def main() -> None:
    """Lives through the parts, prints each one's figures when it is over, and keeps them."""
    options = parsed()
    parts = {"day": day, "hour": hour}
    kept: dict[str, object] = {"machine": machine()}
    print(f"{machine()}\n\n| what | bar | measured |\n|---|---|---|", flush=True)
    for name, part in parts.items():
        if re.search(options.only, name):
            with TemporaryDirectory(prefix="voicecoach-soak-") as folder:
                rows, samples = part(options, Path(folder))
            for row in rows:
                print(shown(row), flush=True)
            kept[name] = _kept(rows, samples)
            write_whole(options.results, (json.dumps(kept, indent=1) + "\n").encode(), SHARED)


def _kept(rows: Sequence[Row], samples: Sequence[Footprint]) -> dict[str, object]:
    return {"rows": rows, "samples": [asdict(sample) for sample in samples]}


if __name__ == "__main__":
    main()
