"""A whole live session: the real program, through PortAudio, against a real sound server; a person answers from recordings.

What the coach says is recorded from the speaker, and what the log claims is looked for in that recording.
"""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.sound_server import SoundServer, running_sound_server
from voicecoach.app import open_house, open_journal
from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Samples
from voicecoach.voice.renderer import Renderer

ROOT = Path(__file__).resolve().parents[2]
SOUNDS = ROOT / "tests" / "sounds"
PLAN = ("sets=2", "reps=2", "warm_up_s=0", "cool_down_s=0", "rest_s=30")
SAYS = {
    "Can you lie face down": "yes",
    "How is your pain right now": "one",
    "Tell me when you are lying": "ready",
    "Rest for 30 seconds": "next set",
    "Slowly down. One to go": "pain",
    "How bad is the pain": "two",
}
"""What is said when the coach begins a sentence; every other question is answered with no."""
AFTER_S = {"Rest for 30 seconds": 1.0, "Slowly down. One to go": -1.3}
"""How long after the end of the sentence; half a second where it isn't said. Negative: in the middle of it."""


class Person:
    """Says things into the room. A recording begins with as much silence as the coach still needs to finish."""

    def __init__(self, server: SoundServer, folder: Path, coach: Renderer, voice: Renderer) -> None:
        self._server = server
        self._folder = folder
        self._coach = coach
        self._voice = voice
        self._sets_begun = 0
        self._speaking: list[subprocess.Popen[bytes]] = []

    def hears(self, sentence: str) -> None:
        """The coach begins to say `sentence`."""
        self._sets_begun += sentence.startswith("Set ")
        for beginning, answer in SAYS.items():
            if sentence.startswith(beginning) and (answer != "pain" or self._sets_begun == 2):
                self._say(answer, self._coach.render(sentence).duration_s + AFTER_S.get(beginning, 0.5))
                return
        if sentence.endswith("?"):
            self._say("no", self._coach.render(sentence).duration_s + 0.5)

    def _say(self, word: str, after_s: float) -> None:
        recorded = sorted(SOUNDS.glob(f"{word}_*.flac"))
        if recorded:
            samples, rate_hz = soundfile.read(recorded[0], dtype="float32")
        else:
            pcm = self._voice.render(word)
            samples, rate_hz = pcm.samples, pcm.rate_hz
        path = self._folder / f"{word.replace(' ', '_')}_{len(list(self._folder.iterdir()))}.wav"
        lead = np.zeros(round(after_s * rate_hz), np.float32)
        loud = samples * (0.3 / float(np.abs(samples).max()))
        soundfile.write(path, np.concatenate([lead, loud, np.zeros(rate_hz, np.float32)]), rate_hz)
        self._speaking.append(self._server.play_into_room(path))

    def finish(self) -> None:
        """Everything said has been heard."""
        for said in self._speaking:
            said.wait()


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], Samples, int]:
    """One session, lived through once: its events, what the speaker played at 24 kHz, and the exit code."""
    folder = tmp_path_factory.mktemp("evening")
    (folder / "person").mkdir()
    with running_sound_server() as server, Renderer("en-us+f5", 155) as coach, Renderer("en-us+m3", 150) as voice:
        person = Person(server, folder / "person", coach, voice)
        command = [sys.executable, "-m", "voicecoach", "coach", "--home", str(folder / "home")]
        environment = {**server.env, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        settings = [word for value in PLAN for word in ("--set", value)]
        with (
            server.recording_speaker(folder / "said.wav"),
            subprocess.Popen([*command, *settings], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as session,
        ):
            assert session.stdout
            for line in session.stdout:
                _, coach_says, sentence = line.strip().partition("  coach     ")
                if not coach_says:
                    _, coach_says, sentence = line.strip().partition("  coach  ")
                if coach_says:
                    person.hears(sentence.strip())
        person.finish()
    journal = open_journal(open_house(folder / "home"))
    events = journal.events(journal.sessions()[-1].id)
    journal.close()
    with wave.open(str(folder / "said.wav")) as said:
        samples = np.frombuffer(said.readframes(said.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
    return events, samples, session.returncode


def named(events: list[dict[str, Any]], name: str, **fields: object) -> list[dict[str, Any]]:
    return [event for event in events if event["event"] == name and all(event.get(key) == value for key, value in fields.items())]


def test_it_ends_with_pain_and_the_exit_code_of_a_session_that_did_its_work(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    events, _, code = evening
    assert events[-1]["event"] == "session_ended"
    assert events[-1]["outcome"] == "pain", json.dumps(events[-12:], indent=1)
    assert code == 0


def test_the_person_was_heard_and_understood(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    events, _, _ = evening
    answers = {event["id"]: event["value"] for event in named(events, "answer")}
    assert answers["screen.nerve"] == "no"
    assert answers["screen.floor"] == "yes"
    assert answers["screen.pain"] == 1
    assert named(events, "heard", intent="next_set")
    assert not named(events, "line_started", line="rest.warning"), "next set ends the rest"
    assert {event["to"] for event in named(events, "phase")} >= {
        "screen",
        "warm_up",
        "set",
        "hold",
        "check_in",
        "rest",
        "stopped",
        "finished",
    }


def test_the_greeting_was_measured_once_and_the_figures_kept(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    (calibrated,) = named(evening[0], "calibrated")
    assert calibrated["delay_ms"] is None, "this room has no echo"
    assert calibrated["flaws"] == ["unheard"]
    assert not [event for event in named(evening[0], "line_started") if event["line"].startswith("setup.")]


def test_nothing_moves_after_pain_and_advice_is_given(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    events, _, _ = evening
    pain_at_s = named(events, "heard", intent="pain")[0]["at_s"]
    assert not [event for event in named(events, "rep") if event["at_s"] > pain_at_s]
    assert not [event for event in named(events, "line_started") if event["at_s"] > pain_at_s and event["line"].startswith("set.")]
    assert named(events, "line_started", line="pain.advice")
    assert named(events, "hushed")[-1]["interrupted"] is not None or named(events, "line_ended", cut_short=True)


def found_at_s(said: Samples, sentence: Samples) -> float:
    """Where `sentence` is in the recording, by cross-correlation, in seconds."""
    length = 1 << (len(said) + len(sentence)).bit_length()
    spectrum = np.fft.rfft(said, length) * np.conj(np.fft.rfft(sentence, length))
    return float(np.argmax(np.fft.irfft(spectrum, length)[: len(said)])) / VOICE_RATE_HZ


def test_the_log_is_true_to_what_the_speaker_played_and_the_hush_is_silence(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    events, said, _ = evening
    with Renderer("en-us+f5", 155) as coach:
        names = ("greeting.hello", "greeting.words", "screen.acute", "set.begin", "pain.stopping", "pain.advice")
        lines = [event for event in named(events, "line_started") if event["line"] in names]
        offsets = [found_at_s(said, coach.render(event["text"]).samples) - event["at_s"] for event in lines]
        stopping = next(offset for event, offset in zip(lines, offsets, strict=True) if event["line"] == "pain.stopping")
    # A machine that is too busy to fill the device's buffer leaves a gap, so that all that follows is later; nothing else moves a line.
    steps = np.diff(offsets)
    assert (steps > -0.03).all(), offsets
    assert (steps < 0.03).sum() > len(steps) / 2, offsets
    hush_at_s = [event["at_s"] for event in named(events, "hushed") if event["at_s"] <= named(events, "heard", intent="pain")[0]["at_s"]][
        -1
    ]
    next_at_s = min(event["at_s"] for event in named(events, "line_started") if event["at_s"] > hush_at_s)
    # The speaker keeps 200 ms free after a hush, which the log may name a few blocks later than it took effect.
    begin, end = (round((at_s + stopping) * VOICE_RATE_HZ) for at_s in (min(hush_at_s + 0.1, next_at_s - 0.15), next_at_s - 0.03))
    assert np.abs(said[begin:end]).max() < 0.003


def test_the_repetitions_are_on_the_grid(evening: tuple[list[dict[str, Any]], Samples, int]) -> None:
    events, _, _ = evening
    first_set = [event for event in named(events, "rep") if event["set"] == 1]
    steps = np.diff([event["at_s"] for event in first_set])
    assert len(first_set) == 8
    assert np.allclose(steps, [1, 2, 2, 3, 1, 2, 2], atol=1 / EARS_RATE_HZ)
