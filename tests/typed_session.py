"""The real program, live, with the keyboard for ears and a file for a loudspeaker: no sound device. For tests and benchmarks."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.live_session import ROOT, sentence

HEARD_S = 1.5
"""Into a question; what comes sooner still belongs to the one before."""
QUICK = ("sets=1", "reps=2", "warm_up_s=0", "cool_down_s=0")


@contextmanager
def typing(home: Path, program: Sequence[str] = ("-m", "voicecoach"), **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """A quick session in `home`: its stdin is the keyboard, its stdout what it prints. Killed at the end, if it hasn't ended."""
    env = {**os.environ, **environment}
    settings = [word for value in QUICK for word in ("--set", value)]
    command = [sys.executable, *program, "coach", "--keyboard", "--speaker", str(home / "said.wav"), "--home", str(home), *settings]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True, bufsize=1) as session:
        try:
            yield session
        finally:
            session.kill()
            with suppress(BrokenPipeError):
                session.stdin.close()  # type: ignore[union-attr]


def until(session: "subprocess.Popen[str]", part: str, replies: Mapping[str, str]) -> list[str]:
    """Reads what is printed up to a line with `part` in it, or to the end; into sentences that begin as in `replies` that is typed."""
    printed: list[str] = []
    assert session.stdout
    for line in session.stdout:
        printed.append(line.rstrip())
        if part in line:
            break
        for beginning, reply in replies.items():
            if sentence(line).startswith(beginning):
                threading.Timer(HEARD_S, say, (session, reply)).start()
    return printed


def say(session: "subprocess.Popen[str]", words: str) -> None:
    """Types a line."""
    assert session.stdin
    with suppress(OSError, ValueError):  # it may have ended meanwhile
        session.stdin.write(f"{words}\n")
        session.stdin.flush()
