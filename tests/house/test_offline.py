"""No session uses a network: none is there, and none is asked for, by Python or by any library or program below it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.filed_session import ROOT, lived
from tests.sound_server import running_sound_server

UNPLUGGED = ("unshare", "--map-root-user", "--net")
WATCHED = (
    "strace",
    "-D",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-e",
    "trace=socket,socketpair,connect,bind,sendto,sendmsg,sendmmsg,io_uring_setup",
)
"""Every call by which a process, or a child of its children, can begin to talk. An io_uring could do it unseen, so it is seen itself."""
EVENING = """
[plan]
routine = "minimal"
sets = 1
reps = 2
warm_up_s = 0
cool_down_s = 0
[history]
name = "Anna"
sessions = 9
[room]
near_db = -26
[person]
answers = "healthy"
voice = "en-us"
after_s = 0.3
"""


def can(*command: str) -> str:
    """Why a program can't be run under `command` here, or ""."""
    if shutil.which(command[0]) is None:
        return f"{command[0]} is not installed"
    tried = subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, text=True, check=False)
    return (
        "" if tried.returncode == 0 else f"{command[0]} may not work here: {(tried.stderr.strip().splitlines() or ['it said nothing'])[-1]}"
    )


CANNOT_UNPLUG, CANNOT_WATCH = can(*UNPLUGGED), can(*WATCHED, "-o", os.devnull)
unplugs = pytest.mark.skipif(bool(CANNOT_UNPLUG), reason=CANNOT_UNPLUG)
watches = pytest.mark.skipif(bool(CANNOT_WATCH), reason=CANNOT_WATCH)


def strange_calls(trace: Path) -> list[str]:
    """What was asked for that is no socket file of this machine."""
    return [call for call in trace.read_text().splitlines() if re.search(r"\bAF_(?!UNIX\b)|io_uring_setup\(", call)]


@unplugs
def test_a_whole_session_is_lived_through_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "evening.toml").write_text(EVENING)
    command = (*UNPLUGGED, sys.executable, "-m", "voicecoach", "rehearse", str(tmp_path / "evening.toml"), "--home", str(tmp_path / "home"))
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.rstrip().endswith("ends: finished")


@unplugs
def test_a_live_session_is_begun_and_ended_without_a_network(tmp_path: Path) -> None:
    code, printed = lived(tmp_path / "home", "Say pain or stop", before=UNPLUGGED)
    assert code == 130, printed


@watches
def test_a_live_session_with_real_devices_asks_for_no_network(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    with running_sound_server():
        code, printed = lived(tmp_path / "home", "Say pain or stop", before=(*WATCHED, "-o", str(trace)), files=False)
    assert code == 130, printed
    assert "pipewire-0" in trace.read_text(), "it reached the sound server"
    assert strange_calls(trace) == []


@watches
@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket().connect_ex(('127.0.0.1', 9))",
        "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()",
        "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], start_new_session=True)",
    ],
)
def test_whatever_asks_for_one_is_seen(program: str, tmp_path: Path) -> None:
    subprocess.run([*WATCHED, "-o", str(tmp_path / "trace"), sys.executable, "-c", program], check=True, capture_output=True)
    assert strange_calls(tmp_path / "trace")


@unplugs
def test_without_a_network_nothing_can_be_reached() -> None:
    program = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    ran = subprocess.run([*UNPLUGGED, sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in ran.stderr
