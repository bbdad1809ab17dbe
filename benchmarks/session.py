"""Start-up time, CPU, memory and stop delay of whole sessions, as whole processes, with the machine named.

Usage: python benchmarks/session.py [COMMAND]      COMMAND defaults to the `voicecoach` beside this Python.

Delays are stream time: from the end of the person's last word (by energy) to the hush in the log, and to the first sample after which
the coach's own track stays below -60 dBFS for 100 ms. Start-up and CPU are wall and process time on this machine, and no figures of a Pi.
"""

import json
import os
import platform
import resource
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

WORDS = ("stop", "pain", "it hurts", "help me")
VOICES = ("en-us", "en-gb-scotland", "en-gb-x-gbclan", "en-us+f3")
QUIET = 10 ** (-60 / 20)
SCENARIO = """
[plan]
sets = 1
reps = 2
warm_up_s = 0
[room]
echo_db = {echo_db}
echo_delay_ms = 60
[person]
answers = "healthy"
voice = "{voice}"
[[say]]
on = {{ event = "line_started", line = "{line}" }}
text = "{word}"
after_s = 0.4
"""


def machine() -> str:
    """What this is measured on."""
    names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"


def run(command: list[str]) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and the largest resident set in MB of one command."""
    before, start_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    _, errors = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{shlex.join(command)} failed: {errors.decode()[-400:]}")
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - start_s, cpu_s, after.ru_maxrss / 1024


def first_word_s(command: list[str], home: Path) -> float:
    """Wall seconds from the start of the process to the first line of a live session without a sound device."""
    start_s = time.monotonic()
    live = [*command, "coach", "--microphone", str(home / "quiet.wav"), "--speaker", str(home / "said.wav"), "--home", str(home)]
    process = subprocess.Popen(live, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    for line in process.stdout:
        if " coach " in line:
            break
    took_s = time.monotonic() - start_s
    process.terminate()
    process.wait(20)
    return took_s


def silence_after_s(folder: Path, from_s: float) -> float:
    """When the coach's track falls silent for 100 ms, at or after `from_s`."""
    sound, rate_hz = soundfile.read(folder / "speaker.wav", dtype="float32")
    for at in range(int(from_s * rate_hz), len(sound), rate_hz // 1000):
        if np.abs(sound[at : at + rate_hz // 10]).max(initial=0.0) < QUIET:
            return float(at / rate_hz)
    return float("nan")


def delays(command: list[str], folder: Path, home: Path, echo_db: int) -> list[tuple[str, float, float]]:
    """For each word and voice in the middle of a sentence: seconds from its end to the hush, and to silence; NaN when it was missed."""
    found = []
    for n, (word, voice) in enumerate((word, voice) for word in WORDS for voice in VOICES):
        line = ("position.legs", "set.only", "screen.spine", "greeting.words")[n % 4]
        scenario, out = folder / "scenario.toml", folder / f"{n}_{echo_db}"
        scenario.write_text(SCENARIO.format(voice=voice, word=word, line=line, echo_db=echo_db))
        run([*command, "rehearse", str(scenario), "--out", str(out), "--home", str(home)])
        events = [json.loads(text) for text in (out / "events.jsonl").read_text().splitlines()]
        spoke = next(event for event in events if event["event"] == "user_spoke" and event["text"] == word)
        hush = next((event["at_s"] for event in events if event["event"] == "hushed" and event["at_s"] >= spoke["from_s"]), float("nan"))
        missed = events[-1]["outcome"] not in ("stopped", "pain", "emergency")
        silent = float("nan") if missed else silence_after_s(out, max(hush, spoke["to_s"]))
        found.append((f"{word} ({voice}, {line})", float("nan") if missed else hush - spoke["to_s"], silent - spoke["to_s"]))
    return found


def main() -> None:
    """Measures and prints."""
    command = shlex.split(sys.argv[1]) if len(sys.argv) > 1 else [str(Path(sys.executable).with_name("voicecoach"))]
    print(f"machine: {machine()}; Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        home = folder / "home"
        home.mkdir()
        soundfile.write(home / "quiet.wav", np.random.default_rng(0).standard_normal(16_000 * 60).astype("float32") * 1e-3, 16_000)
        starts = [first_word_s(command, home) for _ in range(4)]
        print(f"start to first word: {starts[0]:.2f} s with an empty home, then {statistics.median(starts[1:]):.2f} s (median of 3)")
        wall_s, cpu_s, rss_mb = run([*command, "demo", "--out", str(folder / "demo"), "--home", str(home)])
        events = [json.loads(text) for text in (folder / "demo" / "events.jsonl").read_text().splitlines()]
        length_s = events[-1]["at_s"]
        print(f"demo: {length_s:.0f} s of session in {wall_s:.1f} s")
        print(f"    {cpu_s:.1f} s CPU = {cpu_s / length_s:.1%} of one core; {rss_mb:.0f} MB resident at most")
        for echo_db in (-6, 0, 10):
            report(delays(command, folder, home, echo_db), echo_db)


def report(measured: list[tuple[str, float, float]], echo_db: int) -> None:
    """Prints how many were obeyed, which were missed, and the delays of the others."""
    heard = np.array([(hush, silent) for _, hush, silent in measured if not np.isnan(hush)])
    print(f"safety words in mid-sentence, the coach at {echo_db:+d} dB against the person: {len(heard)} of {len(measured)} obeyed")
    for name, hush, _ in measured:
        if np.isnan(hush):
            print(f"    missed: {name}")
    for what, column in zip(("hush", "silence"), heard.T, strict=False):
        print(f"    word end to {what}: p50 {np.percentile(column, 50):+.2f} s, p95 {np.percentile(column, 95):+.2f} s")


main()
