"""Many speakers on one broker that keeps dying: whether every summary arrives, how often, and what a dead broker costs a session.

python -m benchmarks.speakers [--speakers 50] [--sessions 20] [--restarts 6] [--receipts] [--forgetful] runs a real mosquitto, that many
speakers (threads with the program's own client and an outbox on disk each, session after session) and one collector, which dies twice, and
kills or ends the broker in turn meanwhile. --forgetful: the broker keeps nothing on disk. It prints what was sent, has arrived, came twice
and is lost, and how long the session's thread was held by telling the broker of an event.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.mosquitto import KEEPING, Broker, free_port, terms
from voicecoach import outbox
from voicecoach.cli import SWITCH_S
from voicecoach.onlookers.broker import announcing
from voicecoach.onlookers.broker.terms import Terms

EVENTS = 40
BETWEEN_S = 0.02
"""Between two events; a real session has some in a second."""
LATER_S = 10.0
"""How long each of the last sessions lasts, in which nothing happens but that what waits is sent."""
QUIET_S = 60.0
"""So long nothing has to move before what isn't there counts as missing: speakers try again within a minute."""


@dataclass(slots=True)
class Held:
    """How long one call held the session's thread, of all there were."""

    times_s: list[float] = field(default_factory=list)

    def told(self) -> str:
        """One line of figures."""
        times_ms = sorted(1000 * one for one in self.times_s)
        median, rare, longest = (times_ms[round(share * (len(times_ms) - 1))] for share in (0.5, 0.999, 1.0))
        return f"{len(times_ms)} events, median {median:.3f} ms, 99.9% {rare:.2f} ms, longest {longest:.1f} ms"


def unheard(said: object) -> None:
    """Nobody has hands here, and nobody reads what is told."""
    del said


def a_session(told_to: Terms, folder: Path, held: Held, between_s: float) -> None:
    """One, from its first event to its end."""
    with ExitStack() as ends:
        (onlooker,) = announcing.begin(told_to, folder, unheard, ends, unheard)
        for event in events():
            began_s = time.perf_counter()
            onlooker.event(event)
            held.times_s.append(time.perf_counter() - began_s)
            time.sleep(between_s)


def events() -> Iterator[dict[str, object]]:
    """A session's, in short."""
    yield {"at_s": 0.0, "event": "session_started", "started_at": "2026-11-24T18:00:00+01:00", "level": "both_2x10"}
    for n in range(EVENTS):
        yield {"at_s": float(n), "event": "phase", "from": "set", "to": "hold" if n % 2 else "set"}
    yield {"at_s": 700.0, "event": "session_ended", "outcome": "finished", "reps": 20, "sets": 2, "pain_before": 1, "pain_after": 1}


class Speakers:
    """All of them, in `folder`: a thread each, session after session, and then empty ones until what waits is gone."""

    def __init__(self, folder: Path, broker: Broker, options: argparse.Namespace) -> None:
        self.held = Held()
        self._folder = folder
        self._port = broker.port
        self._options = options
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._live, args=(n,)) for n in range(options.speakers)]

    def start(self) -> None:
        """All of them begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """They have had time enough."""
        self._enough.set()
        for thread in self._threads:
            thread.join()

    @property
    def waiting(self) -> int:
        """What no speaker has got rid of."""
        return sum(len(outbox.waiting(folder)) for folder in self._folder.glob("speaker_*"))

    def _live(self, number: int) -> None:
        folder = self._folder / f"speaker_{number:02}"
        told_to = terms(self._port, id=folder.name, share=frozenset({"outcome", "reps"}), receipts=self._options.receipts)
        for _ in range(self._options.sessions):
            a_session(told_to, folder, self.held, BETWEEN_S)
        while outbox.waiting(folder) and not self._enough.is_set():
            with ExitStack() as ends:
                list(announcing.begin(told_to, folder, unheard, ends, unheard))
                self._enough.wait(LATER_S)


class Collecting:
    """`voicecoach collect` in a process of its own, which can be killed and started again."""

    def __init__(self, home: Path, port: int) -> None:
        self.folder = home / "collected"
        home.mkdir()
        (home / "settings.toml").write_text(f'[mqtt]\nhost = "127.0.0.1"\nport = {port}\nid = "clinic"\n')
        self._command = [sys.executable, "-m", "voicecoach", "collect", str(self.folder), "--home", str(home)]
        self._process: subprocess.Popen[bytes] | None = None

    def introduce(self) -> None:
        """Once, so that the broker keeps for it what comes from now on."""
        subprocess.run([*self._command, "--for", "1"], check=True)

    def start(self) -> None:
        """Begins, or goes on."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """Without a word."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def there(self) -> int:
        """How many summaries have arrived."""
        return len(list(self.folder.rglob("*.json")))


