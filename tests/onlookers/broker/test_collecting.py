"""The other end: every summary once, whatever happens to the broker, the speakers and the collector in between."""

import json
import stat
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.live_session import ROOT
from tests.mosquitto import PATIENCE_S, Broker, Listener, terms
from tests.onlookers.broker.conftest import Begin
from voicecoach import outbox
from voicecoach.onlookers.broker.collecting import Collector

Told = SimpleQueue[str]
LONG_S = 600.0


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """Where the summaries are kept."""
    return tmp_path / "collected"


def collecting(port: int, folder: Path, for_s: float) -> tuple[Collector, Told, threading.Thread]:
    told: Told = SimpleQueue()
    collector = Collector(terms(port, id="clinic"), folder, told.put)
    thread = threading.Thread(target=collector.run, args=(for_s,), daemon=True)
    thread.start()
    return collector, told, thread


def ids(folder: Path) -> set[str]:
    return {outbox.id_in(path) for path in outbox.waiting(folder) if (post := outbox.read(path)) and not post.kept}


def test_a_summary_is_a_file_of_its_own_for_its_owner_only(broker: Broker, begin: Begin, collected: Path) -> None:
    _, told, _ = collecting(broker.port, collected, LONG_S)
    begin(broker.port, id="bed_3").end()
    assert told.get(timeout=PATIENCE_S).startswith("bed_3: ")
    (path,) = collected.rglob("*.json")
    assert json.loads(path.read_text())["id"] == path.stem
    assert path.parent == collected / "bed_3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_was_sent_while_nobody_collected_is_kept_for_the_collector(broker: Broker, begin: Begin, collected: Path) -> None:
    collecting(broker.port, collected, 0.5)[2].join()
    for _ in range(3):
        begin(broker.port).end()
    assert not collected.exists()
    _, told, _ = collecting(broker.port, collected, LONG_S)
    assert len({told.get(timeout=PATIENCE_S) for _ in range(3)}) == 3


def test_one_that_comes_twice_is_kept_once(broker: Broker, listener: Listener, begin: Begin, collected: Path) -> None:
    collector, told, _ = collecting(broker.port, collected, LONG_S)
    begin(broker.port).end()
    told.get(timeout=PATIENCE_S)
    again = listener.until("", '"receipt"')
    listener.say(again.topic, again.text)
    begin(broker.port).end()
    told.get(timeout=PATIENCE_S)
    assert collector.repeated == 1
    assert len(list(collected.rglob("*.json"))) == 2


def test_with_receipts_a_summary_waits_until_a_collector_has_it(broker: Broker, begin: Begin, collected: Path, folder: Path) -> None:
    begin(broker.port, receipts=True).end()
    waits = ids(folder)
    assert len(waits) == 1, "the broker has it, and that is not enough"
    _, told, _ = collecting(broker.port, collected, LONG_S)
    begin(broker.port, receipts=True).end()
    told.get(timeout=PATIENCE_S)
    assert waits <= {path.stem for path in collected.rglob("*.json")}


def test_a_receipt_waits_for_a_speaker_that_is_away_and_is_taken_away_by_it(
    broker: Broker, listener: Listener, begin: Begin, collected: Path, folder: Path
) -> None:
    _, told, _ = collecting(broker.port, collected, LONG_S)
    begin(broker.port, receipts=True).end()
    told.get(timeout=PATIENCE_S)
    (path,) = collected.rglob("*.json")
    receipt = listener.until(f"received/{path.stem}", "1")
    session = begin(broker.port, receipts=True)
    while listener.until(receipt.topic).text:  # one may have come twice
        pass
    assert ids(folder) == set()
    session.end()


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("voicecoach/bed_3/sessions/0123456789abcdef0123456789abcdef", "no JSON"),
        ("voicecoach/bed_3/sessions/0123456789abcdef0123456789abcdef", '{"id": "another"}'),
        ("voicecoach/bed_3/sessions/0123456789abcdef0123456789abcdef", "[1]"),
        ("voicecoach/../sessions/0123456789abcdef0123456789abcdef", '{"id": "0123456789abcdef0123456789abcdef"}'),
        ("voicecoach/bed_3/sessions/..", '{"id": ".."}'),
    ],
)
def test_what_is_no_summary_is_passed_over_and_said(topic: str, text: str, broker: Broker, listener: Listener, collected: Path) -> None:
    collecting(broker.port, collected, 0.5)[2].join()  # from now on the broker keeps what comes for it
    listener.say(topic, text)
    _, told, _ = collecting(broker.port, collected, LONG_S)
    assert "is no summary" in told.get(timeout=PATIENCE_S)
    assert not collected.exists()


def test_where_it_can_not_be_written_the_broker_keeps_it_until_it_can(broker: Broker, begin: Begin, collected: Path) -> None:
    collected.write_text("a file in the way")
    _, told, _ = collecting(broker.port, collected, LONG_S)
    begin(broker.port).end()
    assert "can't be written" in told.get(timeout=PATIENCE_S)
    collected.unlink()
    while not (sentence := told.get(timeout=PATIENCE_S)).startswith("living_room: "):
        assert "is there" in sentence


@pytest.fixture
def home(tmp_path: Path, broker: Broker) -> Path:
    """A clinic's home that names the broker."""
    (tmp_path / "settings.toml").write_text(f'[mqtt]\nhost = "127.0.0.1"\nport = {broker.port}\nid = "clinic"\n')
    return tmp_path


def collect(*words: str) -> tuple[int, str]:
    ran = subprocess.run([sys.executable, "-m", "voicecoach", "collect", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout + ran.stderr


def test_the_command_collects_for_as_long_as_it_is_asked_to(home: Path, broker: Broker, begin: Begin, collected: Path) -> None:
    assert collect(str(collected), "--home", str(home), "--for", "0.5") == (0, "")
    begin(broker.port).end()
    code, printed = collect(str(collected), "--home", str(home), "--for", "1")
    (path,) = collected.rglob("*.json")
    assert (code, printed) == (0, f"living_room: {path}\n")


def test_without_a_broker_the_command_says_what_to_write(tmp_path: Path) -> None:
    code, printed = collect(str(tmp_path / "out"), "--home", str(tmp_path))
    assert code == 3
    assert printed.endswith("names no broker. Write [mqtt] into it, with host and id.\n")
