"""`voicecoach wait`, the real program: woken by a voice, it runs a session of its own process; asked to end, it ends both."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicecoach.commands.wait import ASKED_TO_END, session
from voicecoach.commands.waking import Waiting
from voicecoach.house import open_house
from voicecoach.live import Inbox
from voicecoach.messages.events import Interrupted
from voicecoach.messages.sound import EARS_RATE_HZ
from voicecoach.sound.resampling import resampled
from voicecoach.voice.renderer import Renderer

ROOT = Path(__file__).resolve().parents[2]
TIMES, EVERY_S = 20, 4
"""The phrase is said again and again: a machine that is busy with other tests may miss it."""


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of somebody who calls the coach."""
    with Renderer("en-gb", 150) as renderer:
        said = resampled(renderer.render("hello coach"), EARS_RATE_HZ).samples
    samples = np.random.default_rng(7).standard_normal(TIMES * EVERY_S * EARS_RATE_HZ) * 1e-3
    for start in range(2 * EARS_RATE_HZ, len(samples) - len(said), EVERY_S * EARS_RATE_HZ):
        samples[start : start + len(said)] += said / (2 * np.abs(said).max())
    path = tmp_path_factory.mktemp("calling") / "calling.wav"
    soundfile.write(path, samples, EARS_RATE_HZ)
    return path


@contextmanager
def waiting(tmp_path: Path, microphone: Path) -> Iterator["subprocess.Popen[str]"]:
    """The program, waiting."""
    devices = ["--microphone", str(microphone), "--speaker", str(tmp_path / "said.wav")]
    command = [sys.executable, "-P", "-m", "voicecoach", "wait", "--home", str(tmp_path / "home"), *devices]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as program:
        try:
            yield program
        finally:
            program.kill()


def read_until(program: "subprocess.Popen[str]", wanted: str) -> list[str]:
    """What it prints up to a line with `wanted` in it."""
    lines: list[str] = []
    for line in program.stdout or ():
        lines.append(line.strip())
        if wanted in line:
            return lines
    raise AssertionError(lines)


def test_it_waits_until_it_is_called_and_a_session_that_is_under_way_ends_with_it(calling: Path, tmp_path: Path) -> None:
    with waiting(tmp_path, calling) as program:
        before = read_until(program, "session   starts")
        assert before[0].startswith("Waiting for “hello coach”")
        assert "Heard “hello coach”." in before
        program.send_signal(signal.SIGTERM)
        assert "ends: interrupted" in "".join(program.stdout or ())
        assert program.wait() == ASKED_TO_END


@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv is Debian's: apt-get install util-linux")
def test_a_session_doesn_t_outlive_the_one_that_waits_though_it_is_killed(calling: Path, tmp_path: Path) -> None:
    with waiting(tmp_path, calling) as program:
        read_until(program, "session   starts")
        program.kill()
        assert any("ends: interrupted" in line for line in program.stdout or ()), "the last line comes from the session"


def test_in_a_room_where_nobody_calls_it_no_session_begins(tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.wav"
    soundfile.write(quiet, np.random.default_rng(7).standard_normal(EARS_RATE_HZ) * 1e-3, EARS_RATE_HZ)
    with waiting(tmp_path, quiet) as program:
        read_until(program, "Waiting for")
        program.send_signal(signal.SIGINT)
        assert "".join(program.stdout or ()) == ""
        assert program.wait() == ASKED_TO_END


def test_a_microphone_that_isn_t_plugged_in_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('microphone = "the one that is not plugged in"\n')
    command = [sys.executable, "-P", "-m", "voicecoach", "wait", "--home", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert "looked for again" in read_until(program, "again")[0]
        program.send_signal(signal.SIGTERM)
        assert program.wait() == ASKED_TO_END


def test_while_a_session_goes_on_the_ears_that_waited_for_it_take_no_memory(calling: Path, tmp_path: Path) -> None:
    inbox = Inbox()
    inbox.put(Interrupted())
    options = argparse.Namespace(microphone=str(calling), speaker=str(tmp_path / "said.wav"), keyboard=False)
    waited = Waiting(open_house(tmp_path), options, inbox)
    ears = weakref.ref(waited._listener._ears)
    assert not waited.woken(failed=False)
    del waited
    assert ears() is None


def test_a_session_that_can_t_begin_is_told_by_its_code_and_the_coach_waits_on(tmp_path: Path) -> None:
    assert session([f"--home={tmp_path}", "--set=wings=2"], Inbox()) == 2


def test_who_is_asked_to_end_while_a_session_begins_leaves_none_behind(tmp_path: Path) -> None:
    inbox = Inbox()
    inbox.put(Interrupted())
    assert session([f"--home={tmp_path}", f"--microphone={tmp_path}"], inbox) is None
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