def count_raw(port: int, into: Path) -> "subprocess.Popen[bytes]":
    """Another reader, which doesn't look whether it has something already: mosquitto_sub, with a lasting session too."""
    command = [shutil.which("mosquitto_sub") or "mosquitto_sub", "-p", str(port), "-t", "voicecoach/+/sessions/+", "-F", "%t"]
    lasting = ["-q", "1", "-i", "raw", "-c", "-x", "3600", "-V", "mqttv5"]
    return subprocess.Popen([*command, *lasting], stdout=into.open("wb"), stderr=subprocess.DEVNULL)


def many(options: argparse.Namespace, folder: Path) -> None:
    """The speakers, the collector and the restarts."""
    lines = ("allow_anonymous true", *(("persistence false", "max_queued_messages 0") if options.forgetful else KEEPING))
    broker = Broker(folder, lines)
    broker.start()
    collecting, speakers = Collecting(folder / "clinic", broker.port), Speakers(folder, broker, options)
    collecting.introduce()
    collecting.start()
    raw = count_raw(broker.port, folder / "raw")
    time.sleep(2.0)
    began_s = time.monotonic()
    speakers.start()
    for n in range(options.restarts):
        time.sleep(3.0)
        broker.end(killed=n % 2 == 0)
        if n in (1, 3):
            collecting.kill()
        time.sleep(1.0)
        broker.start()
        if n in (1, 3):
            collecting.start()
    wanted, before, changed_s = options.speakers * options.sessions, (0, 0), time.monotonic()
    while time.monotonic() - changed_s < QUIET_S and (before[0] < wanted or before[1]):
        now = (collecting.there, speakers.waiting)
        before, changed_s = now, changed_s if now == before else time.monotonic()
        time.sleep(0.5)
    took_s = time.monotonic() - began_s
    speakers.end()
    collecting.kill()
    raw.terminate()
    raw.wait()
    broker.end()
    copies = len((folder / "raw").read_text().split())
    print(f"{options.speakers} speakers, {options.restarts} restarts of the broker, every other a kill, 2 of the collector; {took_s:.0f} s")
    print(f"summaries made {wanted}, arrived {collecting.there}, waiting {speakers.waiting}, missing {wanted - collecting.there}")
    print(f"copies that a reader got which doesn't look: {copies}, {len(set((folder / 'raw').read_text().split()))} of them different")
    print(f"telling of an event, all speakers on this machine at once: {speakers.held.told()}")


def dead(folder: Path) -> None:
    """What a broker that isn't there, or says nothing, costs one session at its events and at its end."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for what, port in (("nobody listens", free_port()), ("it takes the call and says nothing", silent.getsockname()[1])):
            held, began_s = Held(), time.monotonic()
            a_session(terms(port), folder / "nobody", held, 0.1)
            took_s, wanted_s = time.monotonic() - began_s, 0.1 * (EVENTS + 2)
            print(f"{what}: {held.told()}; the session took {took_s:.1f} s, {wanted_s:.1f} of them its own")


def main() -> None:
    """Runs both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speakers", type=int, default=50)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--restarts", type=int, default=6)
    parser.add_argument("--receipts", action="store_true")
    parser.add_argument("--forgetful", action="store_true")
    options = parser.parse_args()
    sys.setswitchinterval(SWITCH_S)
    with tempfile.TemporaryDirectory() as folder:
        dead(Path(folder))
        many(options, Path(folder))


if __name__ == "__main__":
    main()
