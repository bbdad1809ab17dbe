"""What breaks in a real session: the voice's workers die, the sound server dies in a hold, and again while it hushes for a word."""

import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.faults.mat import moved
from tests.live_session import Person, Reply, acquainted, kept_events, living, sentence
from tests.sound_server import SoundServer, running_sound_server
from voicecoach.voice.renderer import Renderer

PLAN = ("sets=1", "reps=2", "warm_up_s=0", "cool_down_s=0")
REPLIES = {
    "How is your pain right now": Reply("one"),
    "Tell me when you are lying": Reply("ready"),
    "Say ready": Reply("ready"),
    "It works again": Reply("resume"),
    "We are paused": Reply("resume"),
    "How bad is the pain": Reply("two"),
}
INTO_THE_LIFT_S = 0.5
Lived = tuple[list[Mapping[str, Any]], list[str], int]
"""The events of an evening, what was broken in it, and the exit code."""


class Evening:
    """Breaks things at their moments, which the transcript tells. `told` is what was broken."""

    def __init__(self, server: SoundServer, person: Person, pid: int) -> None:
        self._server = server
        self._person = person
        self._pid = pid
        self._dead = False
        self._resumed = False
        self._warned = False
        self.told: list[str] = []

    def line(self, line: str) -> None:
        """The next line of the transcript."""
        self._person.hears(sentence(line))
        if sentence(line).startswith("How is your pain right now") and "worker" not in self.told:
            self._kill_workers()
        if self._dead and "FAULT" in line:
            self._server.start()
            self._dead = False
        if ": hold" in line and "hold" not in self.told:
            self._kill_server("hold")
        if "because of pain" in line and "hush" not in self.told:
            self._kill_server("hush")
        self._resumed = self._resumed or ("resume" in line and "hold" in self.told)
        if ": lift" in line and self._resumed and not self._warned:
            self._warned = True
            self._person.say("pain", INTO_THE_LIFT_S)

    def _kill_server(self, moment: str) -> None:
        self.told.append(moment)
        self._server.kill()
        self._dead = True

    def _kill_workers(self) -> None:
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                ours = f"PPid:\t{self._pid}\n" in (folder / "status").read_text()
                command = (folder / "cmdline").read_text()
            except OSError:
                continue  # it ended meanwhile
            if ours and "render_worker" in command:
                os.kill(int(folder.name), signal.SIGKILL)
                self.told.append("worker")


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """One session, lived through once."""
    folder = tmp_path_factory.mktemp("evening")
    with running_sound_server() as server, Renderer("en-us+f5", 155) as coach, Renderer("en-us+m3", 150) as voice:
        person = Person(server, folder, REPLIES, lambda sentence: coach.render(sentence).duration_s, voice.render)
        with living(server, acquainted(folder / "home", screened=True), PLAN) as session:
            assert session.stdout
            breaking = Evening(server, person, session.pid)
            for line in session.stdout:
                breaking.line(line)
        person.finish()
    return list(kept_events(folder / "home")), breaking.told, session.returncode


def test_all_of_it_broke_and_the_session_came_to_its_end(evening: Lived) -> None:
    events, told, code = evening
    assert {*told} == {"worker", "hold", "hush"}, json.dumps(events[-12:], indent=1)
    assert code == 0


def test_the_mat_hears_the_next_sentence_when_the_voices_workers_have_died(evening: Lived) -> None:
    events, _, _ = evening
    assert not [event for event in events if event["event"] == "fault" and event["what"] == "voice"]
    assert [event for event in events if event["event"] == "rep"]


def test_a_sound_server_that_dies_in_a_hold_is_told_and_only_a_word_goes_on(
    evening: Lived,
) -> None:
    events, _, _ = evening
    died = next(n for n, event in enumerate(events) if event["event"] == "fault")
    resumed = next(n for n, event in enumerate(events) if event["event"] == "heard" and event["intent"] == "resume" and n > died)
    assert not [event for event in events[died:resumed] if moved(event)]
    assert {event["what"] for event in events[died:resumed] if event["event"] == "recovered"} == {"microphone", "speaker"}
    lifts = [(event["set"], event["n"]) for event in events if event["event"] == "rep" and event["moment"] == "lift"]
    assert lifts[:2] == [(1, 1), (1, 1)], "the lift in which it broke is begun again"


def test_a_sound_server_that_dies_while_it_hushes_revives_nothing(evening: Lived) -> None:
    events, _, _ = evening
    stopped = next(n for n, event in enumerate(events) if event["event"] == "phase" and event["to"] == "stopped")
    after = events[stopped:]
    assert [event["what"] for event in after if event["event"] == "fault"]
    assert not [event for event in after if moved(event)]
    assert not [event for event in after if event["event"] == "line_started" and event["line"].startswith("fault.")]
    assert [event["line"] for event in after if event["event"] == "line_started" and event["line"] == "pain.stopping"]
    assert after[-1]["outcome"] in ("pain", "emergency")
