"""`voicecoach wait`: waits for a wake phrase, runs a session, and waits again. This is what the service runs.

It never coaches by itself: a session is a process of its own, which begins when somebody has asked for it, and asks before anything moves.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

from voicecoach.anew import TIMES
from voicecoach.commands.options import Commands, add_devices, add_home, add_set, house_of, tell
from voicecoach.commands.waking import Waiting
from voicecoach.house import ensure_model
from voicecoach.live import POLL_S, Inbox, signals_into
from voicecoach.messages.events import Interrupted
from voicecoach.notify import ALIVE, Relay, told

STARTING_S = 60.0
"""So long a session may take to begin: from then on it has to tell that it is alive, or the service manager ends it."""
FEED_S = 5.0
ENDING_S = 8.0
"""A session that is asked to end falls silent at once, and writes its last lines; the service manager waits for 10 s."""
ASKED_TO_END = 130
ENDED_WITH_THIS = ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()
"""Debian's util-linux: a session whose parent is killed is asked to end by the kernel. Elsewhere it goes on, and ends by a word."""
PASSED_ON = ("microphone", "speaker", "home")


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("wait", help="wait for “hello coach”, and run sessions (what the service runs)", description=__doc__)
    add_devices(parser)
    add_home(parser)
    add_set(parser)
    parser.set_defaults(run=run, keyboard=False)


def run(options: argparse.Namespace) -> int:
    """Until it is asked to end, by Ctrl-C or SIGTERM."""
    house = house_of(options)
    ensure_model(house, tell)
    inbox, code = Inbox(), 0
    with signals_into(inbox, signal.SIGHUP, signal.SIGQUIT):  # a closed window ends this program, and no session may outlive it
        while Waiting(house, options, inbox).woken(failed=code != 0):
            ended = session(words(options), inbox)
            if ended is None:
                break
            code = ended
    return ASKED_TO_END


def words(options: argparse.Namespace) -> list[str]:
    """What is passed on to each session."""
    given = [f"--{name}={value}" for name in PASSED_ON if (value := getattr(options, name)) is not None]
    return given + [f"--set={assignment}" for assignment in options.assignments]


def session(arguments: Sequence[str], inbox: Inbox) -> int | None:
    """Runs a session to its end, and gives its exit code; None when this program was asked to end, and then the session has, too."""
    told(f"{ALIVE}\nSTATUS=A session begins.")
    relay = Relay()
    # A session of its own in the terminal's sense too: Ctrl-C reaches this program alone, which hands it on once.
    child = subprocess.Popen(
        [*ENDED_WITH_THIS, sys.executable, "-P", "-m", "voicecoach", "coach", *arguments],
        stdin=subprocess.DEVNULL,
        env={**{name: value for name, value in os.environ.items() if name != TIMES}, "NOTIFY_SOCKET": relay.address},
        start_new_session=True,
    )
    try:
        looks = 0
        while child.poll() is None:
            if isinstance(inbox.take(), Interrupted):
                return None
            relay.hand_on()
            looks += 1
            if looks * POLL_S < STARTING_S and looks % round(FEED_S / POLL_S) == 0:
                told(ALIVE)
        return child.returncode
    finally:
        _end(child)
        relay.close()


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Ends the session if it still goes on: hushed, or else by force."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(ENDING_S)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            child.kill()
            child.wait()
