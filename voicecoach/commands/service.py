"""`voicecoach service install|status|logs|remove`: the coach as a service of this user, which starts with the machine and waits for you.

It needs systemd and no root: whoever is told to use sudo needs it once, so that services start before anybody logs in.
"""

import argparse
import os
import pwd
import subprocess
from collections.abc import Callable

from voicecoach.commands.options import Commands, add_home, house_of, tell, write
from voicecoach.commands.unit import UNIT, asked, ordered, this_python, unit_for, unit_path
from voicecoach.durable import SHARED, private_folder
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.errors import CheckFailed, Unreadable
from voicecoach.house import House, ensure_model
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.wording import heard_waiting

SHOWN = ("LoadState", "ActiveState", "StatusText", "Result", "NRestarts")
LINES = 100


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("service", help="have it wait for “hello coach” from the start of this machine on", description=__doc__)
    actions = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    every: tuple[tuple[str, Callable[[argparse.Namespace], int], str], ...] = (
        ("install", install, "install it, or anew after a change, and start it"),
        ("status", status, "what it is doing"),
        ("logs", logs, "what it has printed lately; nothing that was said"),
        ("remove", remove, "stop it and remove it; the journal and all settings stay"),
    )
    for name, run, what in every:
        action = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        action.set_defaults(run=run)
        if name == "install":
            add_home(action)
        if name == "logs":
            action.add_argument("--follow", action="store_true", help="go on as it goes on")


def install(options: argparse.Namespace) -> int:
    """Writes the unit, starts it, and has it start with the machine. May be run again."""
    if os.environ.get("SUDO_USER") and os.geteuid() == 0:
        raise Unreadable("The service is one user's own, and this is root.", "Run it again without sudo.")
    asked("systemctl", "--user", "show-environment")
    house = house_of(options)
    ensure_model(house, tell)
    wake = heard_waiting(house.prompts, Phrasebook.load(house.prompts), SpeechModel(house.model))
    _put(house)
    ordered("daemon-reload")
    ordered("enable", UNIT)
    ordered("restart", UNIT)
    tell(f"The coach is waiting: say “{wake.phrases[0]}”. It keeps everything in {house.home}.")
    tell("What it is doing: voicecoach service status. To undo this: voicecoach service remove.")
    _tell_of_boot(begin=True)
    return 0


def status(_: argparse.Namespace) -> int:
    """Says what it is doing. Exit code 0 while it runs."""
    shown = asked("systemctl", "--user", "show", UNIT, f"--property={','.join(SHOWN)}").stdout
    found = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
    if found.get("LoadState") == "not-found":
        raise CheckFailed("The service isn't installed.", "Install it: voicecoach service install.")
    state = found.get("ActiveState", "unknown")
    if state == "failed":
        raise CheckFailed(
            f"The service has failed ({found.get('Result', 'unknown')}).",
            f"See why: voicecoach service logs. Then: systemctl --user restart {UNIT}",
        )
    if state != "active":
        raise CheckFailed(f"The service isn't running ({state}).", f"Start it: systemctl --user start {UNIT}")
    restarts = int(found.get("NRestarts") or 0)
    again = f" It has had to be started again {restarts} times." if restarts else ""
    tell(f"The service is running. {found.get('StatusText', '')}{again}".strip())
    _tell_of_boot(begin=False)
    return 0


def logs(options: argparse.Namespace) -> int:
    """The system's log of it, of this user's: where the log isn't kept on disk, journalctl's --user would find nothing."""
    if not unit_path().exists():
        raise CheckFailed("The service isn't installed, so there is no log of it.", "Install it: voicecoach service install.")
    follow = ["--follow"] if options.follow else ["--no-pager"]
    asked("journalctl", "--version")
    return subprocess.run(["journalctl", f"--user-unit={UNIT}", f"--lines={LINES}", *follow], check=False).returncode  # noqa: S607 - systemd's, wherever it is


def remove(_: argparse.Namespace) -> int:
    """Stops it and takes the unit back."""
    path = unit_path()
    if not path.exists():
        tell("The service isn't installed: there is nothing to remove.")
        return 0
    ordered("disable", "--now", UNIT)
    try:
        path.unlink()
    except OSError as error:
        raise Unreadable(f"{path} can't be removed ({error.strerror}).", "Remove it yourself.") from None
    ordered("daemon-reload")
    tell("The service is removed. Your journal and settings are where they were.")
    if _lingers():
        tell(f"Your other services still start with the machine. If there are none: loginctl disable-linger {_user()}")
    return 0


def _put(house: House) -> None:
    path = unit_path()
    for folder in (house.home, path.parent):
        try:
            private_folder(folder)
        except OSError as error:
            raise Unreadable(
                f"The folder {folder} can't be made ({error.strerror}).", "Make it yourself, or name another: --home DIR."
            ) from None
    write(path, unit_for(house.home, this_python()).encode(), SHARED)


def _tell_of_boot(*, begin: bool) -> None:
    """Whether it starts with the machine; `begin`: sees to it first, where that takes no root."""
    if not _lingers() and not (begin and asked("loginctl", "--no-ask-password", "enable-linger", _user()).returncode == 0):
        tell(f"It starts when you log in. To have it start with the machine, run once: sudo loginctl enable-linger {_user()}")


def _lingers() -> bool:
    return asked("loginctl", "show-user", _user(), "--property=Linger", "--value").stdout.strip() == "yes"


def _user() -> str:
    return pwd.getpwuid(os.getuid()).pw_name
