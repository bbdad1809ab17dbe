"""A live session: the sound thread, the ears' thread and the keyboard put what happens into one inbox; the main thread empties it.

The audio clock is the speaker's: the samples that were pulled. Nothing here measures time in any other way.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Protocol, TextIO

import numpy as np

from voicecoach.ears.listener import Listener
from voicecoach.loop import Conductor
from voicecoach.messages.events import Calibrated, Event, Fault, Interrupted, Recovered
from voicecoach.messages.heard import Grammar, Heard
from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, VOICE_RATE_HZ, Samples
from voicecoach.sound.resampling import Resampler
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker

POLL_S = BLOCK_MS / 1000
"""The speaker's news are looked for once a block: nothing it can say is more urgent than the sound that it belongs to."""
VOICE_BLOCK = VOICE_RATE_HZ * BLOCK_MS // 1000
PATIENCE_S = 2.0
"""A microphone that gives exact zeros, or ears that stand still, for so long are a fault. No real room is exactly silent."""
VIRTUAL_PATIENCE_S = 120.0
"""The same for a microphone that has been exactly silent before, in between what is said: a sound server's, without hardware."""
LEARNING_S = 5.0
STANDSTILL_S = 10.0
"""Longer than any outage that the stream bridges with silence."""
NOISY_SHARE = 0.95


class Stream(Protocol):
    """What moves the sound."""

    def start(self) -> None:
        """Begins to call the exchange."""

    def stop(self) -> None:
        """Ends, within some seconds whatever happens."""


class Typed(str):
    """A line from the keyboard."""

    __slots__ = ()


class Inbox:
    """Where everything arrives, from any thread, and is taken by the main one."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[Event | Heard | Typed] = queue.SimpleQueue()

    def put(self, item: Event | Heard | Typed) -> None:
        """Any thread."""
        self._items.put(item)

    def take(self) -> Event | Heard | Typed | None:
        """The next item, or None after one block without any."""
        try:
            return self._items.get(timeout=POLL_S)
        except queue.Empty:
            return None


class Exchange:
    """What the sound thread calls once a block: gives the speaker's sound, hands both sides to the ears, and watches the microphone."""

    def __init__(self, speaker: Speaker, listener: Listener | None, inbox: Inbox) -> None:
        self._speaker = speaker
        self._listener = listener
        self._inbox = inbox
        self._reference = Resampler(VOICE_RATE_HZ, EARS_RATE_HZ)
        self._blocks = self._noisy = self._zeros = 0
        self._told = self._failed = False

    def __call__(self, microphone: Samples) -> Samples:
        """320 samples at 16 kHz in, 480 at 24 kHz out. Never raises: an error here is told once as a fault, and the rest is silence."""
        try:
            return self._exchanged(microphone)
        except Exception as error:  # noqa: BLE001 - whatever it is, the main thread has to hear of it, and the clock has to go on
            if not self._failed:
                self._failed = True
                self._inbox.put(Fault("voice", f"The sound failed ({type(error).__name__}: {error})."))
            return np.zeros(VOICE_BLOCK, np.float32)

    def _exchanged(self, microphone: Samples) -> Samples:
        played = self._speaker.pull(VOICE_BLOCK)
        if self._listener is not None:
            self._listener.push(microphone, self._reference.push(played))
            self._watch(microphone)
        return played

    def _watch(self, microphone: Samples) -> None:
        """Exact silence is a fault.

        Soon where there was noise before, and late where there never was any: a virtual microphone may be like that.
        """
        self._blocks += 1
        if np.any(microphone):
            self._noisy += 1
            if self._told:
                self._inbox.put(Recovered("microphone"))
            self._zeros, self._told = 0, False
            return
        self._zeros += 1
        before = self._blocks - self._zeros
        noisy = before * POLL_S > LEARNING_S and self._noisy > NOISY_SHARE * before
        if not self._told and self._zeros * POLL_S >= (PATIENCE_S if noisy else VIRTUAL_PATIENCE_S):
            self._told = True
            self._inbox.put(Fault("microphone", "The microphone gives nothing but zeros. Is it muted?"))


class EarsWatch:
    """Notices a recogniser that hangs or has died: sound goes in, and nothing is done with it."""

    def __init__(self, listener: Listener | None) -> None:
        self._listener = listener
        self._seen = (-1, 0.0)
        self._told = False

    def look(self, now_s: float) -> Fault | Recovered | None:
        """What has changed by `now_s`."""
        if self._listener is None:
            return None
        beat = self._listener.heartbeat
        if beat != self._seen[0]:
            self._seen = (beat, now_s)
            told, self._told = self._told, False
            return Recovered("recognizer") if told else None
        stuck = now_s - self._seen[1] > PATIENCE_S and (self._listener.waiting or self._listener.failure)
        if stuck and not self._told:
            self._told = True
            return Fault("recognizer", f"The recogniser does not answer ({self._listener.failure or 'it hangs'}).")
        return None


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
        self._calibrated = calibrated
        self._standing = (0.0, 0)

    @property
    def now_s(self) -> float:
        """The audio clock."""
        return self._speaker.position_samples / VOICE_RATE_HZ

    def run(self, stream: Stream, about: Mapping[str, object]) -> str:
        """From the first word to the last. Returns the outcome. Ctrl-C and SIGTERM end it as interrupted, hushed."""
        stream.start()
        try:
            self._conductor.begin(about)
            while self._conductor.outcome is None:
                self._step(self._inbox.take())
                self._watch_clock()
        except KeyboardInterrupt:
            self._conductor.tell(Interrupted(), self.now_s)
        finally:
            stream.stop()
        return self._conductor.outcome or "interrupted"

    def _watch_clock(self) -> None:
        """A sound thread that stands still takes the clock with it, and nothing would ever be due again."""
        self._standing = (self.now_s, self._standing[1] + 1) if self.now_s == self._standing[0] else (self.now_s, 0)
        if self._standing[1] * POLL_S > STANDSTILL_S:
            self._conductor.tell(Fault("voice", "The sound stands still."), self.now_s)

    def _step(self, item: Event | Heard | Typed | None) -> None:
        match item:
            case Heard():
                self._conductor.hear(item)
            case Typed():
                self._type(item)
            case None:
                pass
            case _:
                self._conductor.tell(item, self.now_s)
        for news in (self._watch.look(self.now_s), self._calibrated()):
            if news is not None:
                self._conductor.tell(news, self.now_s)
        self._conductor.advance(self.now_s)

    def _type(self, line: Typed) -> None:
        heard = typed(line, self._phrasebook, self.now_s)
        if heard is not None:
            self._conductor.hear(heard)


def read_keyboard(source: TextIO, inbox: Inbox) -> None:
    """Puts every line of `source` into the inbox, from a thread of its own, until it ends."""

    def read() -> None:
        for line in source:
            inbox.put(Typed(line))

    threading.Thread(target=read, name="keyboard", daemon=True).start()


def scoped(phrasebook: Phrasebook, listener: Listener | None) -> Callable[[str], None]:
    """Tells the ears what may be said at a moment."""
    grammars: dict[str, Grammar] = {moment: phrasebook.grammar(moment) for moment in phrasebook.moments}

    def scope(moment: str) -> None:
        if listener is not None:
            listener.scope(grammars[moment])

    return scope
