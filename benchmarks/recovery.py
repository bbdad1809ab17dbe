"""How soon after its start the program offers to go on with a session that was cut off, live, without a sound device.

Lives through one session as far as its second lift and kills it; the journal then has SESSIONS like it, and one more that was cut off.
Then starts the program RUNS times with `--microphone FILE --speaker FILE.wav` and measures from the start of its process to the line of the
offer in its transcript; each time it is killed again in the offer. The first start finds no sentence of the offer rendered.

    python -m benchmarks.recovery [--sessions N] [--runs N]
"""

import argparse
import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile

from benchmarks.command_line import ROOT
from benchmarks.latency.processes import cost
from tests.live_session import acquainted, sentence
from tests.typed_session import typing, until
from voicecoach.house import open_house
from voicecoach.messages.sound import EARS_RATE_HZ
from voicecoach.notes import open_journal

REPLIES = {"Has anything changed": "no", "How is your pain": "one", "Tell me when you are lying": "ready"}
OFFER = "I am back."
BOUND_S = 5.0
AS_LONG = 8
"""A whole session logs some eight times as much as one that was cut off in its second lift: 600 events."""
QUIET_S = 30


def main() -> None:
    """Prints a line a start. Exit code 1 where one took longer than BOUND_S."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recovery", description=__doc__)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        home = acquainted(Path(folder), screened=True)
        with typing(home) as session:
            until(session, "2 of 2: hold", REPLIES)
        multiply(home, options.sessions)
        megabytes = open_house(home).journal.stat().st_size / 2**20
        hiss = np.random.default_rng(0).standard_normal(QUIET_S * EARS_RATE_HZ).astype(np.float32) * np.float32(1e-3)
        soundfile.write(home / "quiet.wav", hiss, EARS_RATE_HZ)
        took_s = [offered_after_s(home) for _ in range(options.runs)]
    print(f"{options.sessions} sessions before it, a journal of {megabytes:.0f} MB; load average {os.getloadavg()[0]:.1f}")
    for n, (one_s, cpu_s) in enumerate(took_s, 1):
        print(f"start {n}: the offer began after {one_s:.2f} s, {cpu_s:.2f} s of CPU")
    slowest_s = max(one_s for one_s, _ in took_s)
    print(f"the slowest of {options.runs}: {slowest_s:.2f} s (bar: {BOUND_S:g} s)")
    sys.exit(slowest_s > BOUND_S)


def multiply(home: Path, sessions: int) -> None:
    """Ends the last session, and puts so many like it behind it, two days apart, and one more that nobody ended."""
    house = open_house(home)
    journal = open_journal(house)
    last = journal.sessions()[-1]
    events = journal.events(last.id)
    journal.close()
    with sqlite3.connect(house.journal) as connection:
        connection.execute("INSERT INTO endings (session, outcome) VALUES (?, 'finished')", (last.id,))
        began = dt.datetime.fromisoformat(last.started_at)
        for n in reversed(range(sessions + 1)):
            at = (began - dt.timedelta(days=2 * n)).isoformat()
            number = connection.execute("INSERT INTO sessions (started_at, versions) VALUES (?, '{}')", (at,)).lastrowid
            happened = events * (AS_LONG if n else 1)
            rows = [(number, event["at_s"], event["event"], json.dumps(event)) for event in happened]
            connection.executemany("INSERT INTO events (session, at_s, event, fields) VALUES (?, ?, ?, ?)", rows)
            if n:
                connection.execute("INSERT INTO endings (session, outcome) VALUES (?, 'finished')", (number,))
    connection.close()


def offered_after_s(home: Path) -> tuple[float, float]:
    """From the start of the process until the first line of the offer, and the CPU that it and its children took; then it is killed."""
    sound = ("--microphone", str(home / "quiet.wav"), "--speaker", str(home / "said.wav"))
    command = [sys.executable, "-m", "voicecoach", "coach", "--home", str(home), *sound]
    began_s = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as session:
        assert session.stdout
        said = next((text for line in session.stdout if (text := sentence(line))), "")
        took_s = time.monotonic() - began_s
        cpu_s = cost(session.pid).cpu_s
        session.kill()
    if not said.startswith(OFFER):
        sys.exit(f"It began with “{said}” instead.")
    return took_s, cpu_s


if __name__ == "__main__":
    main()
