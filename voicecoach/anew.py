"""The program started anew in its own place: the same command, the same process number, the same terminal.

Python's own files and pipes are closed by that, so the processes for the devices and for the voice end. The environment carries what would
be lost: when that happened before, and a safety word that was heard and not obeyed yet.
"""

import os
import sys
import time
from collections.abc import Mapping, Sequence

from voicecoach.errors import Broken
from voicecoach.messages.intents import URGENT
from voicecoach.understanding.meaning import GRAVE, Meaning

MOST_RESTARTS = 3
WITHIN_S = 600.0
"""So often in ten minutes; what hangs again then will hang for ever."""
TIMES = "VOICECOACH_BEGUN_ANEW"
WORD = "VOICECOACH_NOT_OBEYED"
GIVEN_UP = "The program hangs again and again, so it ends here. Start it again, and report it if that doesn't help."


def begin_anew(word: Meaning | None) -> None:
    """Never comes back. After too many of these it ends the program instead, with a sentence and an exit code."""
    now_s = time.monotonic()
    times_s = times(os.environ)
    if not restarts_left(times_s, now_s):
        os.write(2, f"{GIVEN_UP}\n".encode())
        os._exit(Broken.exit_code)
    os.environ[TIMES] = " ".join(map(str, (*times_s[-MOST_RESTARTS:], now_s)))  # rounded up, one would be yet to come
    os.environ[WORD] = _written(word) if word else ""
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the program itself, without any shell


def restarts_left(times_s: Sequence[float], now_s: float) -> bool:
    """Whether it may begin anew once more, after beginnings anew at `times_s`."""
    return sum(0 <= now_s - at_s <= WITHIN_S for at_s in times_s) < MOST_RESTARTS


def times(environment: Mapping[str, str]) -> list[float]:
    """When the program was started anew, on the machine's monotonic clock."""
    try:
        return [float(one) for one in environment.get(TIMES, "").split()]
    except ValueError:
        return []


def carried_over() -> Meaning | None:
    """The safety word that was heard before this beginning, given once."""
    word = os.environ.pop(WORD, "")
    return next((one for one in (*map(Meaning, URGENT), GRAVE) if _written(one) == word), None)


def _written(word: Meaning) -> str:
    return f"{word.intent} {word.topic}".strip()
