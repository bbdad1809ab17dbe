"""A long live session: cues against the grid, answers, signs of nothing, cost."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

import numpy as np

from benchmarks.latency.live import LOUD, offset_in
from benchmarks.latency.processes import Cost, cost
from benchmarks.latency.sounding import Event, Rendered, first_sound, onsets
from benchmarks.latency.table import Row, percentiles
from tests.live_session import Person, Reply, kept_events, living, quiet_room, sentence
from tests.recorded import tracks
from tests.sound_server import SoundServer
from voicecoach.messages.sound import BLOCK_MS, VOICE_BLOCK, VOICE_RATE_HZ, Pcm, Samples

TEMPO = ("lift_s=3", "top_s=3", "lower_s=4", "settle_s=2")
"""A repetition of 12 s: five sets of as many as there are minutes take so many minutes."""
MOST_MINUTES = 30
"""Repetitions in a set, at most."""
REPLIES = {
    "Can you": Reply("yes"),
    "You said": Reply("yes"),
    "How is your pain": Reply("one"),
    "Your pain now": Reply("one"),
    "How many more": Reply("three"),
    "Tell me when you are lying": Reply("ready"),
    "Say ready": Reply("ready"),
    "We are paused": Reply("resume"),
    "It works again. We are paused": Reply("resume"),
}
PAUSE_BLOCKS = 400 // BLOCK_MS
"""So much silence ends what somebody said."""


def plan(minutes: int) -> tuple[str, ...]:
    """The values of --set for so many minutes of work."""
    return ("sets=5", f"reps={minutes}", *TEMPO, "warm_up_s=0", "cool_down_s=0", "rest_s=5")


def evening(server: SoundServer, minutes: int, folder: Path, rendered: Rendered, spoken: Callable[[str], Pcm]) -> list[Row]:
    """Lives through it, and says what was measured."""
    wav, home = folder / "evening.wav", folder / "home"
    person = Person(server, folder, REPLIES, lambda text: len(rendered(text)) / VOICE_RATE_HZ, spoken)
    marks: list[tuple[float, Cost]] = []
    with quiet_room(server, folder, minutes + 5), server.recording_both(wav), living(server, home, plan(minutes)) as session:
        for line in session.stdout or ():
            person.hears(sentence(line))
            if "  rep " in line:
                marks.append((monotonic(), cost(session.pid)))
    person.finish()
    events, (coach, said) = kept_events(home), tracks(wav)
    resident_mb = max((mark.resident_mb for _, mark in marks), default=float("nan"))
    return [
        ("live session's end", "", f"{events[-1]['outcome']} after {events[-1]['at_s'] / 60:.1f} min"),
        *_cues(onsets(coach, events, rendered, offset_in(coach, events, rendered))),
        ("answer, live: end of a command to first sound, p50 / p95", "1.2 s at p95", percentiles(_answers(coach, said))),
        ("signs of a command in the sets, live, the person silent", "0", _signs(events)),
        ("CPU of the session with its processes, live", "25% of a core", f"{_share(marks):.1%}"),
        ("memory resident in all of them, live", "350 MB", f"{resident_mb:.0f} MB"),
    ]


def _cues(found: Sequence[tuple[float, int]]) -> list[Row]:
    if not found:
        return [("cue onset against its schedule, live, p99", "10 ms", "no cue was found")]
    late_ms = np.array([late for _, late in found]) / VOICE_RATE_HZ * 1000
    at_s = np.array([at_s for at_s, _ in found])
    away_ms = np.abs(late_ms - np.median(late_ms))
    steps = int((np.abs(np.diff(late_ms)) > 1).sum())
    drift_ms = float(np.median(late_ms[-10:]) - np.median(late_ms[:10]))
    span_min = (at_s[-1] - at_s[0]) / 60
    return [
        ("cue onset against its schedule, live, p99", "10 ms", f"{np.percentile(away_ms, 99):.1f} ms (n={len(found)})"),
        ("from one cue to the next, live, p99", "10 ms", f"{np.percentile(np.abs(np.diff(late_ms)), 99):.1f} ms; {steps} steps above 1 ms"),
        ("drift of the cues, live", "0", f"{drift_ms:+.1f} ms in {span_min:.1f} min"),
    ]


def _answers(coach: Samples, said: Samples) -> list[float]:
    """Seconds from the end of each thing said, while the coach was silent, to the coach's next sound."""
    whole = len(said) // VOICE_BLOCK * VOICE_BLOCK
    loud = np.flatnonzero(np.abs(said[:whole]).reshape(-1, VOICE_BLOCK).max(axis=1) > LOUD)
    ends = [int(block + 1) * VOICE_BLOCK for block, gap in zip(loud, np.diff(loud, append=len(said)), strict=True) if gap > PAUSE_BLOCKS]
    silent = [end for end in ends if not (np.abs(coach[end - VOICE_BLOCK : end]) > LOUD).any()]
    return [(first_sound(coach, end) - end) / VOICE_RATE_HZ for end in silent]


def _signs(events: Sequence[Event]) -> str:
    """What was suspected or confirmed while the legs moved: nobody said anything then."""
    phase, found = "", []
    for event in events:
        phase = event["to"] if event["event"] == "phase" else phase
        if phase in ("set", "hold") and event["event"] in ("suspected", "heard"):
            found.append(f"{event['event']} {event['phrase']}")
    return f"{len(found)}" + "".join(f"; {sign}" for sign in found)


def _share(marks: Sequence[tuple[float, Cost]]) -> float:
    if not marks:
        return float("nan")
    (began_s, first), (ended_s, last) = marks[0], marks[-1]
    return (last.cpu_s - first.cpu_s) / (ended_s - began_s)
