"""What may take long delays no order."""

import queue
import threading
from contextlib import ExitStack

from voicecoach.onlookers.broker.aside import Aside, told_aside

PATIENCE_S = 10.0


def test_whoever_tells_a_terminal_that_stands_still_doesn_t_wait() -> None:
    goes_on, told = threading.Event(), queue.SimpleQueue[str]()

    def tell(sentence: str) -> None:
        goes_on.wait(PATIENCE_S)
        told.put(sentence)

    with ExitStack() as ends:
        say = told_aside(tell, ends)
        say("one")
        say("two")
    assert told.empty()
    goes_on.set()
    assert [told.get(timeout=PATIENCE_S) for _ in range(2)] == ["one", "two"]


def test_it_is_busy_until_all_is_done() -> None:
    goes_on, done = threading.Event(), threading.Event()
    aside = Aside()
    assert not aside.busy
    aside(lambda: goes_on.wait(PATIENCE_S))
    aside(done.set)
    assert aside.busy
    goes_on.set()
    assert done.wait(PATIENCE_S)
