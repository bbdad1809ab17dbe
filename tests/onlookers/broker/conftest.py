"""A broker that is there, one that is not yet, and a session that tells it of itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.mosquitto import NO_BROKER, PATIENCE_S, Broker, Listener, running, terms
from voicecoach.messages.intents import Intent
from voicecoach.onlookers.broker import announcing
from voicecoach.onlookers.broker.terms import Terms
from voicecoach.onlookers.onlooker import Onlooker


class Session:
    """One that tells a broker of itself; what hands did and what was told are kept."""

    def __init__(self, told_to: Terms, folder: Path) -> None:
        self.done: SimpleQueue[Intent] = SimpleQueue()
        self.told: SimpleQueue[str] = SimpleQueue()
        self._ends = ExitStack()
        self._onlookers: Sequence[Onlooker] = list(announcing.begin(told_to, folder, self.done.put, self._ends, self.told.put))
        self.event("session_started", started_at="2026-11-24T18:00:00+01:00")

    def event(self, event: str, **fields: object) -> None:
        """Something happens in it."""
        for onlooker in self._onlookers:
            onlooker.event({"at_s": 60.0, "event": event, **fields})

    def end(self, outcome: str = "finished") -> None:
        """It is over."""
        self.event("session_ended", outcome=outcome, reps=3, sets=1, pain_before=1, pain_after=2)
        self._ends.close()

    def says(self, part: str) -> str:
        """The next sentence with that in it."""
        while part not in (sentence := self.told.get(timeout=PATIENCE_S)):
            pass
        return sentence


Begin = Callable[..., Session]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where things wait to be sent."""
    return tmp_path / "outbox"


@pytest.fixture
def begin(folder: Path) -> Iterator[Begin]:
    """Begins a session that tells a broker of itself."""
    with ExitStack() as ends:

        def begun(port: int, **more: object) -> Session:
            session = Session(terms(port, **more), folder)
            ends.callback(session._ends.close)
            return session

        yield begun


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """One that is there."""
    if NO_BROKER:
        pytest.skip(NO_BROKER)
    (tmp_path / "broker").mkdir()
    with running(tmp_path / "broker") as there:
        yield there


@pytest.fixture
def listener(broker: Broker) -> Iterator[Listener]:
    """Somebody who hears everything on it."""
    there = Listener(terms(broker.port))
    yield there
    there.end()
