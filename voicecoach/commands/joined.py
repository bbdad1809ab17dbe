"""A live session's parts, joined: ears, coach and voice, and what watches over them."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack

from voicecoach.app import Parts
from voicecoach.coach.session import Session
from voicecoach.commands.first_words import FirstWords
from voicecoach.commands.sound_path import SoundPath
from voicecoach.commands.vitals import Guard
from voicecoach.ears.listener import Listener
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.stuck import EarsWatch
from voicecoach.exchange import Exchange, Tap
from voicecoach.live import Inbox, Live, scoped


class Joined:
    """For one session. Raises Unreadable for words that the model can't hear."""

    def __init__(
        self,
        parts: Parts,
        sound: SoundPath,
        coach: Session,
        inbox: Inbox,
        first_words: FirstWords,
        log: Callable[[Mapping[str, object]], None],
    ) -> None:
        model = SpeechModel(parts.house.model) if sound.hears else None
        listener = Listener(parts.ears(model, first_words.drift_ppm), parts.speaker.hush, inbox.put) if model else None
        conductor = parts.conductor(coach, scoped(parts.phrasebook, listener), log)
        watch = EarsWatch(listener, lambda: listener.renew(parts.ears(model)) if listener and model else None)
        self._live = Live(conductor, inbox, parts.speaker, parts.phrasebook, watch, first_words.look)
        self._guard = Guard(parts, coach, inbox, listener)
        self._listener = listener
        self._sound = sound
        self._speaker = parts.speaker
        self._inbox = inbox

    def run(self, about: Mapping[str, object], *taps: Tap) -> str:
        """From the first word to the last, with `about` in the log; `taps` are given all sound. Returns the outcome."""
        with ExitStack() as ends:  # the last one named ends first
            if self._listener is not None:
                ends.callback(self._listener.stop)
                self._listener.start()
            ends.callback(self._guard.end)
            self._guard.begin()
            return self._live.run(self._sound.stream(Exchange(self._speaker, self._listener, self._inbox.put, *taps)), about)
