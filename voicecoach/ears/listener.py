"""The ears' thread."""

import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol, TypeAlias

from voicecoach.messages.heard import Grammar, Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, Samples

QUEUE_BLOCKS = 5000 // BLOCK_MS
"""Five seconds: longer than any hiccup that a person would wait out, and 0.6 MB."""


Blocks: TypeAlias = "queue.Queue[tuple[Samples, Samples] | None]"


class Hearing(Protocol):
    """What listens."""

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on. Any thread."""

    def forget(self) -> None:
        """Sound was missing: begin anew."""

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        """Take the next block of both, and say what was heard."""


class Listener:
    """Feeds blocks of sound to the ears on a thread of its own and hands on what they hear.

    `hush` is called first, and on this thread, for every suspected or confirmed urgent phrase: the speaker falls silent before anybody has
    decided anything. `inbox` takes whatever was heard, on this thread too.
    """

    def __init__(self, ears: Hearing, hush: Callable[[], None], inbox: Callable[[Heard], None]) -> None:
        self._ears = ears
        self._hush = hush
        self._inbox = inbox
        self._blocks: Blocks = queue.Queue(QUEUE_BLOCKS)
        self._thread = self._thread_for(ears)
        self._grammar: Grammar | None = None
        self._failure: Exception | None = None
        self._forgets = False
        self.heartbeat = 0
        """Blocks the ears have finished with. Standing still while `waiting` grows: the recogniser is stuck."""
        self.dropped = 0
        """Blocks thrown away because the ears were more than QUEUE_BLOCKS behind."""

    @property
    def waiting(self) -> int:
        """Blocks that wait for the ears."""
        return self._blocks.qsize()

    @property
    def failure(self) -> Exception | None:
        """What keeps the ears from hearing: the error that the last block met, if it met one. The next block is tried all the same."""
        return self._failure

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def scope(self, grammar: Grammar) -> None:
        """Listen for `grammar` from now on. Any thread."""
        self._grammar = grammar
        self._ears.scope(grammar)

    def renew(self, ears: Hearing) -> None:
        """Listen with these `ears` from now on, on a fresh thread. The old ones, which hang or have died, are heard no more."""
        if self._grammar is not None:
            ears.scope(self._grammar)
        self._ears, self._blocks, self._failure = ears, queue.Queue(QUEUE_BLOCKS), None
        self._thread = self._thread_for(ears)
        self._thread.start()

    def _thread_for(self, ears: Hearing) -> threading.Thread:
        return threading.Thread(target=self._listen, args=(ears, self._blocks), name="ears", daemon=True)

    def forget(self) -> None:
        """The microphone or the speaker is back, or another one is there: begin anew. Any thread."""
        self._forgets = True

    def push(self, microphone: Samples, played: Samples) -> None:
        """Hand over the next block of both. Any one thread; never waits: the oldest sound is dropped when the ears are too far behind."""
        try:
            self._blocks.put_nowait((microphone, played))
        except queue.Full:
            self.dropped += 1
            with suppress(queue.Empty):
                self._blocks.get_nowait()
            self._blocks.put_nowait((microphone, played))

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Finish with what was handed over, and end. False when the thread didn't end in time."""
        try:
            self._blocks.put(None, timeout=timeout_s)
        except queue.Full:
            return False
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _listen(self, ears: Hearing, blocks: Blocks) -> None:
        known_dropped = 0
        while (block := blocks.get()) is not None:
            try:
                if self._forgets or self.dropped != known_dropped:
                    self._forgets, known_dropped = False, self.dropped
                    ears.forget()
                heard, failure = ears.feed(*block), None
            except Exception as error:  # noqa: BLE001 - whatever it is, the main thread has to hear of it
                heard, failure = (), error
            if blocks is not self._blocks:
                return  # it came to itself too late
            self._failure = failure
            for one in heard:
                if one.stage is not Stage.WITHDRAWN and self._grammar and one.phrase in self._grammar.urgent:
                    self._hush()
                self._inbox(one)
            self.heartbeat += failure is None
