"""A real mosquitto on a port of its own, which can be killed and started again. For tests and benchmarks."""

import queue
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from voicecoach.onlookers.broker.terms import Terms

PROGRAM = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin") or ""
NO_BROKER = "" if PROGRAM else "mosquitto is not installed"
PATIENCE_S = 20.0
"""On a busy machine; what is waited for comes within a second."""
KEEPING = ("persistence true", "autosave_interval 1", "autosave_on_changes true", "max_queued_messages 0")
"""What it has to be told so that a restart loses little."""
OPEN = ("allow_anonymous true", *KEEPING)


class Broker:
    """One on this machine, in `folder`; `lines` are more of its settings. Not yet started."""

    def __init__(self, folder: Path, lines: Sequence[str] = OPEN) -> None:
        self.port = free_port()
        self._config = folder / "mosquitto.conf"
        where = (f"listener {self.port} 127.0.0.1", f"persistence_location {folder}/", "user root")
        self._config.write_text("\n".join((*where, *lines)) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it listens."""
        self._process = subprocess.Popen([PROGRAM, "-c", str(self._config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert self._process.stderr
        for line in self._process.stderr:
            if b"running" in line:
                break
        else:
            raise AssertionError("mosquitto has not started")

    def end(self, *, killed: bool = False) -> None:
        """Ends it, in order or not."""
        if self._process is not None:
            if killed:
                self._process.kill()
            else:
                self._process.terminate()
            self._process.communicate()
            self._process = None


@contextmanager
def running(folder: Path, lines: Sequence[str] = OPEN) -> Iterator[Broker]:
    """A broker that is there."""
    broker = Broker(folder, lines)
    broker.start()
    try:
        yield broker
    finally:
        broker.end()


def free_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def terms(port: int, **more: object) -> Terms:
    """What a speaker's settings say of it."""
    return Terms(**{"host": "127.0.0.1", "id": "living_room", "port": port} | more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Message:
    """What came. `kept`: from before."""

    topic: str
    text: str
    kept: bool


class Listener:
    """Somebody else on the broker, as Home Assistant is: hears everything, and can say something. Ended with `end`."""

    def __init__(self, terms: Terms) -> None:
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._listens = threading.Event()
        self._client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.on_message = lambda _client, _data, message: self._messages.put(
            Message(message.topic, message.payload.decode(), message.retain)
        )
        self._client.on_connect = lambda client, *_: client.subscribe("#", 1)
        self._client.on_subscribe = lambda *_: self._listens.set()
        self._client.connect(terms.host, terms.port)
        self._client.loop_start()
        assert self._listens.wait(PATIENCE_S)

    def until(self, topic: str, text: str = "") -> Message:
        """The next message on a topic that ends so, with `text` in it; all before it is passed over."""
        while True:
            message = self._messages.get(timeout=PATIENCE_S)
            if message.topic.endswith(topic) and text in message.text:
                return message

    def say(self, topic: str, text: str, *, kept: bool = False) -> None:
        """Says it, and waits until the broker has it."""
        self._client.publish(topic, text, 1, kept).wait_for_publish(PATIENCE_S)

    def end(self) -> None:
        """Goes."""
        self._client.disconnect()
        self._client.loop_stop()
