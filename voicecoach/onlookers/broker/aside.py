"""What may take long, done aside: a disk or a terminal that stands still delays no order."""

import queue
import threading
from collections.abc import Callable

from voicecoach.onlookers.broker.trying import Tell

Deed = Callable[[], object]


class Aside:
    """Does one deed after the other on a thread of its own. A deed never fails."""

    def __init__(self) -> None:
        self._deeds: queue.SimpleQueue[Deed] = queue.SimpleQueue()
        self._handed = self._done = 0
        threading.Thread(target=self._run, name="aside", daemon=True).start()

    def __call__(self, deed: Deed) -> None:
        """Hands it over, from one thread. Returns at once."""
        self._handed += 1
        self._deeds.put(deed)

    @property
    def busy(self) -> bool:
        """Whether something is still to be done."""
        return self._done < self._handed

    def _run(self) -> None:
        while True:
            self._deeds.get()()
            self._done += 1


def told_aside(tell: Tell) -> Tell:
    """`tell`, for a thread that may not wait."""
    aside = Aside()
    return lambda sentence: aside(lambda: tell(sentence))
