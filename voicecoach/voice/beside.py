"""Makes sentences beside a session: what is wanted now comes first, and the stock whenever nothing is.

A voice that sounds like a person takes seconds to load, and on a small machine too long for an answer. A session waits for it a moment at
most; what isn't there by then somebody else says, and it lies on the shelf the next time. When there is nothing to make, the engine is
let go, with the 200 MB that it may have.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TypeAlias

from voicecoach.errors import CoachError
from voicecoach.messages.sound import Pcm
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.shelf import Shelf

IN_TIME_S = 0.3
"""So long a session waits for a sentence that isn't on the shelf: with a loaded engine enough for any here, and no pause to be noticed."""
IDLE_S = 60.0
"""The engine is let go then. The names come in the first minute of a session; what has none in it is mostly kept."""
PATIENCE_S = 3.0
"""For the sentence in the making when the session is over; an engine that hangs isn't waited for."""
WARM_UP = "Hello."
"""Made first, so that the names, which are never kept, find the engine loaded."""


RELEASE = "release"
Job: TypeAlias = tuple[str, bool, Future[Pcm]]
"""A text, whether it is kept, and where its sound is wanted."""


class LateError(Exception):
    """A sentence isn't there in time. It will be, the next time."""


class Beside:
    """Sentences of one renderer, whose engine has to be known without a worker where `pcm` is used. For one thread, but has its own."""

    def __init__(
        self,
        folder: Path,
        renderer: Renderer,
        stocked: Iterable[str],
        left: Callable[[int], None] = lambda _: None,
        in_time_s: float = IN_TIME_S,
        idle_s: float = IDLE_S,
    ) -> None:
        """`renderer` is for this object alone. `stocked` are to be made in any case; `left` is told, on the own thread, how many wait."""
        self._renderer = renderer
        self._found = Shelf(folder, renderer)
        self._made = Shelf(folder, renderer)
        self._stock = deque(stocked)
        self._left = left
        self._in_time_s, self._idle_s = in_time_s, idle_s
        self._jobs: SimpleQueue[Job | str | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="voice beside", daemon=True)
        self._thread.start()

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        """The sound of `text`, from the shelf or made in time. Raises LateError, and as Renderer.render."""
        found = self._found.kept(text)
        if found is not None:
            return found
        made: Future[Pcm] = Future()
        self._jobs.put((text, kept, made))
        try:
            return made.result(self._in_time_s)
        except TimeoutError:
            raise LateError from None

    def let_go(self) -> None:
        """The engine is not wanted for a while: another voice or rate is spoken. What is asked for all the same has it loaded again."""
        self._jobs.put(RELEASE)

    def end(self) -> None:
        """Make no more. A thread that is left in the middle of a resampler's C++ when Python goes takes the whole process with it."""
        self._jobs.put(None)
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        with suppress(CoachError):  # whoever wants a sentence meets it again
            self._renderer.render(WARM_UP)
        while (job := self._next()) is not None:
            self._make(*job)
        self._renderer.close()

    def _make(self, text: str, kept: bool, made: Future[Pcm]) -> None:
        try:
            made.set_result(self._made.pcm(text, kept=kept))
        except CoachError as error:
            self._stock.clear()
            made.set_exception(error)

    def _next(self) -> Job | None:
        while True:
            try:
                job = self._jobs.get(timeout=0 if self._stock else self._idle_s)
            except Empty:
                if self._stock:
                    self._left(len(self._stock) - 1)
                    return self._stock.popleft(), True, Future()
                self._renderer.close()
                job = self._jobs.get()
            if not isinstance(job, str):
                return job
            self._renderer.close()
