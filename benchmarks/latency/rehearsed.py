"""In stream time: whole rehearsals as whole processes, measured in the speaker's track and the log."""

import json
import subprocess
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from benchmarks.latency.interruptions import AFTER_S, SER_DB, Interruption, Outcome, answer_to, cut_before
from benchmarks.latency.sounding import Event, Rendered, fade, first_sound, last_sound, onsets, samples_of
from benchmarks.latency.table import Row, percentiles
from tests.recorded import tracks
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "voicecoach" / "rehearsal" / "demo.toml"
MOVING = ("warm_up", "set", "hold")
CUES = ("set.*", "countdown", "lead_in", "warm_up.*", "breath.*", "rest.warning")
"""What is said because of the grid; not an answer to a word said while the legs move."""
SCENARIO = """
[plan]
sets = 1
reps = 2
warm_up_s = 0
[room]
echo_db = {echo_db}
echo_delay_ms = 60
impulse_response = {response}
[person]
answers = "healthy"
voice = "en-us"
[[say]]
on = {{ event = "line_started", line = "{line}" }}
wav = {wav}
after_s = {after_s}
"""


def rehearse(scenario: Path, out: Path, home: Path) -> tuple[list[Event], Samples]:
    """Lives through a scenario; its events, and what the speaker played."""
    command = [sys.executable, "-m", "voicecoach", "rehearse", str(scenario), "--out", str(out), "--home", str(home)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stderr[-400:]}")
    return [json.loads(text) for text in (out / "events.jsonl").read_text().splitlines()], tracks(out / "speaker.wav")[0]


def interrupted(one: Interruption, response: Path, folder: Path, home: Path, rendered: Rendered) -> Outcome:
    """One safety word, in a room, over the coach's echo."""
    scenario = folder / "scenario.toml"
    places = {"response": json.dumps(str(response.resolve())), "wav": json.dumps(str(one.wav.resolve()))}
    scenario.write_text(SCENARIO.format(echo_db=-SER_DB, line=one.line, after_s=AFTER_S, **places))
    events, track = rehearse(scenario, folder / "out", home)
    spoke = next((event for event in events if event["event"] == "user_spoke" and "wav" in event), None)
    if spoke is None:
        return Outcome(one, None)
    answer = answer_to(events, spoke["from_s"])
    if answer is None:
        return Outcome(one, None)
    begin = samples_of(spoke["from_s"])
    silent = last_sound(track, begin, samples_of(answer["at_s"]))
    cut = cut_before(events, answer, spoke["from_s"])
    if cut is None:
        return Outcome(one, silent / VOICE_RATE_HZ - spoke["to_s"], talking=False)
    started = [event for event in events if event["event"] == "line_started" and event["at_s"] < cut["at_s"]][-1]
    ended = samples_of(cut["at_s"])
    faded = fade(track, samples_of(started["at_s"]), ended, rendered(started["text"]))
    return Outcome(one, silent / VOICE_RATE_HZ - spoke["to_s"], leaked=silent > ended, fade=faded)


def demos(voices: Sequence[str], folder: Path, home: Path, rendered: Rendered) -> list[Row]:
    """The demo's evening with several persons: cues against the grid, and how long an answer takes."""
    cues: list[int] = []
    quiet: list[float] = []
    moving: list[float] = []
    for voice in voices:
        scenario = folder / "demo.toml"
        scenario.write_text(DEMO.read_text().replace('voice = "en-us"', f'voice = "{voice}"'))
        events, track = rehearse(scenario, folder / f"demo_{voice}", home)
        cues += [late for _, late in onsets(track, events, rendered)]
        for spoke in (event for event in events if event["event"] == "user_spoke"):
            answered_s, legs_move = answered(events, track, spoke)
            (moving if legs_move else quiet).append(answered_s)
    off = sum(late != 0 for late in cues)
    return [
        ("cue onset against its schedule, rehearsed", "0 samples", f"{max(map(abs, cues))} at most; {off} of {len(cues)} cues off"),
        ("answer, rehearsed: end of a command to first sound, p50 / p95", "1.2 s at p95", percentiles(quiet)),
        ("answer while the legs move, rehearsed: in a gap between cues, p50 / p95", "", percentiles(moving)),
    ]


def answered(events: Sequence[Event], track: Samples, spoke: Event) -> tuple[float, bool]:
    """Seconds from the end of what was said to the first sound of what answers it, NaN for none; and whether it had to wait for a gap."""
    phase = [event["to"] for event in events if event["event"] == "phase" and event["at_s"] <= spoke["from_s"]]
    after = [event for event in events if event["at_s"] >= spoke["from_s"]]
    heard = next((event for event in after if event["event"] == "heard"), None)
    if heard is None or heard["at_s"] > spoke["to_s"] + 2.0:
        return float("nan"), False
    at_once = any(event["event"] == "hushed" and event["at_s"] == heard["at_s"] for event in after)
    waits = bool(phase) and phase[-1] in MOVING and not at_once
    lines = [event for event in after if event["event"] == "line_started" and event["at_s"] >= heard["at_s"]]
    if waits:
        lines = [event for event in lines if not any(fnmatch(event["line"], cue) for cue in CUES)]
    if not lines:
        return float("nan"), waits
    return first_sound(track, samples_of(lines[0]["at_s"])) / VOICE_RATE_HZ - spoke["to_s"], waits
