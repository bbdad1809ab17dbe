"""Rehearses every evening of tests/evenings with the real ears and voice, in virtual time, and checks what has to be true of each.

Prints a line an evening: its outcome, how long it lasted, how often the coach spoke, and every claim that it breaks. Transcripts and event
logs stay in --out, for reading; the sound only with --sound. Each evening has a home of its own, so that none remembers another.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from benchmarks.command_line import ROOT
from benchmarks.evenings.claims import Event, broken_claims

EVENINGS = ROOT / "tests" / "evenings"
OUTCOME = re.compile(r"^# outcome: (.+)$", re.MULTILINE)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.evenings", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="evenings whose name this regular expression is found in")
    parser.add_argument(
        "--folder", type=Path, default=EVENINGS, help="where the evenings are, each a TOML file with a line # outcome: NAMES"
    )
    parser.add_argument("--out", type=Path, default=Path(gettempdir()) / "voicecoach-evenings")
    parser.add_argument("--sound", action="store_true", help="keep the sound too: some 5 MB a minute")
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def rehearsed(evening: Path, out: Path) -> str:
    """Lives through an evening; what the program complained of, if it did."""
    with TemporaryDirectory() as home:
        ran = subprocess.run(
            [sys.executable, "-m", "voicecoach", "rehearse", str(evening), "--out", str(out)],
            cwd=ROOT,
            env={**os.environ, "VOICECOACH_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    return ran.stderr.strip()


def report(evening: Path, out: Path, *, sound: bool) -> tuple[str, bool]:
    """What there is to say about an evening, and whether all claims are kept."""
    outcomes = OUTCOME.search(evening.read_text(encoding="utf-8"))
    complaint = rehearsed(evening, out)
    log: list[Event] = []
    if (out / "events.jsonl").exists():
        log = [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    if not sound:
        for name in ("speaker.wav", "microphone.wav"):
            (out / name).unlink(missing_ok=True)
    if not log or outcomes is None:
        return f"{evening.stem}: {complaint or 'it has no line # outcome: NAMES'}", False
    broken = broken_claims(log, outcomes[1].split()) + ([complaint] if complaint else [])
    minutes, seconds = divmod(round(float(str(log[-1]["at_s"]))), 60)
    spoke = sum(event["event"] == "line_started" for event in log)
    said = sum(event["event"] == "user_spoke" for event in log)
    head = f"{evening.stem}: {log[-1].get('outcome', '?')}, {minutes}:{seconds:02d}, {spoke} lines, {said} sayings"
    return "\n".join([head, *(f"    BROKEN: {claim}" for claim in broken)]), not broken


def main() -> None:
    """All of them. Exit code 1 where a claim is broken."""
    options = parsed()
    evenings = [path for path in sorted(options.folder.glob("*.toml")) if re.search(options.only, path.stem)]
    with ThreadPoolExecutor(options.processes) as pool:
        jobs = [pool.submit(report, evening, options.out / evening.stem, sound=options.sound) for evening in evenings]
        kept = True
        for job in jobs:
            text, fine = job.result()
            print(text, flush=True)
            kept = kept and fine
    print(f"Transcripts are in {options.out}.")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
