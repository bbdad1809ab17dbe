"""Has the broker know what goes on in a session, as far as the settings share it."""

import importlib.metadata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from voicecoach import outbox
from voicecoach.onlookers.broker.aside import told_aside
from voicecoach.onlookers.broker.courier import Courier
from voicecoach.onlookers.broker.orders import Orders
from voicecoach.onlookers.broker.telling import Telling
from voicecoach.onlookers.broker.terms import Terms
from voicecoach.onlookers.broker.trying import Tell, unfailing
from voicecoach.onlookers.onlooker import Hands, Onlooker


def begin(terms: Terms | None, folder: Path, hands: Hands, ends: ExitStack, tell: Tell) -> Iterator[Onlooker]:
    """Who watches for the broker, if there is one; it is ended with `ends`. `folder` is of what waits to be sent."""
    if terms is None:
        return
    told = told_aside(unfailing(tell), ends)
    courier = Courier(terms, importlib.metadata.version("voicecoach"), folder, Orders(hands), told)
    announcer = Announcer(terms, folder, courier, told)
    ends.callback(announcer.end)
    courier.start()
    yield announcer


class Announcer:
    """Watches one session."""

    def __init__(self, terms: Terms, folder: Path, courier: Courier, tell: Tell) -> None:
        self._telling = Telling(terms)
        self._folder = folder
        self._courier = courier
        self._tell = tell

    def event(self, event: Mapping[str, object]) -> None:
        """Takes it in; nothing is written or sent here."""
        self._telling.event(event)
        self._courier.show(self._telling.state)

    def end(self) -> None:
        """The session is over: its summary is put where it waits, and sent if the broker is there."""
        try:
            for person in self._telling.forgotten:
                outbox.forget(self._folder, person)
            for post in self._telling.posts:
                outbox.put(self._folder, post)
        except OSError as error:
            self._tell(f"The session's summary can't be put where it waits for the broker ({error.strerror}).")
        self._courier.end()
