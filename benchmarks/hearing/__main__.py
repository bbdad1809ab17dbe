"""Miss rates, wrong commands, false alarms, delays and cost of the ears on real speech, beside plain Vosk in the same run.

DATA has command_words/WORD/*, digits/WORD/*, other_words/WORD/*, talk/KIND/**, noise/* and rooms/*, recordings of any rate, and
index.csv with file and speaker. Phrases that nobody has recorded are said by espeak-ng, flite and hibari. Each speaker is judged with a
word model that hasn't heard him (benchmarks/words), though it has heard the same noises and rooms. Delays are stream time from the word's
end, by energy; cost is process time on this machine. The whole takes about three hours on two cores, --every 20 some minutes.
Writes results.json, trade_off.svg and acceptance.svg into --out.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.command_line import ROOT, add_model, add_work, parser_of, read
from benchmarks.hearing import pictures
from benchmarks.hearing.figures import other_figures, talk_figures, word_figures
from benchmarks.hearing.measuring import cost, done, start
from benchmarks.hearing.table import table
from benchmarks.hearing.tasks import curve, tasks
from voicecoach.durable import SHARED, write_whole
from voicecoach.progress import counted
from voicecoach.understanding.phrasebook import Phrasebook


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = parser_of("hearing", __doc__)
    parser.add_argument("--every", type=int, default=1, help="every so-manyth recording: 20 is the short form")
    parser.add_argument("--only", default="", help="lines of the table that this regular expression is found in")
    parser.add_argument("--out", type=Path, default=ROOT / "hearing")
    add_model(parser)
    add_work(parser)
    return read(parser, ("command_words", "index.csv"))


def main() -> None:
    """Measures both engines, prints the table beside the bars, and writes the files."""
    options = parsed()
    phrasebook = Phrasebook.load(options.prompts)
    every = options.every
    todo = [task for name in ("ears", "plain vosk") for task in tasks(options.data, options.scratch, phrasebook, name, every)]
    todo = [task for task in [*todo, *curve(options.data, every)] if re.search(options.only, task.line)]
    results: dict[str, dict[str, Any]] = {}
    for name in ("ears", "plain vosk"):
        with ProcessPoolExecutor(1, get_context("spawn"), start, (options.data, options.model, options.prompts)) as alone:
            results[line_name(name, "cost")] = alone.submit(cost, name).result()
    parts: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    with ProcessPoolExecutor(options.processes, get_context("spawn"), start, (options.data, options.model, options.prompts)) as pool:
        for task, found in counted(pool.map(done, todo), len(todo), "pieces"):
            parts[task.engine, task.kind, task.line] += found
    add_up: dict[str, Callable[[list[Any]], dict[str, object]]] = {"word": word_figures, "other": other_figures, "talk": talk_figures}
    for (name, kind, line), found in parts.items():
        results[line_name(name, line)] = add_up[kind](found)
    options.out.mkdir(parents=True, exist_ok=True)
    write_whole(options.out / "results.json", json.dumps(results, indent=1).encode(), SHARED)
    print(table(results))
    if not options.only:
        pictures.trade_off(results, options.out / "trade_off.svg")
        pictures.acceptance(results, options.out / "acceptance.svg")
    print(f"All figures and the plots are in {options.out}.")


def line_name(name: str, line: str) -> str:
    """A line's name in the results: the baseline's begin with its name."""
    return line if name == "ears" else f"{name}: {line}"


if __name__ == "__main__":
    main()
