"""What the echo canceller and the guards behind it are worth, beside the baselines and the bars.

DATA has command_words/stop/*, rooms/* and index.csv; phrases that nobody has recorded are said by espeak-ng, flite and hibari. The coach
says its lines through its own mixer into a simulated room (80 ms of delay, impulse responses of DATA, a microphone's hiss) and falls silent
when it suspects something; the person speaks dry, in mid-sentence. SER: the person's level against the coach's echo in the microphone, as
it is until the coach lowers its voice. Of the front ends only the coach's own has the guards of own_voice.py behind the ears. Each speaker
is judged with a word model that hasn't heard him. Delays are stream time from the word's end, by energy, to the hush; the fade takes 20 ms
more. The whole takes some hours on two cores, --every 8 half an hour.
"""

import argparse
import json
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from benchmarks.command_line import ROOT, add_model, add_work, parser_of, read
from benchmarks.echo.front_ends import OURS, available
from benchmarks.echo.table import rows
from benchmarks.echo.tasks import done, start, tasks
from voicecoach.durable import SHARED, write_whole
from voicecoach.progress import counted


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = parser_of("echo", __doc__)
    parser.add_argument("--every", type=int, default=1, help="every so-manyth word and line: 8 is the short form")
    parser.add_argument("--only", default="", help="pieces whose kind, front end and place match this: own, words none, SER -10")
    parser.add_argument("--out", type=Path, default=ROOT / "echo", help="where results.json is written, with each word and its fate")
    parser.add_argument("--voice", default="en-us+f5", help="the coach's own; another one to see whether the ears bear it as well")
    add_model(parser)
    add_work(parser)
    return read(parser, ("command_words", "rooms", "index.csv"))


def main() -> None:
    """Measures, prints the table, and writes what it is made of."""
    options = parsed()
    todo = [task for task in tasks(available()) if re.search(options.only, f"{task.kind} {task.front_end}, {task.name}")]
    bench = (options.data, options.model, options.prompts, options.scratch, options.every, options.voice)
    with ProcessPoolExecutor(options.processes, get_context("spawn"), start, bench) as pool:
        found = list(counted(pool.map(done, todo), len(todo), "pieces"))
    options.out.mkdir(parents=True, exist_ok=True)
    write_whole(options.out / "results.json", json.dumps([asdict(one) for one in found], indent=1).encode(), SHARED)
    print(f"| what, {OURS} first | bar | figures |\n|---|---|---|")
    for row in rows(found):
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
