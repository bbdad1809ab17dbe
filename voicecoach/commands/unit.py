"""The service's unit, as it is put into one user's home, and the programs that systemd brings to look after it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from voicecoach.errors import CheckFailed, Missing
from voicecoach.places import unit_template

UNIT = "voicecoach.service"
TEMPLATE_PYTHON = '"/usr/bin/python3"'
TEMPLATE_HOME = '"%h/.local/share/voicecoach"'
PATIENCE_S = 120.0
"""A service may take a minute to begin on a small machine, and ten seconds to end before."""
UNREACHABLE = "Failed to connect"


def unit_for(home: Path, python: Path) -> str:
    """The text of the unit that has `python` wait for somebody, and keeps everything in `home`."""
    text = unit_template().read_text(encoding="utf-8")
    text = text.replace(f"{TEMPLATE_PYTHON} -P -m voicecoach wait", f"{_argument(python)} -P -m voicecoach wait --home {_argument(home)}")
    return text.replace(TEMPLATE_HOME, _quoted(home))


def unit_path() -> Path:
    """Where a user's own units are."""
    config = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    return (config if config.is_absolute() else Path.home() / ".config") / "systemd" / "user" / UNIT


def this_python() -> Path:
    """The Python that runs here, with its virtual environment."""
    return Path(sys.executable)


def asked(name: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """What one of systemd's programs answers. Raises Missing where it isn't there, can't be reached or doesn't answer."""
    program = shutil.which(name)
    if program is None:
        raise Missing(
            f"There is no {name} here: this machine isn't run by systemd.", "Have your own system start `voicecoach wait` when you log in."
        )
    try:
        answer = subprocess.run(
            [program, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        raise Missing(f"{name} doesn't answer.", "Restart this machine, and try again.") from None
    if UNREACHABLE in answer.stderr:
        raise Missing(
            f"This user's service manager can't be reached ({_first_line(answer.stderr)}).",
            "Log in as the user whose coach it is, at the machine or by ssh, not through su or sudo, and run this again.",
        )
    return answer


def ordered(*words: str) -> None:
    """Has the user's service manager do something. Raises as `asked` does, and CheckFailed where it can't be done."""
    answer = asked("systemctl", "--user", *words)
    if answer.returncode:
        raise CheckFailed(f"systemctl --user {' '.join(words)}: {_first_line(answer.stderr)}", "See why: voicecoach service logs.")


def _first_line(text: str) -> str:
    return next(iter(text.strip().splitlines()), "it says nothing")


def _argument(path: Path) -> str:
    """Of a command in a unit: there a dollar stands for a variable, too."""
    return _quoted(path).replace("$", "$$")


def _quoted(path: Path) -> str:
    plain = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{plain}"'
