"""One real session of about an hour, through a sound server that dies now and then.

Half of it are the sets. What is left after the questions goes to warm-up, cool-down and rests.
"""

import argparse
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.latency.evening import REPLIES, TEMPO
from benchmarks.latency.outages import SCREENING_S, Found, Lines, cycle
from benchmarks.latency.sounding import Event
from benchmarks.latency.table import Row
from benchmarks.soak.footprint import Footprint, footprint, slopes
from tests.live_session import Person, Reply, acquainted, kept_events, living, quiet_room
from tests.sound_server import SoundServer, running_sound_server
from voicecoach.app import Parts
from voicecoach.house import House, open_house
from voicecoach.voice.script import Script

SETS = 5
REP_S = 12
"""Of TEMPO."""
QUESTIONS_MINUTES = 6
"""For the safety questions, the check-ins, the way up, and the outages."""
LEAST_MINUTES, MOST_MINUTES = 30, 60
"""Shorter, it is over before it has settled; longer, a set has more repetitions than it may have."""
PERSON_VOICE = "en-us+m3"
SAMPLE_S = 15.0
LIFTS_A_STRETCH = 25
"""Some five minutes of a set; then the sound server dies."""
PATIENCE_S = 1200.0
"""Longer than a warm-up or a cool-down."""
STRETCH_MINUTES = 20


def hour(options: argparse.Namespace, folder: Path) -> tuple[list[Row], list[Footprint]]:
    """Lives through it, and says what was measured."""
    home = acquainted(folder / "home", screened=True)
    samples: list[Footprint] = []
    found = Found()
    with running_sound_server() as server, Parts(House(home, open_house(home).settings)) as parts:
        person = Person(
            server,
            folder,
            {**REPLIES, **_steps(parts.script)},
            lambda text: parts.shelf.pcm(text).duration_s,
            parts.shelf_of(PERSON_VOICE).pcm,
        )
        with living(server, home, _plan(options.minutes)) as session, _sampled(session.pid, samples):
            lines = Lines(session, person)
            try:
                _lived(server, folder, lines, found, _reps(options.minutes))
            except TimeoutError as error:
                found.wrong.append(str(error))
                session.terminate()
            lines.finish()
        person.finish()
    return [*slopes("hour", samples), *_rows(found, lines.taken, kept_events(home), session)], samples


def _plan(minutes: int) -> tuple[str, ...]:
    """The values of --set for about so many minutes."""
    idle_s = (minutes / 2 - QUESTIONS_MINUTES) * 60
    slow = (f"warm_up_s={idle_s * 0.35:.0f}", f"cool_down_s={idle_s * 0.35:.0f}", f"rest_s={idle_s * 0.3 / (SETS - 1):.0f}")
    return (f"sets={SETS}", f"reps={_reps(minutes)}", *TEMPO, *slow)


def _reps(minutes: int) -> int:
    return round(minutes * 60 / 2 / SETS / REP_S)


def _steps(script: Script) -> dict[str, Reply]:
    """A yes to each step of getting up, however it is said."""
    steps = [line for line in script.ids() if line.startswith("up.step_")]
    return {text: Reply("yes") for line in steps for text in script.entry(line).said()}


def _lived(server: SoundServer, folder: Path, lines: Lines, found: Found, reps: int) -> None:
    """All of it, in stretches between which the sound server dies."""
    lifts = SETS * reps
    while lifts:
        stretch = min(lifts, LIFTS_A_STRETCH)
        with quiet_room(server, folder, STRETCH_MINUTES):
            for _ in range(stretch):
                lines.until(": lift", PATIENCE_S + SCREENING_S)
        lifts -= stretch
        if lifts:
            cycle(server, lines, found)
            lifts -= 1
    with quiet_room(server, folder, STRETCH_MINUTES):
        lines.until("FINISHED", PATIENCE_S)


@contextmanager
def _sampled(pid: int, samples: list[Footprint]) -> Iterator[None]:
    """Its footprint, every SAMPLE_S, while the block lasts."""
    over, began_s = threading.Event(), time.monotonic()

    def sample() -> None:
        while not over.wait(SAMPLE_S):
            try:
                samples.append(footprint(pid, (time.monotonic() - began_s) / 3600))
            except OSError:
                return  # it has ended and was waited for
            if not samples[-1].resident_mb:
                samples.pop()
                return  # it has ended

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _rows(found: Found, taken: Sequence[tuple[float, str]], events: Sequence[Event], session: "subprocess.Popen[str]") -> list[Row]:
    gaps = [event for event in events if event["event"] == "sound_gap"]
    lost = {name: value for name, value in (gaps[-1] if gaps else {}).items() if name not in ("at_s", "event")}
    faults, recovered = (Counter(event["what"] for event in events if event["event"] == kind) for kind in ("fault", "recovered"))
    wrong = "".join(f"; {what}" for what in found.wrong)
    return [
        (
            "hour: its end",
            "",
            f"{events[-1].get('outcome', 'none')} after {events[-1]['at_s'] / 60:.1f} min, code {session.returncode}{wrong}",
        ),
        ("hour: sound server killed, gone on with on a word", "all", f"{found.resumed} of {len(found.noticed_s)}"),
        ("hour: faults and recoveries in the log", "", f"{dict(faults)}, {dict(recovered)}; blocks lost: {lost or 'none'}"),
        ("hour: audio clock against the wall's, at the lifts", "", _drift(taken, events)),
    ]


def _drift(taken: Sequence[tuple[float, str]], events: Sequence[Event]) -> str:
    """By when the lines of the lifts came, against when the log says that they were."""
    came_s = [at_s for at_s, line in taken if ": lift" in line]
    were_s = [event["at_s"] for event in events if event["event"] == "rep" and event["moment"] == "lift"]
    both = min(len(came_s), len(were_s))
    if both < 2:
        return "no lifts"
    came, were = np.array(came_s[:both]), np.array(were_s[:both])
    away_s = (were - were[0]) - (came - came[0])
    last_ms, least_ms, most_ms = (round(value * 1000) for value in (away_s[-1], away_s.min(), away_s.max()))
    return f"{last_ms:+d} ms in {(came[-1] - came[0]) / 60:.1f} min, {least_ms:+d} to {most_ms:+d} ms (n={both})"
