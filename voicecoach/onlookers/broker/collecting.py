"""The other end of many speakers: keeps each session's summary once, as a file, however often it is sent."""

import json
import re
import time
from pathlib import Path

from voicecoach.durable import private_folder, write_whole
from voicecoach.errors import Missing, Unreadable
from voicecoach.onlookers.broker.connection import Connection
from voicecoach.onlookers.broker.discovery import RECEIVED
from voicecoach.onlookers.broker.terms import ID, Terms
from voicecoach.onlookers.broker.trying import Tell, Trying, unfailing

TURN_S = 0.1


class Collector:
    """Keeps summaries in `folder`, a folder a speaker and a file a session, and says so. One thread.

    The broker keeps for it what arrives while it is away. It says that it has a summary only when that is on disk.
    """

    def __init__(self, terms: Terms, folder: Path, tell: Tell) -> None:
        self._terms = terms
        self._folder = folder
        self._tell = unfailing(tell)
        self._topic = re.compile(rf"{re.escape(terms.topic)}/({ID.pattern})/sessions/([0-9a-f]{{32}})")
        self.repeated = 0
        """How often a summary came that was here already."""
        self._reached = False

    def run(self, for_s: float) -> None:
        """Collects for so long. Raises Missing without the library or a broker, and Unreadable where the password can't be read."""
        self._connection = self._new()
        trying, until_s = Trying(self._terms.host, self._tell), time.monotonic() + for_s
        while (left_s := until_s - time.monotonic()) > 0:
            wait_s = trying.attempt(lambda: self._connected(trying, until_s))
            time.sleep(max(0.0, min(wait_s, left_s, until_s - time.monotonic())))
        if not self._reached:
            raise Missing(f"The broker {self._terms.host} was never reached.", "Nothing was collected: look at [mqtt], and at the broker.")

    def _new(self) -> Connection:
        return Connection(self._terms, f"voicecoach-collector-{self._terms.id}", self._heard, lasting=True)

    def _connected(self, trying: Trying, until_s: float) -> str:
        self._connection = self._new()
        with self._connection as connection:
            self._reached = True
            connection.listen(f"{self._terms.topic}/+/sessions/+")
            while connection.turn(TURN_S):
                trying.say(connection.trouble and f"The broker {self._terms.host} refuses something ({connection.trouble}).")
                if time.monotonic() > until_s:
                    return trying.told
            return f"The broker {self._terms.host} is gone ({connection.trouble or 'without a word'})."

    def _heard(self, topic: str, text: str, kept: bool) -> None:
        del kept
        place = self._topic.fullmatch(topic)
        if place is None or not isinstance(summary := _read(text), dict) or summary.get("id") != place[2]:
            self._tell(f"What came on {topic} is no summary, and is passed over.")
            return
        path = self._folder / place[1] / f"{place[2]}.json"
        if path.exists():
            self.repeated += 1
        else:
            self._keep(path, text)
            self._tell(f"{place[1]}: {path}")
        if summary.get("receipt") is True:
            self._connection.send(f"{self._terms.topic}/{place[1]}/{RECEIVED}/{place[2]}", "1", kept=True)

    def _keep(self, path: Path, text: str) -> None:
        """Raises Unreadable; then the broker isn't told that it is here, and brings it again."""
        try:
            private_folder(path.parent)
            write_whole(path, text.encode())
        except OSError as error:
            raise Unreadable(f"{path} can't be written ({error.strerror}).", "Make room there; the broker keeps what comes.") from None


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
