"""The service of a user: what systemd says of its unit."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.commands.unit import unit_for

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "voicecoach" / "service" / "voicecoach.service"
MOST_EXPOSED = 1.0
"""Of 10, as systemd counts it. 0.4 of it are for running as root, which a user's service doesn't: `systemd-analyze` can't know that."""
ANALYZE = shutil.which("systemd-analyze") or ""
NO_SYSTEMD = "" if ANALYZE else "systemd-analyze is not installed"


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit as it would be installed for the Python that runs here."""
    path = tmp_path / UNIT.name
    path.write_text(unit_for(tmp_path / "a home of 100%", Path(sys.executable)))
    return path


def analyzed(tmp_path: Path, *words: object) -> str:
    """What systemd-analyze says, as for a user's own service; it fails where systemd-analyze does."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    ran = subprocess.run([ANALYZE, "--user", *map(str, words)], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


@pytest.mark.skipif(bool(NO_SYSTEMD), reason=NO_SYSTEMD)
def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path, tmp_path: Path) -> None:
    assert analyzed(tmp_path, "verify", "--man=no", unit) == ""


@pytest.mark.skipif(bool(NO_SYSTEMD), reason=NO_SYSTEMD)
def test_its_exposure_is_no_more_than_the_figure(unit: Path, tmp_path: Path) -> None:
    told = analyzed(tmp_path, "security", "--offline=yes", f"--threshold={round(MOST_EXPOSED * 10)}", "--no-pager", unit)
    found = re.search(r"Overall exposure level for \S+: (\S+)", told)
    assert found
    assert float(found[1]) <= MOST_EXPOSED


@pytest.mark.skipif(bool(NO_SYSTEMD), reason=NO_SYSTEMD)
def test_a_unit_with_a_network_is_more_exposed_than_that(unit: Path, tmp_path: Path) -> None:
    unit.write_text(unit.read_text().replace("PrivateNetwork=yes\n", "").replace("RestrictAddressFamilies=AF_UNIX\n", ""))
    with pytest.raises(AssertionError):
        analyzed(tmp_path, "security", "--offline=yes", f"--threshold={round(MOST_EXPOSED * 10)}", "--no-pager", unit)


def test_it_is_restarted_after_a_crash_only_and_not_for_ever() -> None:
    settings = dict(line.split("=", 1) for line in UNIT.read_text().splitlines() if re.match(r"[A-Za-z]+=", line))
    assert settings["Restart"] == "on-failure"
    assert "130" in settings["SuccessExitStatus"].split(), "a session that was stopped is none that failed"
    assert {"1", "2", "3"} <= set(settings["RestartPreventExitStatus"].split()), "what no restart mends"
    assert int(settings["StartLimitBurst"]) * int(settings["RestartSec"]) < int(settings["StartLimitIntervalSec"])
    assert settings["KillMode"] == "mixed", "the session ends its own workers, so that its last sound is a hush"
    assert settings["LimitCORE"] == "0"


def test_the_sound_process_may_have_the_memory_that_its_library_needs() -> None:
    assert "MemoryDenyWriteExecute=yes" not in UNIT.read_text(), "cffi, and so PortAudio, can't call back without: .ci/booted"
