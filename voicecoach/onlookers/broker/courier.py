"""Brings to the broker what is to be known, and orders back, on a thread of its own. A broker that is away costs nobody else a moment."""

import json
import threading
import time
from contextlib import suppress
from pathlib import Path

from voicecoach import outbox
from voicecoach.onlookers.broker.aside import Aside
from voicecoach.onlookers.broker.connection import Connection
from voicecoach.onlookers.broker.discovery import ANSWER, AVAILABILITY, OFFLINE, ONLINE, ORDER, RECEIVED, STATE, discovery
from voicecoach.onlookers.broker.orders import DONE, Orders
from voicecoach.onlookers.broker.telling import IDLE
from voicecoach.onlookers.broker.terms import Terms
from voicecoach.onlookers.broker.trying import Tell, Trying
from voicecoach.outbox import Post

TURN_S = 0.1
"""How soon a new state is on its way."""
AT_ONCE = 16
"""So many summaries are on their way at a time; the others wait on disk."""
LONGEST_ORDER = 40
PATIENCE_S = 2.0
"""How long the end of a session may wait for the broker."""


class Courier:
    """From `start` to `end`. `show` and `end` are the session's, all else is the thread's, and so is `tell`, which never fails."""

    def __init__(self, terms: Terms, version: str, folder: Path, orders: Orders, tell: Tell) -> None:
        self._terms = terms
        self._version = version
        self._folder = folder
        self._orders = orders
        self._tell = tell
        self._wanted = IDLE
        self._shown = ""
        self._trying = Trying(terms.host, tell)
        self._posts: dict[str, Post | None] = {}
        self._on_their_way: set[str] = set()
        self._files = Aside()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="broker", daemon=True)

    def start(self) -> None:
        """Begins to try."""
        self._thread.start()

    def show(self, state: str) -> None:
        """What is going on now; only the last counts. Returns at once."""
        self._wanted = state

    def end(self) -> None:
        """Sends what is left if that can be done within PATIENCE_S, and gives up."""
        self._ending.set()
        self._thread.join(PATIENCE_S)
        self._files.end()

    def _run(self) -> None:
        while True:
            wait_s = self._trying.attempt(self._connected)
            if self._ending.is_set():
                return
            self._ending.wait(wait_s)  # the end of a session is one more try

    def _connected(self) -> str:
        """One connection, from its beginning to the session's end, or to its loss, which it gives a sentence about."""
        terms = self._terms
        will = (terms.below(AVAILABILITY), OFFLINE)
        self._posts.clear()
        self._on_their_way.clear()
        with Connection(terms, f"voicecoach-{terms.id}", self._heard, will=will) as connection:
            self._connection, self._shown = connection, ""
            connection.send(*discovery(terms, self._version), kept=True)
            connection.send(terms.below(AVAILABILITY), ONLINE, kept=True)
            for topic in (ORDER, f"{RECEIVED}/+"):
                connection.listen(terms.below(topic))
            until_s = float("inf")
            while connection.turn(TURN_S):
                if self._ending.is_set():
                    until_s = min(until_s, time.monotonic() + PATIENCE_S)
                if self._all_sent(connection):
                    self._trying.say(connection.trouble and f"The broker {terms.host} refuses something ({connection.trouble}).")
                    if self._ending.is_set():
                        return self._trying.told
                if time.monotonic() > until_s:
                    return self._trying.told
            why = connection.trouble or f"without a word; perhaps another speaker has the id {terms.id} too"
            return f"The broker {terms.host} is gone ({why}). What it should know waits."

    def _all_sent(self, connection: Connection) -> bool:
        """Sends what there is to send, and says whether the broker has all of it."""
        if self._shown != self._wanted and not connection.awaiting:
            self._shown = self._wanted
            connection.send(self._terms.below(STATE), self._shown, kept=True)
        with suppress(OSError):  # a disk that fails is the journal's to tell
            for path in outbox.waiting(self._folder):
                self._send(connection, path)
        return self._shown == self._wanted and not connection.awaiting and not self._files.busy

    def _send(self, connection: Connection, path: Path) -> None:
        if path.name not in self._posts:
            self._posts[path.name] = outbox.read(path)
        post = self._posts[path.name]
        if post is None or path.name in self._on_their_way or (len(self._on_their_way) >= AT_ONCE and not post.kept):
            return
        self._on_their_way.add(path.name)
        taken = (lambda: None) if post.receipt else (lambda: self._arrived(path))
        connection.send(self._terms.below(post.topic), post.text, kept=post.kept, taken=taken)

    def _arrived(self, path: Path) -> None:
        self._files(lambda: self._delete(path))

    def _delete(self, path: Path) -> None:
        """Aside. What can't be deleted now is sent once more with the next connection."""
        with suppress(OSError):
            outbox.gone(path)
            self._on_their_way.discard(path.name)

    def _heard(self, topic: str, text: str, kept: bool) -> None:
        if topic == self._terms.below(ORDER):
            order = text[:LONGEST_ORDER]
            answer = self._orders.obey(order, time.monotonic(), kept=kept)
            if answer != DONE:
                self._tell(f'The order "{order}" that came by the broker is {answer}.')
            self._connection.send(self._terms.below(ANSWER), json.dumps({"order": order, "answer": answer}))
        elif text:  # without, it is the receipt that is taken away here
            of = topic.rpartition("/")[2]
            for path in (path for path in outbox.waiting(self._folder) if outbox.id_in(path) == of):
                self._arrived(path)
            self._connection.send(topic, "", kept=True)
