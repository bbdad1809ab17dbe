"""A live session: the sound thread, the ears' thread and the keyboard put what happens into one inbox; the main thread empties it.

The audio clock is the speaker's: the samples that were pulled. Nothing here measures time in any other way.
"""

import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from types import FrameType
from typing import Protocol

from voicecoach.ears.listener import Listener
from voicecoach.ears.stuck import EarsWatch
from voicecoach.loop import Conductor
from voicecoach.messages.events import Calibrated, Fault, Input, Interrupted
from voicecoach.messages.heard import Grammar, Heard
from voicecoach.messages.sound import BLOCK_MS, VOICE_RATE_HZ, Gaps
from voicecoach.sound.standstill import looked_back
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker

POLL_S = BLOCK_MS / 1000
"""The speaker's news are looked for once a block: nothing it can say is more urgent than the sound that it belongs to."""
STANDSTILL_S = 10.0
"""Longer than any outage that the stream bridges with silence."""
GAPS_AT_MOST_EVERY_S = 5.0
"""A machine that is too slow loses blocks all the time, and one line in five seconds tells as much as fifty."""


class Stream(Protocol):
    """What moves the sound."""

    def start(self) -> None:
        """Begins to call the exchange."""

    def stop(self) -> None:
        """Ends, within some seconds whatever happens."""

    @property
    def gaps(self) -> Gaps:
        """What went wrong so far."""


class Typed(str):
    """A line from the keyboard."""

    __slots__ = ()


class Inbox:
    """Where everything arrives, from any thread, and is taken by the main one."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[Input | Heard | Typed] = queue.SimpleQueue()
        self._taken: Input | Heard | Typed | None = None
        self.looks = 0
        """How often somebody has looked into it: the main loop's steps."""

    def put(self, item: Input | Heard | Typed) -> None:
        """Any thread."""
        self._items.put(item)

    def take(self) -> Input | Heard | Typed | None:
        """The next item, or None after one block without any."""
        self.looks += 1
        self._taken = None
        with suppress(queue.Empty):
            self._taken = self._items.get(timeout=POLL_S)
        return self._taken

    def left(self) -> list[Input | Heard | Typed]:
        """The item at which the main thread hangs, and all that it has not taken. Any thread, once the main one is given up."""
        waiting = [self._items.get_nowait() for _ in range(self._items.qsize())]
        return waiting if self._taken is None else [self._taken, *waiting]


class GapsWatch:
    """Tells what was lost of the sound, not too often."""

    def __init__(self) -> None:
        self._told: dict[str, int] = {}
        self._told_at_s = float("-inf")

    def look(self, gaps: Gaps, unheard: int, now_s: float) -> dict[str, int] | None:
        """The counts since the start, if one of them has grown and it is time to tell; `unheard` are blocks that the ears never got."""
        counts = asdict(gaps) | {"unheard": unheard}
        if not any(counts.values()) or counts == self._told or now_s - self._told_at_s < GAPS_AT_MOST_EVERY_S:
            return None
        self._told, self._told_at_s = counts, now_s
        return counts


class Live:
    """One session at the pace of its sound. Everything but `keyboard` runs on the main thread."""

    def __init__(
        self,
        conductor: Conductor,
        inbox: Inbox,
        speaker: Speaker,
        phrasebook: Phrasebook,
        watch: EarsWatch,
        calibrated: Callable[[], Calibrated | None],
    ) -> None:
        self._conductor = conductor
        self._inbox = inbox
        self._speaker = speaker
        self._phrasebook = phrasebook
        self._watch = watch
        self._gaps = GapsWatch()
        self._calibrated = calibrated
        self._standing = (0.0, 0)
        self._stepped_at_s = 0.0
        self._come_in = 0

    @property
    def now_s(self) -> float:
        """The audio clock."""
        return self._speaker.position_samples / VOICE_RATE_HZ

    def run(self, stream: Stream, about: Mapping[str, object]) -> str:
        """From the first word to the last. Returns the outcome. Ctrl-C and SIGTERM end it as interrupted, hushed."""
        stream.start()
        try:
            with signals_into(self._inbox):
                self._conductor.begin(about)
                while self._conductor.outcome is None:
                    self._step(self._take())
                    self._watch_clock()
                    if (lost := self._gaps.look(stream.gaps, self._watch.unheard, self.now_s)) is not None:
                        self._conductor.note("sound_gap", lost, self.now_s)
        except KeyboardInterrupt:
            self._conductor.tell(Interrupted(), self.now_s)
        finally:
            stream.stop()
        return self._conductor.outcome or "interrupted"

    def _watch_clock(self) -> None:
        """A sound thread that stands still takes the clock with it, and nothing would ever be due again."""
        self._standing = (self.now_s, self._standing[1] + 1) if self.now_s == self._standing[0] else (self.now_s, 0)
        if self._standing[1] * POLL_S > STANDSTILL_S:
            self._conductor.tell(Fault("sound", "The sound stands still."), self.now_s)

    def _look_back(self) -> None:
        """What was due while this thread was kept from its work, be it by a slow disk, isn't done afterwards as if nothing had been."""
        before_s, self._stepped_at_s = self._stepped_at_s, self.now_s
        for news in looked_back(self._stepped_at_s - before_s):
            self._conductor.tell(news, before_s)

    def _take(self) -> Input | Heard | Typed | None:
        """The next item. Whoever hushes the speaker puts the reason into the inbox right after: once that is empty, it has come in."""
        hushes = self._speaker.hushes
        item = self._inbox.take()
        self._come_in = hushes if item is None else self._come_in
        return item

    def _step(self, item: Input | Heard | Typed | None) -> None:
        self._look_back()
        match item:
            case Heard():
                self._conductor.hear(item)
            case Typed():
                if heard := typed(item, self._phrasebook, self.now_s):
                    self._conductor.hear(heard)
            case None:
                pass
            case _:
                self._conductor.tell(item, self.now_s)
        for news in (self._watch.look(self.now_s), self._calibrated()):
            if news is not None:
                self._conductor.tell(news, self.now_s)
        self._look_back()
        self._conductor.advance(self.now_s, self._come_in)


@contextmanager
def signals_into(inbox: Inbox, *more: signal.Signals) -> Iterator[None]:
    """Ctrl-C, SIGTERM and `more` end the session between two decisions, so that the log has all of both; the second one ends it at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        del frame
        signal.signal(number, signal.default_int_handler)
        inbox.put(Interrupted())

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM, *more)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def read_keyboard(source: Iterable[str], inbox: Inbox, hush: Callable[[str], None], *, alone: bool) -> None:
    """Puts every line of `source` into the inbox, from a thread of its own, until it ends; each is shown to `hush` first.

    `alone`: nothing else hears the person, so that a keyboard that can't be read any more ends the session.
    """

    def read() -> None:
        try:
            for line in source:
                hush(line)
                inbox.put(Typed(line))
        finally:
            if alone:
                inbox.put(Interrupted())

    threading.Thread(target=read, name="keyboard", daemon=True).start()


def scoped(phrasebook: Phrasebook, listener: Listener | None) -> Callable[[str], None]:
    """Tells the ears what may be said at a moment."""
    grammars: dict[str, Grammar] = {moment: phrasebook.grammar(moment) for moment in phrasebook.moments}

    def scope(moment: str) -> None:
        if listener is not None:
            listener.scope(grammars[moment])

    return scope
