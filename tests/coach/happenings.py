"""What a `!` in a session's script may be: something that happens to the coach and is no word said to it.

! fault microphone        a part fails;  ! recovered microphone
! unclear                 somebody spoke, and nobody knows what;  ! worrying: it may have been a safety word
! hard_to_hear faint      the voice that was understood: clipped, faint, noisy
! interrupted             Ctrl-C
! calibrated noise_dbfs=-60 peak_dbfs=-10 …     what the first words told;  last.noise_dbfs=…: and the last time
! meant intent=pain stage=confirmed             what was understood, without its words
! begins 17 set.lift      in an exact script: the line that the coach asked for with this number;  ! ends 17,  ! cut 17
"""

import re
import shlex
from typing import Any

from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Fault, HardToHear, Input, Interrupted, LineEnded, LineStarted, Recovered, Unclear
from voicecoach.messages.heard import Stage, Trouble
from voicecoach.messages.intents import Intent, Meant

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
UNSAID: dict[str, Any] = {"zero_share": 0.0, "clipped_share": 0.0, "peak_dbfs": -10.0, "noise_dbfs": -60.0}
ECHO = ("coach_dbfs", "echo_loss_db", "delay_ms", "drift_ppm")


def value_of(text: str) -> Any:
    """yes and no, a number, or the text."""
    if NUMBER.fullmatch(text):
        return int(text) if text.lstrip("-").isdigit() else float(text)
    return {"yes": True, "no": False}.get(text, text)


def values_in(words: str) -> dict[str, str]:
    """name=value, in any number; a value with blanks is quoted."""
    return {name: value for name, _, value in (word.partition("=") for word in shlex.split(words))}


def happening(words: str) -> Input | None:
    """The event; None where there is no such thing."""
    what, _, rest = words.partition(" ")
    match what:
        case "fault":
            return Fault(rest, "as the script says")
        case "recovered":
            return Recovered(rest)
        case "unclear" | "worrying":
            return Unclear("", worrying=what == "worrying")
        case "hard_to_hear":
            return HardToHear(Trouble(rest))
        case "interrupted":
            return Interrupted()
        case "calibrated":
            return _calibrated(values_in(rest))
        case "meant":
            return _meant(values_in(rest))
        case "begins":
            return LineStarted(int(rest.split()[0]))
        case "ends" | "cut":
            return LineEnded(int(rest.split()[0]), cut_short=what == "cut")
        case _:
            return None


def _meant(told: dict[str, str]) -> Meant:
    value = int(told["value"]) if "value" in told else None
    phrase = told.get("phrase", "")
    return Meant(Intent(told["intent"]), Stage(told["stage"]), phrase, told.get("text", phrase), value, told.get("topic", ""))


def _calibrated(told: dict[str, str]) -> Calibrated:
    before = {name.removeprefix("last."): value for name, value in told.items() if name.startswith("last.")}
    now = {name: value for name, value in told.items() if not name.startswith("last.")}
    return Calibrated(_figures(now), _figures(before) if before else None)


def _figures(told: dict[str, str]) -> Figures:
    return Figures(**{**UNSAID, **dict.fromkeys(ECHO), **{name: value_of(value) for name, value in told.items()}})
