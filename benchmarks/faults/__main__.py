"""Breaks every part on purpose, with the real ears and the real voice, in virtual time.

Each kind of fault in several phases, and while a safety word is hushed for. A table on stdout: from the breakage to the log's word of it,
to the hush, to the first word about it, and the outcome; below each evening what should not have been. Somebody answers, says "continue"
whenever it is offered, and "stop" in the third lift. Some 20 minutes on one core; `--only` does a part of it.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from benchmarks.command_line import ROOT
from benchmarks.evenings.claims import Event, broken_claims
from tests.faults.expected import BY_KIND, DOUBTS, EXPECTED, PLUG
from tests.faults.mat import moved, moved_without_a_word
from voicecoach.messages.memory import OUTCOMES

SCENARIO = """
[plan]
sets = 2
reps = 2
rest_s = 30
warm_up_s = 0
cool_down_s = 20
[history]
sessions = 4
every_days = 2
last_days_ago = 2
[room]
echo_db = -6
echo_delay_ms = 60
[person]
answers = "healthy"
voice = "en-us"
[[say]]
on = {{ event = "line_ended", line = "fault.[rsi]*", cut_short = "false" }}
every = true
text = "continue"
[[say]]
on = {{ event = "rep", moment = "lift" }}
nth = 3
text = "stop"
{word}
[[fault]]
what = "{kind}"
on = {trigger}
after_s = {after_s}
{lasts}
"""
PAIN = """
[[say]]
on = { event = "rep", moment = "lift", set = 1 }
text = "pain"
"""
MOMENTS = {
    "screen": ('{ event = "question", id = "screen.*" }', 0.5, ""),
    "hold": ('{ event = "phase", to = "hold" }', 0.5, ""),
    "rest": ('{ event = "phase", to = "rest" }', 2.0, ""),
    "suspected": ('{ event = "suspected", intent = "pain" }', 0.05, PAIN),
    "hushed": ('{ event = "hushed", why = "pain" }', 0.02, PAIN),
}
"""When it breaks: a trigger, how long after, and what the person says before."""
EVERYWHERE = ("hold", "suspected")
THE_SAME_ANYWHERE = ("disk_full", "clock_jump", "killed", "sound_lost")
"""What no phase makes a difference to: only in those two."""
LASTS_S = {"microphone_faint": 40.0, "speaker_off": 60.0, "voice_lost": 90.0}
"""What takes long to be noticed lasts longer than the others' 5 s."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one evening: seconds from the breakage, None for never."""

    noticed_s: float | None
    hushed_s: float | None
    said_s: float | None
    outcome: str
    wrong: tuple[str, ...]


def scenario(kind: str, moment: str) -> str:
    """The evening in which `kind` breaks at `moment`."""
    trigger, after_s, word = MOMENTS[moment]
    return SCENARIO.format(kind=kind, trigger=trigger, after_s=after_s, word=word, lasts=f"for_s = {LASTS_S.get(kind, 5.0)}")


def lived(kind: str, moment: str, out: Path) -> Found:
    """Goes through it."""
    with TemporaryDirectory() as home:
        toml = Path(home) / "scenario.toml"
        toml.write_text(scenario(kind, moment), encoding="utf-8")
        command = [sys.executable, "-m", "voicecoach", "rehearse", str(toml), "--out", str(out), "--home", home]
        ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    for sound in ("speaker.wav", "microphone.wav"):
        (out / sound).unlink(missing_ok=True)
    if not (out / "events.jsonl").exists():
        return Found(None, None, None, "none", (ran.stderr.strip(),))
    log = [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    return found(kind, moment, log)


def found(kind: str, moment: str, log: Sequence[Event]) -> Found:
    """Reads it off the log."""
    trigger, after_s, _ = MOMENTS[moment]
    pattern = dict(re.findall(r'(\w+) = "([^"]*?)\*?"', trigger))
    fired = next((event for event in log if all(str(event.get(key, "")).startswith(text) for key, text in pattern.items())), None)
    if fired is None:
        return Found(None, None, None, str(log[-1].get("outcome", "interrupted")), (f"nothing set it off: {trigger}",))
    from_s = at_s(fired) + after_s
    told = next((n for n, event in enumerate(log) if event["event"] == "fault" and event["what"] == BY_KIND[kind].part), None)
    after = [] if told is None else log[told:]
    hushed = next((event for event in after if event["event"] == "hushed"), None)
    said = next((event for event in after if event["event"] == "line_started" and event["line"] == BY_KIND[kind].says), None)
    noticed_s, hushed_s, said_s = (None if event is None else at_s(event) - from_s for event in (after[0] if after else None, hushed, said))
    return Found(noticed_s, hushed_s, said_s, str(log[-1].get("outcome", "interrupted")), tuple(_wrong(kind, moment, log, noticed_s)))


def _wrong(kind: str, moment: str, log: Sequence[Event], noticed_s: float | None) -> Iterator[str]:
    expected = BY_KIND[kind]
    yield from broken_claims(log, OUTCOMES) if kind != "killed" else ()
    yield from (f"moved without a word: {event}" for event in moved_without_a_word(log)[:1])
    late_s = expected.within_s + (LASTS_S.get(kind, 5.0) if kind == "held_up" else 0.0)
    if noticed_s is not None and noticed_s > late_s:
        yield f"noticed only after {noticed_s:.1f} s"
    stopped = any(event["event"] == "heard" and event["intent"] == "pain" for event in log)
    if MOMENTS[moment][2] and stopped and log[-1].get("outcome", "interrupted") not in ("pain", "emergency", "interrupted"):
        yield f"the word was heard, and the outcome is {log[-1].get('outcome')}"
    told = next((n for n, event in enumerate(log) if event["event"] == "fault"), len(log))
    pauses = expected.waits_for == PLUG or (kind in DOUBTS and moment != "screen")
    if pauses and not stopped and told < len(log) and not any(event["event"] == "phase" for event in log[told:]):
        yield "nothing paused for it"
    if kind == "voice_lost" and any(moved(event) for event in log[told + 1 :]):
        yield "moved after the voice had failed"


def at_s(event: Event) -> float:
    """When it happened."""
    return float(str(event["at_s"]))


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help='a regular expression for what is lived through, such as "speaker_lost in hold"')
    parser.add_argument("--out", type=Path, default=Path(gettempdir()) / "voicecoach-faults", help="where transcripts and logs stay")
    parser.add_argument("--processes", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """All of them. Exit code 1 when something went wrong."""
    options = parsed()
    cells = [(one.kind, moment) for moment, one in product(MOMENTS, EXPECTED) if moment in EVERYWHERE or one.kind not in THE_SAME_ANYWHERE]
    cells = [(kind, moment) for kind, moment in cells if re.search(options.only, f"{kind} in {moment}")]
    print("| kind | breaks in | noticed, hushed, said after (s) | outcome |")
    print("| --- | --- | --- | --- |")
    fine = True
    with ThreadPoolExecutor(options.processes) as pool:
        jobs = [(kind, moment, pool.submit(lived, kind, moment, options.out / f"{kind}_{moment}")) for kind, moment in cells]
        for kind, moment, job in jobs:
            result = job.result()
            moments = ", ".join("-" if one is None else f"{one:.2f}" for one in (result.noticed_s, result.hushed_s, result.said_s))
            print(f"| {kind} | {moment} | {moments} | {result.outcome} |", flush=True)
            for wrong in result.wrong:
                print(f"    WRONG: {wrong}", flush=True)
            fine = fine and not result.wrong
    print(f"{len(cells)} evenings; transcripts are in {options.out}.")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
