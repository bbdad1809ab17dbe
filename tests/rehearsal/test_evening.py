import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.rehearsal.sounds import burst, rendered
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Event, Fault, Recovered
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.evening import Evening
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import FaultPlan, PersonPlan, RoomPlan, Saying
from voicecoach.rehearsal.trigger import Trigger

Log = Callable[[Mapping[str, object]], None]
LIVING_ROOM = RoomPlan(near_db=-20)
LINE = burst(1.0, VOICE_RATE_HZ, seed=3)

FIRST_WORDS = Calibrated(Figures(-60.0, -30.0, 25.0, 80.0, None, -10.0, 0.0, 0.0), None)


class Speaker:
    """Plays one line, over and over, from half a second on."""

    def __init__(self) -> None:
        self.pulled = 0
        self.hushed_at: list[int] = []

    def pull(self, n: int) -> Samples:
        start = self.pulled
        self.pulled += n
        return np.take(LINE, np.arange(start, start + n), mode="wrap") if start >= 12000 else np.zeros(n, np.float32)

    def hush(self) -> None:
        self.hushed_at.append(self.pulled)


class Talking(Speaker):
    """Talks with pauses, as people do."""

    def pull(self, n: int) -> Samples:
        talks = self.pulled // (VOICE_RATE_HZ * 2 // 5) % 4 != 3
        return super().pull(n) if talks else super().pull(n) * np.float32(0)


class Ears:
    """Hears "stop" in any loud block, and counts what it was fed."""

    def __init__(self) -> None:
        self.microphone: list[Samples] = []
        self.played: list[Samples] = []
        self.forgot: list[int] = []

    def forget(self) -> None:
        self.forgot.append(len(self.microphone))

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        self.microphone.append(microphone)
        self.played.append(played)
        at_s = len(self.microphone) * 0.02
        loud = bool(np.sqrt(np.mean(microphone**2)) > 0.01)
        return [Heard(Stage.SUSPECTED, "stop", "stop", at_s), Heard(Stage.CONFIRMED, "stop", "stop", at_s)] if loud else []


class Conductor:
    """Asks at 1 s whether the person is ready, and ends when it has heard something, or been told of nothing for `patience_s`."""

    def __init__(self, log: Log, patience_s: float = 1e9) -> None:
        self._log = log
        self._patience_s = patience_s
        self._asked = False
        self.outcome: str | None = None
        self.told: list[tuple[float, Event]] = []
        self.heard: list[Heard] = []

    def begin(self, about: Mapping[str, object] | None = None) -> None:
        self._log({"at_s": 0.0, "event": "session_started", **(about or {})})

    def hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        if heard.stage is Stage.CONFIRMED and self.outcome is None:
            self._log({"at_s": heard.at_s, "event": "heard", "intent": "stop", "phrase": "stop"})
            self._end(heard.at_s, "stopped")

    def tell(self, event: Event, at_s: float) -> None:
        self.told.append((at_s, event))
        if isinstance(event, Fault | Recovered):
            self._log({"at_s": at_s, "event": type(event).__name__.lower(), "what": event.what})

    def advance(self, now_s: float) -> None:
        if now_s > 1.0 and not self._asked:
            self._asked = True
            self._log({"at_s": 0.995, "event": "line_started", "line": "ready", "text": "Ready?"})
            self._log({"at_s": 1.0, "event": "question", "id": "ready", "expects": "yes_no", "line": "ready"})
        if now_s > self._patience_s and self.outcome is None:
            self._end(now_s, "silence")

    def _end(self, now_s: float, outcome: str) -> None:
        if self._asked:
            self._log({"at_s": now_s, "event": "line_ended", "line": "ready", "cut_short": False})
        self._log({"at_s": now_s, "event": "session_ended", "outcome": outcome})
        self.outcome = outcome


class Session:
    """All parts of an evening, joined."""

    def __init__(
        self,
        out: Path | None = None,
        *,
        says: Sequence[Saying] = (),
        answers: str = "healthy",
        faults: Sequence[FaultPlan] = (),
        patience_s: float = 1e9,
        room: RoomPlan = LIVING_ROOM,
        calibrated_after_blocks: int = -1,
    ) -> None:
        self._calibrated_after_blocks = calibrated_after_blocks
        self.events: list[Mapping[str, object]] = []
        self.full: list[bool] = []
        self.speaker, self.ears = Speaker(), Ears()
        self.results = Results(out, lambda _line: None)
        person = Person(PersonPlan(answers=answers), says, lambda _question: "yes", rendered)
        place = Room(room, Pcm(LINE, VOICE_RATE_HZ), seed=1)
        self.evening = Evening(place, person, Breakages(faults), self.results, self._keep, {"disk_full": self.full.append})
        self.conductor = Conductor(self.evening.log, patience_s)

    def run(self, bound_s: float = 60) -> str:
        with self.results:
            return self.evening.run(self.conductor, self.ears, self.speaker, {"level": 2}, bound_s, self._calibrated)

    def _calibrated(self) -> Calibrated | None:
        return FIRST_WORDS if len(self.ears.microphone) == self._calibrated_after_blocks else None

    def names(self) -> list[str]:
        return [str(event["event"]) for event in self.events]

    def _keep(self, event: Mapping[str, object]) -> str | None:
        self.events.append(event)
        return "The disk is full." if self.full[-1:] == [True] else None


