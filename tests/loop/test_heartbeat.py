"""The watch over the main loop, and what it tells."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK
from voicecoach.anew import GIVEN_UP, MOST_RESTARTS, WITHIN_S, WORD, carried_over, restarts_left, times
from voicecoach.commands.vitals import urgent_in
from voicecoach.heartbeat import HUNG_AFTER_S, LOOK_S, OVERSLEPT_S, SILENT_AFTER_S, Pulse
from voicecoach.live import Inbox, Typed
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import Intent
from voicecoach.notify import ALIVE, READY, STOPPING, Relay, told
from voicecoach.understanding.meaning import GRAVE, Meaning

ROOT = Path(__file__).resolve().parents[2]


class Session:
    """Whose parts live as long as they are let."""

    def __init__(self) -> None:
        self.steps = self.samples = 0
        self.deaf = False
        self.now_s = 100.0
        self.happened: list[tuple[str, float]] = []
        self.pulse = Pulse(self, lambda: self._note("silence"), lambda: self._note("renew"), lambda: self._note("alive"))

    def _note(self, what: str) -> None:
        self.happened.append((what, self.now_s))

    def last(self, seconds: float, *, loop: bool = True, sound: bool = True) -> list[tuple[str, float]]:
        """So long, with looks at it; what that led to."""
        seen = len(self.happened)
        for _ in range(round(seconds / LOOK_S)):
            self.now_s += LOOK_S
            self.steps += loop
            self.samples += sound
            self.pulse.look(self.now_s)
        return self.happened[seen:]


def test_while_all_parts_live_that_is_told_at_every_look() -> None:
    session = Session()
    assert [what for what, _ in session.last(10)] == ["alive"] * 19


@pytest.mark.parametrize("dead", ["loop", "sound", "ears"])
def test_when_one_part_is_dead_nobody_is_told_that_it_lives(dead: str) -> None:
    session = Session()
    session.last(2)
    session.deaf = dead == "ears"
    assert "alive" not in {what for what, _ in session.last(4, loop=dead != "loop", sound=dead != "sound")}


def test_a_loop_that_hangs_is_silenced_once_and_then_begun_anew() -> None:
    session = Session()
    session.last(2)
    since_s = session.now_s
    silenced, renewed = session.last(HUNG_AFTER_S + LOOK_S, loop=False)
    assert silenced[0] == "silence"
    assert SILENT_AFTER_S < silenced[1] - since_s <= SILENT_AFTER_S + LOOK_S
    assert renewed[0] == "renew"
    assert HUNG_AFTER_S < renewed[1] - since_s <= HUNG_AFTER_S + LOOK_S


def test_a_loop_that_comes_to_itself_in_time_is_left_alone() -> None:
    session = Session()
    session.last(2)
    session.last(SILENT_AFTER_S + 1, loop=False)
    assert {what for what, _ in session.last(60)} == {"alive"}
    assert [what for what, _ in session.last(SILENT_AFTER_S + 1, loop=False)] == ["silence"]


def test_a_machine_that_slept_is_no_loop_that_hangs() -> None:
    session = Session()
    session.last(2)
    for _ in range(20):
        session.now_s += OVERSLEPT_S + 0.1
        session.pulse.look(session.now_s)
    assert not {"silence", "renew"} & {what for what, _ in session.happened}


def test_it_begins_anew_three_times_in_ten_minutes_and_no_more() -> None:
    assert restarts_left([], 1000.0)
    assert restarts_left([990.0] * (MOST_RESTARTS - 1), 1000.0)
    assert not restarts_left([990.0] * MOST_RESTARTS, 1000.0)
    assert restarts_left([990.0 - WITHIN_S] * MOST_RESTARTS, 1000.0)
    assert restarts_left([2000.0] * MOST_RESTARTS, 1000.0), "the machine was started meanwhile"


def test_a_program_that_always_hangs_begins_anew_three_times_and_then_ends_with_a_sentence() -> None:
    program = "print('begun', flush=True); from voicecoach.anew import begin_anew; begin_anew(None)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.stdout.split() == ["begun"] * (1 + MOST_RESTARTS)
    assert ran.stderr.strip() == GIVEN_UP
    assert ran.returncode == 4


def test_what_the_environment_says_of_earlier_beginnings_may_be_nonsense() -> None:
    assert times({}) == []
    assert times({"VOICECOACH_BEGUN_ANEW": "1.5 20.0"}) == [1.5, 20.0]
    assert times({"VOICECOACH_BEGUN_ANEW": "yesterday"}) == []


def test_a_word_that_was_not_obeyed_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WORD, "pain")
    assert carried_over() == Meaning(Intent.PAIN)
    assert WORD not in os.environ
    monkeypatch.setenv(WORD, "distress grave")
    assert carried_over() == GRAVE
    assert carried_over() is None
    monkeypatch.setenv(WORD, "louder")
    assert carried_over() is None


def test_a_safety_word_that_nobody_took_from_the_inbox_is_found_in_it() -> None:
    inbox = Inbox()
    for said in ("louder", "pain", "louder"):
        inbox.put(Heard(Stage.CONFIRMED, said, said, 1.0))
    inbox.put(Heard(Stage.SUSPECTED, "stop", "stop", 1.0))
    assert urgent_in(inbox.left(), PHRASEBOOK) == Meaning(Intent.PAIN)
    inbox.put(Typed("louder"))
    assert urgent_in(inbox.left(), PHRASEBOOK) is None
    inbox.put(Typed("It hurts!"))
    assert urgent_in(inbox.left(), PHRASEBOOK) == Meaning(Intent.PAIN)


def test_a_safety_word_at_which_the_loop_hangs_counts_as_one_that_was_not_obeyed_and_one_behind_it_that_was_does_not() -> None:
    inbox = Inbox()
    inbox.put(Heard(Stage.CONFIRMED, "pain", "pain", 1.0))
    inbox.take()
    assert urgent_in(inbox.left(), PHRASEBOOK) == Meaning(Intent.PAIN)
    inbox.take()
    assert urgent_in(inbox.left(), PHRASEBOOK) is None


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (("pain", "stop"), Meaning(Intent.PAIN)),
        (("help me", "my back hurts", "stop"), Meaning(Intent.PAIN)),
        (("my leg is numb", "help me", "stop"), Meaning(Intent.NERVE)),
        (("chest pain", "pain", "stop"), GRAVE),
    ],
)
def test_of_several_safety_words_that_were_not_obeyed_the_gravest_counts(said: tuple[str, ...], counts: Meaning) -> None:
    inbox = Inbox()
    for phrase in said:
        inbox.put(Heard(Stage.CONFIRMED, phrase, phrase, 1.0))
    assert urgent_in(inbox.left(), PHRASEBOOK) == counts


@pytest.mark.parametrize("kind", ["a file", "a name without a file"])
def test_the_service_manager_is_told_through_its_socket(tmp_path: Path, kind: str) -> None:
    address = str(tmp_path / "notify") if kind == "a file" else f"@voicecoach-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address.replace("@", "\0", 1))
        assert told(ALIVE, {"NOTIFY_SOCKET": address})
        assert manager.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", ["", "nowhere", "/nowhere/at/all", "example.org:80"])
def test_where_nobody_listens_nobody_is_told_and_nothing_fails(address: str) -> None:
    assert not told(ALIVE, {"NOTIFY_SOCKET": address} if address else {})


def test_a_session_s_sign_of_life_is_handed_on_and_its_end_isn_t_the_service_s(tmp_path: Path) -> None:
    address, relay = str(tmp_path / "notify"), Relay()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(address)
        manager.settimeout(0)
        for line in (f"{READY}\nSTATUS=A session is going on.", ALIVE, STOPPING, "MAINPID=1"):
            assert told(line, {"NOTIFY_SOCKET": relay.address})
        relay.hand_on({"NOTIFY_SOCKET": address})
        relay.close()
        assert [manager.recv(100) for _ in range(2)] == [b"STATUS=A session is going on.", b"WATCHDOG=1"]
        with pytest.raises(BlockingIOError):
            manager.recv(100)
    assert not told(ALIVE, {"NOTIFY_SOCKET": relay.address})
