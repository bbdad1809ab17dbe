"""The sound server dies in a set and comes back, again and again: noticed, said, paused, gone on with on a word."""

import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.latency.evening import REPLIES, plan
from benchmarks.latency.sounding import Event, Rendered
from benchmarks.latency.table import Row
from tests.live_session import Person, kept_events, living, sentence
from tests.sound_server import SoundServer
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm

PATIENCE_S = 60.0
"""For anything that has to happen in a cycle."""
SCREENING_S = 240.0
"""Until the first lift: the safety questions, some of them twice."""
IN_THE_SET_S = 1.5
"""After a repetition has begun: in the middle of a cue, or between two."""


@dataclass(slots=True)
class Found:
    """What happened in all cycles: seconds from the death to the log's word, and from the return to it; and what went wrong."""

    noticed_s: list[float] = field(default_factory=list)
    recovered_s: list[float] = field(default_factory=list)
    resumed: int = 0
    wrong: list[str] = field(default_factory=list)


class Lines:
    """What a session prints, with the moment it did."""

    def __init__(self, session: "subprocess.Popen[str]", person: Person) -> None:
        self._lines: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()
        self._person = person
        self._session = session
        self.taken: list[tuple[float, str]] = []
        """Those that the person has heard."""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._session.stdout or ():
            self._lines.put((time.monotonic(), line))
        self._lines.put((time.monotonic(), ""))  # as a file ends

    def finish(self) -> None:
        """Take the session's last lines."""
        self._reader.join(PATIENCE_S)

    def until(self, part: str, patience_s: float = PATIENCE_S) -> float:
        """When a line with `part` came; the person hears all lines up to it. TimeoutError when it doesn't come."""
        until_s = time.monotonic() + patience_s
        while True:
            try:
                at_s, line = self._lines.get(timeout=max(until_s - time.monotonic(), 0.0))
            except queue.Empty:
                raise TimeoutError(f'no "{part.strip()}" in {patience_s:.0f} s') from None
            if not line:
                raise TimeoutError(f'no "{part.strip()}", it is over')
            self.taken.append((at_s, line))
            self._person.hears(sentence(line))
            if part in line:
                return at_s


def outages(server: SoundServer, cycles: int, folder: Path, rendered: Rendered, spoken: Callable[[str], Pcm]) -> list[Row]:
    """Goes through the cycles in one session."""
    replies = {beginning: reply for beginning, reply in REPLIES.items() if beginning != "We are paused"}
    person = Person(server, folder, replies, lambda text: len(rendered(text)) / VOICE_RATE_HZ, spoken)
    found = Found()
    home = folder / "home"
    with living(server, home, plan(30)) as session:
        lines = Lines(session, person)
        try:
            lines.until(": lift", SCREENING_S)
            for _ in range(cycles):
                cycle(server, lines, found)
        except TimeoutError as error:
            found.wrong.append(f"cycle {len(found.noticed_s)}: {error}")
        crashed = session.poll() is not None
        session.terminate()
        lines.finish()
    person.finish()
    events = kept_events(home)
    return _rows(found, events, cycles, crashed=crashed)


def cycle(server: SoundServer, lines: Lines, found: Found) -> None:
    """The server dies in a set, comes back, and the set goes on at the person's word."""
    threading.Event().wait(IN_THE_SET_S)
    died_s = time.monotonic()
    server.kill()
    found.noticed_s.append(lines.until("  FAULT ") - died_s)
    server.start()
    back_s = time.monotonic()
    lines.until("  recovered ")
    found.recovered_s.append(lines.until("It works again. We are paused.") - back_s)
    lines.until("resume")
    lines.until(": lift")
    found.resumed += 1


def _rows(found: Found, events: Sequence[Event], cycles: int, *, crashed: bool) -> list[Row]:
    faults = sum(event["event"] == "fault" for event in events)
    recovered = sum(event["event"] == "recovered" for event in events)
    reps = [(event["set"], event["n"]) for event in events if event["event"] == "rep" and event["moment"] == "lift"]
    skipped = sum(then not in (now, (now[0], now[1] + 1), (now[0] + 1, 1)) for now, then in pairwise(reps))
    whole = f"{faults} faults, {recovered} recovered, {skipped} repetitions lost, ended {events[-1].get('outcome', 'without an end')}"
    wrong = "".join(f"; {what}" for what in found.wrong) + ("; it crashed" if crashed else "")
    return [
        ("sound server killed: noticed within, at most", "2 s", _most(found.noticed_s)),
        ("back: said so within, at most", "", _most(found.recovered_s)),
        ("gone on with on a word", f"{cycles} of {cycles}", f"{found.resumed} of {cycles}{wrong}"),
        ("journal", "nothing lost", whole),
    ]


def _most(delays_s: Sequence[float]) -> str:
    return f"{max(delays_s):.2f} s (p50 {np.median(delays_s):.2f} s, n={len(delays_s)})" if delays_s else "never"