def test_a_question_is_answered_heard_and_ends_the_session() -> None:
    session = Session()
    assert session.run() == "stopped"
    assert session.names() == ["session_started", "line_started", "question", "user_spoke", "heard", "line_ended", "session_ended"]
    spoke = session.events[3]
    assert session.events[0]["level"] == 2
    assert (spoke["text"], spoke["at_s"], spoke["from_s"], spoke["to_s"]) == ("yes", 1.5, 1.5, 2.0)
    assert 1.5 < float(str(session.events[4]["at_s"])) < 1.6


def test_what_is_suspected_hushes_the_speaker_in_the_same_step() -> None:
    session = Session()
    session.run()
    assert session.speaker.hushed_at[0] == round(session.conductor.heard[0].at_s * VOICE_RATE_HZ)


def test_the_ears_get_what_the_speaker_played_in_the_same_block_and_the_echo_only_later() -> None:
    session = Session(answers="none", patience_s=4, room=RoomPlan(near_db=-60, echo_db=0, echo_delay_ms=100))
    session.run()
    played, microphone = np.concatenate(session.ears.played), np.concatenate(session.ears.microphone)
    assert abs(int(np.flatnonzero(np.abs(played) > 0.02)[0]) - 8000) < 40
    size = len(played) * 2
    lag = int(np.argmax(np.fft.irfft(np.fft.rfft(microphone, size) * np.conj(np.fft.rfft(played, size)))))
    assert lag == 1600 - 21


def test_nobody_speaks_and_the_session_ends_by_itself() -> None:
    session = Session(answers="none", patience_s=5)
    assert session.run() == "silence"
    assert session.conductor.heard == []


def test_a_session_that_never_ends_is_given_up_and_its_log_is_whole() -> None:
    session = Session(answers="none")
    assert session.run(bound_s=3) == "fault"
    assert session.names()[-3:] == ["fault", "line_ended", "session_ended"]
    assert session.events[-1]["outcome"] == "fault"


def test_killed_leaves_a_journal_without_an_end_and_a_log_that_says_so(tmp_path: Path) -> None:
    faults = [FaultPlan("killed", on=Trigger((("event", "user_spoke"),)), after_s=0.0)]
    session = Session(tmp_path, room=RoomPlan(near_db=-60), faults=faults)
    assert session.run() == "interrupted"
    assert session.names()[-1] == "user_spoke"
    log = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [event["event"] for event in log[-2:]] == ["line_ended", "session_ended"]
    assert log[-1] == {"at_s": 1.52, "event": "session_ended", "outcome": "interrupted", "by": "rehearsal"}


def test_a_lost_microphone_gives_zeros_and_is_told_within_two_seconds_and_when_it_is_back() -> None:
    session = Session(answers="none", patience_s=12, faults=[FaultPlan("microphone_lost", at_s=4, for_s=3)])
    session.run()
    silent = [index for index, block in enumerate(session.ears.microphone) if not block.any()]
    assert (silent[0], silent[-1]) == (200, 349)
    (fault_s, fault), (back_s, back) = session.conductor.told
    assert isinstance(fault, Fault)
    assert isinstance(back, Recovered)
    assert fault.what == back.what == "microphone"
    assert 4 < fault_s <= 6
    assert abs(back_s - 7) < 0.03
    assert session.ears.forgot == [350]


@pytest.mark.parametrize(("what", "within_s"), [("microphone_silent", 2.1), ("microphone_faint", 8.0)])
def test_a_microphone_that_is_there_and_hears_nothing_is_noticed_by_the_programs_own_watch(what: str, within_s: float) -> None:
    faults = [FaultPlan(what, at_s=30, for_s=20)]
    session = Session(answers="none", patience_s=60, room=RoomPlan(near_db=-60, echo_db=14), faults=faults)
    session.speaker = Talking()
    session.run(bound_s=80)
    (fault_s, fault), (back_s, back) = session.conductor.told
    assert isinstance(fault, Fault)
    assert fault.what == "microphone"
    assert 30 < fault_s <= 30 + within_s
    assert back == Recovered("microphone")
    assert 50 <= back_s < 53
    assert session.ears.forgot == [round(back_s / 0.02) - 1]


