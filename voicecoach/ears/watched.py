"""What the ears need to know of their devices, live and rehearsed: the microphone is watched, and when it is back they begin anew."""

from collections.abc import Callable

from voicecoach.ears.alive import Alive
from voicecoach.messages.events import Fault, Input, Recovered
from voicecoach.messages.sound import Samples


class Watched:
    """Watches the microphone, and hears of what is told of the devices. `forget` has the ears begin anew, `tell` hands on what happens.

    One thread.
    """

    def __init__(self, forget: Callable[[], None], tell: Callable[[Input], None]) -> None:
        self._forget = forget
        self._tell = tell
        # A list, and no method of its own: the two would hold each other, and with them all ears.
        self._news: list[Input] = []
        self._alive: Alive | None = Alive(self._news.append)

    def report(self, news: Fault | Recovered) -> None:
        """What others noticed of the devices. A lost microphone isn't watched; the one that comes back may be another."""
        if news.what == "microphone":
            self._alive = Alive(self._news.append) if isinstance(news, Recovered) else None
        self._noticed(news)

    def take(self, microphone: Samples, played: Samples) -> None:
        """The next block of both, 320 samples at 16 kHz each."""
        if self._alive is not None:
            self._alive.take(microphone, played)
            for news in self._news:
                self._noticed(news)
            self._news.clear()

    def _noticed(self, news: Input) -> None:
        """Ears that have listened to a dead microphone know nothing of the room any more, nor of a speaker that was opened anew."""
        if isinstance(news, Recovered) and news.what in ("microphone", "speaker"):
            self._forget()
        self._tell(news)
