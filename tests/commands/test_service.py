"""`voicecoach service`, with stand-ins for systemd's programs: what it asks of them, and what it makes of their answers."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from voicecoach.commands.unit import UNIT, unit_for

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = """#!/bin/sh
echo "$(basename "$0") $*" >>{record}
case "$*" in
{cases}
esac
"""
LINGERS = {"loginctl show-user *": "echo yes"}
RUNNING = {"systemctl --user show voicecoach*": "printf 'LoadState=loaded\\nActiveState=active\\nStatusText=Waiting.\\nNRestarts=2\\n'"}


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The home folder of somebody on a machine whose programs are not there yet."""
    (tmp_path / "bin").mkdir()
    return tmp_path


def systemd(machine: Path, answers: Mapping[str, str]) -> None:
    """Puts the stand-ins there: each answers by the first pattern that fits what it was asked, and all else with success."""
    for program in ("systemctl", "loginctl", "journalctl"):
        cases = "\n".join(
            f"{pattern.removeprefix(f'{program} ').replace(' ', chr(92) + ' ')}) {answer};;"
            for pattern, answer in answers.items()
            if pattern.startswith(program)
        )
        path = machine / "bin" / program
        path.write_text(STAND_IN.format(record=machine / "asked", cases=cases))
        path.chmod(0o755)


def service(machine: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command in that home."""
    command = [sys.executable, "-P", "-m", "voicecoach", "service", *words]
    given = {"PATH": f"{machine / 'bin'}:/usr/bin:/bin" if (machine / "bin" / "systemctl").exists() else str(machine / "bin")}
    given |= {"HOME": str(machine), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, env=given, cwd=machine, capture_output=True, text=True, check=False)


def asked_of_systemd(machine: Path) -> list[str]:
    return (machine / "asked").read_text().splitlines()


def unit_of(machine: Path) -> Path:
    return machine / ".config" / "systemd" / "user" / UNIT


def test_it_is_installed_for_this_python_and_this_home_and_begins_now_and_at_each_start(machine: Path) -> None:
    systemd(machine, LINGERS)
    ran = service(machine, "install", "--home", str(machine / "my coach"))
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "say “hello coach”" in ran.stdout
    unit = unit_of(machine).read_text()
    assert f'ExecStart="{sys.executable}" -P -m voicecoach wait --home "{machine}/my coach"\n' in unit
    assert f'ReadWritePaths="{machine}/my coach"\n' in unit
    assert (machine / "my coach").stat().st_mode & 0o777 == 0o700
    orders = [line for line in asked_of_systemd(machine) if line.startswith("systemctl")]
    assert orders[1:] == [f"systemctl --user {order}" for order in ("daemon-reload", f"enable {UNIT}", f"restart {UNIT}")]


def test_who_may_not_have_it_start_with_the_machine_is_told_the_one_command_that_takes_root(machine: Path) -> None:
    systemd(machine, {"loginctl --no-ask-password *": "exit 1"})
    ran = service(machine, "install")
    assert ran.returncode == 0
    assert "sudo loginctl enable-linger" in ran.stdout
    assert "sudo" not in "".join(asked_of_systemd(machine))


def test_a_service_that_doesn_t_start_is_no_success(machine: Path) -> None:
    systemd(machine, {**LINGERS, "systemctl --user restart *": "echo 'Job failed.' >&2; exit 1"})
    ran = service(machine, "install")
    assert ran.returncode == 1
    assert ran.stderr.strip() == f"systemctl --user restart {UNIT}: Job failed. See why: voicecoach service logs."


@pytest.mark.parametrize("action", ["install", "status", "remove", "logs"])
def test_where_there_is_no_systemd_that_is_said_in_a_sentence(action: str, machine: Path) -> None:
    unit_of(machine).parent.mkdir(parents=True)
    unit_of(machine).touch()
    ran = service(machine, action)
    assert ran.returncode == 3
    assert "isn't run by systemd" in ran.stderr


def test_who_has_no_service_manager_is_told_how_to_log_in_and_nothing_is_written(machine: Path) -> None:
    systemd(machine, {"systemctl *": "echo 'Failed to connect to bus: No medium found' >&2; exit 1"})
    ran = service(machine, "install")
    assert ran.returncode == 3
    assert "not through su or sudo" in ran.stderr
    assert not unit_of(machine).exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can come by sudo")
def test_nobody_installs_it_for_root_by_mistake(machine: Path) -> None:
    systemd(machine, {})
    ran = service(machine, "install", SUDO_USER="somebody")
    assert ran.returncode == 2
    assert "without sudo" in ran.stderr


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        (RUNNING, 0, "The service is running. Waiting. It has had to be started again 2 times."),
        ({"systemctl *": "echo LoadState=not-found"}, 1, "isn't installed"),
        ({"systemctl *": "printf 'ActiveState=failed\\nResult=watchdog\\n'"}, 1, "has failed (watchdog)"),
        ({"systemctl *": "echo ActiveState=inactive"}, 1, "isn't running (inactive)"),
    ],
)
def test_its_status_is_a_sentence(answer: Mapping[str, str], code: int, told: str, machine: Path) -> None:
    systemd(machine, {**LINGERS, **answer})
    ran = service(machine, "status")
    assert ran.returncode == code
    assert told in ran.stdout + ran.stderr


def test_its_log_is_the_system_s(machine: Path) -> None:
    systemd(machine, {**LINGERS, "journalctl --user-unit*": "echo a line"})
    assert "isn't installed" in service(machine, "logs").stderr
    service(machine, "install")
    assert service(machine, "logs").stdout == "a line\n"


def test_all_that_was_installed_is_removed_and_nothing_else(machine: Path) -> None:
    systemd(machine, LINGERS)
    service(machine, "install")
    kept = machine / ".local" / "share" / "voicecoach"
    (kept / "settings.toml").touch()
    ran = service(machine, "remove")
    assert ran.returncode == 0
    assert not unit_of(machine).exists()
    assert (kept / "settings.toml").exists()
    assert f"systemctl --user disable --now {UNIT}" in asked_of_systemd(machine)
    assert "nothing to remove" in service(machine, "remove").stdout


@pytest.mark.parametrize("name", ['a"b', "100%", "a b", "back\\slash"])
def test_a_home_of_any_name_stands_in_the_unit_as_systemd_reads_it(name: str) -> None:
    unit = unit_for(Path("/home") / name, Path("/usr/bin/python3"))
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    assert f'--home "/home/{escaped}"\n' in unit
    assert f'ReadWritePaths="/home/{escaped}"\n' in unit
