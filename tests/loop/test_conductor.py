"""The loop: coach, words and speaker joined, in samples; only the sentences' sound is made up."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.coach.stage import PHRASEBOOK, PROMPTS
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.errors import Broken
from voicecoach.loop import Conductor
from voicecoach.messages.events import Fault, Interrupted
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.own_voice import OwnWords
from voicecoach.speech import Voice
from voicecoach.voice.script import Script
from voicecoach.voice.speaker import Speaker

BLOCK = VOICE_RATE_HZ * BLOCK_MS // 1000
PLAN = Plan(sets=1, reps=2, warm_up_s=0, cool_down_s=0)
YES = {"screen.floor"}


class Humming:
    """Sentences as a hum, 60 ms a letter."""

    def __init__(self) -> None:
        self.broken = False

    def pcm(self, text: str) -> Pcm:
        if self.broken:
            raise Broken("The voice fails.", "Try again.")
        return Pcm(np.full(round(len(text) * 0.05 * VOICE_RATE_HZ), 0.1, np.float32), VOICE_RATE_HZ)


class Room:
    """A conductor, stepped block by block by somebody who answers."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.speaker = Speaker()
        self.voice = Humming()
        self.played: list[Samples] = []
        self.own = OwnWords({})
        self.moment = ""
        script = Script.load(PROMPTS)
        self.conductor = Conductor(Session(PLAN), Voice(script, self.voice, self.speaker, self.own), PHRASEBOOK, self._scope, self._log)
        self.conductor.begin({"plan": "quick"})

    @property
    def now_s(self) -> float:
        return self.speaker.position_samples / VOICE_RATE_HZ

    def until(self, name: str, within_s: float = 300, **fields: object) -> dict[str, Any]:
        seen = len(self.events)
        for _ in range(round(within_s * 1000 / BLOCK_MS)):
            self.step()
            for event in self.events[seen:]:
                if event["event"] == name and all(event.get(key) == value for key, value in fields.items()):
                    return event
        raise AssertionError(f"no {name} {fields} in {within_s} s; last: {self.events[-3:]}")

    def step(self) -> None:
        seen = len(self.events)
        self.played.append(self.speaker.pull(BLOCK))
        self.conductor.advance(self.now_s)
        for event in self.events[seen:]:
            if event["event"] == "question":
                self.say({"number": "one", "phrase": "ready"}.get(event["expects"], "yes" if event["id"] in YES else "no"))

    def say(self, text: str, stage: Stage = Stage.CONFIRMED) -> None:
        if stage is Stage.SUSPECTED:
            self.speaker.hush()
        self.conductor.hear(Heard(stage, text if PHRASEBOOK.knows(text) else "", text, self.now_s))

    def _scope(self, moment: str) -> None:
        self.moment = moment

    def _log(self, event: Mapping[str, object]) -> None:
        self.events.append(dict(event))


def test_a_cue_and_its_repetition_begin_on_the_same_sample() -> None:
    room = Room()
    room.until("phase", to="check_in")
    moments = {event["at_s"]: event["moment"] for event in room.events if event["event"] == "rep"}
    cues = [
        event
        for event in room.events
        if event["event"] == "line_started" and event["line"].startswith(("set.brace", "set.lift", "set.count"))
    ]
    assert len(cues) >= 5
    assert all(cue["at_s"] in moments for cue in cues)
    steps = np.diff(sorted(moments)) * VOICE_RATE_HZ
    assert np.allclose(steps, np.array([1, 2, 2, 3, 1, 2, 2]) * VOICE_RATE_HZ, atol=0.6)


def test_what_the_log_says_is_what_the_speaker_played() -> None:
    room = Room()
    room.until("line_started", line="greeting.words")
    sound = np.concatenate(room.played)
    first = next(event for event in room.events if event["event"] == "line_started")
    ended = next(event for event in room.events if event["event"] == "line_ended")
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    assert abs(loud[0] / VOICE_RATE_HZ - first["at_s"]) < 2 / VOICE_RATE_HZ
    gap = np.flatnonzero(np.diff(loud) > VOICE_RATE_HZ // 10)[0]
    assert abs((loud[gap] + 1) / VOICE_RATE_HZ - ended["at_s"]) < 2 / VOICE_RATE_HZ


def test_events_are_in_order_and_every_line_that_started_ended() -> None:
    room = Room()
    room.until("session_ended")
    times = [event["at_s"] for event in room.events]
    assert times == sorted(times)
    assert room.events[0]["event"] == "session_started"
    assert room.events[-1]["event"] == "session_ended"
    started, ended = ([event["line"] for event in room.events if event["event"] == name] for name in ("line_started", "line_ended"))
    assert sorted(started) == sorted(ended)


def test_pain_cuts_the_sentence_within_two_blocks_and_names_it() -> None:
    room = Room()
    room.until("line_started", line="position.legs")
    for _ in range(20):
        room.step()
    room.say("pain", Stage.SUSPECTED)
    said = len(room.played)
    for _ in range(10):
        room.step()
    assert np.abs(np.concatenate(room.played[said + 2 :])).max() == 0
    hushed = next(event for event in room.events if event["event"] == "hushed")
    assert hushed["interrupted"] == "position.legs"
    room.say("pain")
    room.until("session_ended", outcome="pain")
    assert next(event for event in room.events if event["event"] == "line_ended" and event["cut_short"])["line"] == "position.legs"


def test_a_voice_that_fails_ends_the_session_as_a_fault() -> None:
    room = Room()
    room.until("line_started", line="greeting.words")
    room.voice.broken = True
    ended = room.until("session_ended")
    assert ended["outcome"] == "fault"
    assert [event["what"] for event in room.events if event["event"] == "fault"] == ["voice"]


def test_an_interruption_hushes_and_closes_the_log() -> None:
    room = Room()
    room.until("rep", moment="lift")
    room.conductor.tell(Interrupted(), room.now_s)
    assert room.events[-1]["outcome"] == "interrupted"
    room.step()
    room.step()
    room.step()
    assert np.abs(room.played[-1]).max() == 0


def test_a_fault_is_logged_once_and_answered() -> None:
    room = Room()
    room.until("rep", moment="hold")
    room.conductor.tell(Fault("microphone", "unplugged"), room.now_s)
    room.until("line_started", line="fault.hearing")
    assert len([event for event in room.events if event["event"] == "fault"]) == 1


def test_a_withdrawn_suspicion_says_the_sentence_again_from_its_beginning() -> None:
    room = Room()
    room.until("line_started", line="position.hands")
    for _ in range(20):
        room.step()
    room.say("stop", Stage.SUSPECTED)
    for _ in range(20):
        room.step()
    room.say("nothing known", Stage.WITHDRAWN)
    room.until("line_started", line="position.hands")
    room.until("session_ended", outcome="finished")


def test_a_remark_that_would_reach_into_a_cue_waits_for_a_later_gap() -> None:
    room = Room()
    room.until("rep", n=1, moment="lift")
    for _ in range(60):
        room.step()
    room.say("slower")
    room.until("line_started", line="tempo.slower")
    room.until("phase", to="check_in")
    started = [event["line"] for event in room.events if event["event"] == "line_started"]
    assert len([line for line in started if line in ("set.lift", "set.up")]) == PLAN.reps
    assert len([line for line in started if line in ("set.lower", "set.last_one", "set.last_two")]) == PLAN.reps
