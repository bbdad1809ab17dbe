"""What may take long, done aside: a disk or a terminal that stands still delays no order."""

import queue
import threading
from collections.abc import Callable
from contextlib import ExitStack

from voicecoach.onlookers.broker.trying import Tell

Deed = Callable[[], object]


class Aside:
    """Does one deed after the other on a thread of its own. A deed never fails."""

    def __init__(self) -> None:
        self._deeds: queue.SimpleQueue[Deed | None] = queue.SimpleQueue()
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

    def end(self) -> None:
        """Nothing more is handed over; what was is still done. Returns at once."""
        self._deeds.put(None)

    def _run(self) -> None:
        while (deed := self._deeds.get()) is not None:
            deed()
            self._done += 1


def told_aside(tell: Tell, ends: ExitStack) -> Tell:
    """`tell`, for a thread that may not wait, until `ends`."""
    aside = Aside()
    ends.callback(aside.end)
    return lambda sentence: aside(lambda: tell(sentence))
