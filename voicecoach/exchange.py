"""What the sound thread calls once a block: the speaker's sound out, both sides to the ears, and a watch over what comes in."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from voicecoach.ears.listener import Listener
from voicecoach.ears.watched import Watched
from voicecoach.messages.events import Fault, Input, Recovered
from voicecoach.messages.sound import VOICE_BLOCK, Samples
from voicecoach.voice.speaker import Speaker

Tap: TypeAlias = Callable[[Samples, Samples], None]
"""Is given a block of both sides, on the sound thread."""


class Exchange:
    """One session's sound. `tell` puts what happens into the inbox. Only the sound thread calls this."""

    def __init__(self, speaker: Speaker, listener: Listener | None, tell: Callable[[Input], None], *taps: Tap) -> None:
        """Each of `taps` gets every block of both sides, and neither waits nor raises."""
        self._speaker = speaker
        self._listener = listener
        self._tell = tell
        self._taps = taps
        self._watched = Watched(listener.forget if listener else _nobody_forgets, tell)  # a method of its own would keep all ears alive
        self._failed = False

    def __call__(self, microphone: Samples, played: Samples) -> Samples:
        """320 samples at 16 kHz in, of what was captured and of what was played; 480 at 24 kHz out.

        Never raises: an error here is told once as a fault, and the rest is silence.
        """
        try:
            return self._exchanged(microphone, played)
        except Exception as error:  # noqa: BLE001 - whatever it is, the main thread has to hear of it, and the clock has to go on
            if not self._failed:
                self._failed = True
                self._tell(Fault("sound", f"The sound failed ({type(error).__name__}: {error})."))
            return np.zeros(VOICE_BLOCK, np.float32)

    def report(self, news: Fault | Recovered) -> None:
        """What the stream has to tell of its devices."""
        self._watched.report(news)

    def _exchanged(self, microphone: Samples, played: Samples) -> Samples:
        voice = self._speaker.pull(VOICE_BLOCK)
        for tap in self._taps:
            tap(microphone, played)
        if self._listener is not None:
            self._listener.push(microphone, played)
            self._watched.take(microphone, played)
        return voice


def _nobody_forgets() -> None:
    """Where there are no ears."""
