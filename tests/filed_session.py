"""The real program, live, with files in the place of both devices: needs no sound server, and takes its own time."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from voicecoach.messages.sound import EARS_RATE_HZ

ROOT = Path(__file__).resolve().parents[1]
HISS = 0.001
OVER = "session   ends"


def lived(home: Path, until: str, *words: str, before: Sequence[str] = (), files: bool = True) -> tuple[int, str]:
    """A session in a room that hisses, ended by SIGTERM as soon as it has printed `until`. Its exit code, and all that it printed.

    `before`: what it runs under, as strace with its arguments. Without `files` it has the devices that are there.
    """
    room = home.with_suffix(".room.wav")
    soundfile.write(room, np.random.default_rng(0).standard_normal(EARS_RATE_HZ * 60) * HISS, EARS_RATE_HZ)
    program = [*before, sys.executable, "-m", "voicecoach", "coach", "--home", str(home), *words]
    devices = ["--microphone", str(room), "--speaker", str(home.with_suffix(".said.wav"))] if files else []
    printed = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*program, *devices], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True
    ) as session:
        assert session.stdout
        for line in session.stdout:
            printed.append(line)
            if until in line:
                session.terminate()
            if OVER in line:
                break  # a tracer holds the pipe until the last render has ended that nobody waits for any more
    return session.returncode, "".join(printed)