def test_a_speaker_that_is_there_and_is_not_heard_is_noticed_too() -> None:
    faults = [FaultPlan("speaker_off", at_s=30)]
    session = Session(answers="none", patience_s=60, room=RoomPlan(near_db=-60, echo_db=14), faults=faults)
    session.speaker = Talking()
    session.run(bound_s=80)
    ((fault_s, fault),) = session.conductor.told
    assert isinstance(fault, Fault)
    assert fault.what == "inaudible"
    assert 48 <= fault_s <= 54


def test_a_lost_speaker_is_not_heard_in_the_room() -> None:
    room = RoomPlan(near_db=-44, echo_db=0)
    session = Session(answers="none", patience_s=10, room=room, faults=[FaultPlan("speaker_lost", at_s=4, for_s=3)])
    session.run()
    loud = np.array([float(np.sqrt(np.mean(block**2))) > 0.003 for block in session.ears.microphone])
    assert loud[60:195].all()
    assert not loud[210:345].any()
    assert loud[360:490].all()
    assert len(loud) > 490
    assert [event.what for _, event in session.conductor.told if isinstance(event, Fault)] == ["speaker"]


def test_a_stuck_recogniser_misses_its_sound_and_then_hears_on_at_the_right_time() -> None:
    late = Saying("[[say]]", Trigger((("event", "recovered"),)), 1.0, "stop", "en-us")
    session = Session(answers="none", says=[late], faults=[FaultPlan("recognizer_stuck", at_s=3, for_s=4)])
    assert session.run() == "stopped"
    heard_s, spoke_s = session.conductor.heard[0].at_s, next(e["from_s"] for e in session.events if e["event"] == "user_spoke")
    assert 0 < heard_s - float(str(spoke_s)) < 0.1
    assert len(session.ears.microphone) == round((heard_s - 4) / 0.02)
    assert [event.what for _, event in session.conductor.told if isinstance(event, Fault)] == ["recognizer"]


def test_what_the_first_words_told_of_the_room_is_handed_on_at_its_time() -> None:
    session = Session(answers="none", patience_s=4, calibrated_after_blocks=100)
    session.run()
    assert session.conductor.told == [(2.0, FIRST_WORDS)]


def test_a_full_disk_is_told_when_it_is_noticed_and_when_there_is_room_again() -> None:
    ticking = Saying("[[say]]", Trigger((("event", "user_spoke"),), every=True), 0.5, "tick", "en-us")
    starting = Saying("[[say]]", Trigger((("event", "question"),)), 0.5, "tick", "en-us")
    room = RoomPlan(near_db=-60)
    session = Session(says=[starting, ticking], patience_s=12, room=room, faults=[FaultPlan("disk_full", at_s=4, for_s=3)])
    session.run()
    assert session.full == [True, False]
    assert [(type(event), getattr(event, "what", "")) for _, event in session.conductor.told] == [(Fault, "disk"), (Recovered, "disk")]


def test_events_are_in_order_of_time() -> None:
    session = Session()
    session.run()
    times = [float(str(event["at_s"])) for event in session.events]
    assert all(early <= late for early, late in pairwise(times))


def test_the_same_seed_gives_the_same_events_and_the_same_sound() -> None:
    first, second = Session(), Session()
    first.run()
    second.run()
    assert first.events == second.events
    assert np.array_equal(np.concatenate(first.ears.microphone), np.concatenate(second.ears.microphone))


def test_the_recordings_are_what_was_played_and_what_the_ears_got(tmp_path: Path) -> None:
    session = Session(tmp_path / "new" / "out")
    session.run()
    speaker, speaker_hz = soundfile.read(tmp_path / "new/out/speaker.wav")
    microphone, microphone_hz = soundfile.read(tmp_path / "new/out/microphone.wav", dtype="float32")
    assert (speaker_hz, microphone_hz) == (24000, 16000)
    assert np.array_equal(microphone, np.concatenate(session.ears.microphone))
    assert abs(len(speaker) / 24000 - float(str(session.events[-1]["at_s"]))) < 0.05
    assert np.abs(speaker[12000 : 12000 + 4800] - LINE[12000 : 12000 + 4800]).max() < 1e-4


def test_an_interrupted_rehearsal_leaves_a_whole_log() -> None:
    class Interrupting(Speaker):
        def pull(self, n: int) -> Samples:
            if self.pulled > 2 * VOICE_RATE_HZ:
                raise KeyboardInterrupt
            return super().pull(n)

    session = Session(answers="none")
    session.speaker = Interrupting()
    with pytest.raises(KeyboardInterrupt):
        session.run()
    assert session.names()[-2:] == ["line_ended", "session_ended"]
    assert session.events[-1]["outcome"] == "interrupted"
