"""A voice for when the other one can't: late for one sentence, or gone for good."""

from collections.abc import Callable

from voicecoach.errors import CoachError, Unreadable
from voicecoach.messages.sound import Pcm
from voicecoach.voice.beside import LateError
from voicecoach.voice.shelf import Sounding


class Spared:
    """`first` speaks. What it hasn't in time `spare` says; and all, from the first time on that it fails, which `tell` is told."""

    def __init__(self, first: Sounding, spare: Sounding, tell: Callable[[CoachError], None]) -> None:
        self._first = first
        self._spare = spare
        self._tell = tell
        self._failed = False

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        """The sound of `text`. Raises as that of `spare`."""
        if not self._failed:
            try:
                return self._first.pcm(text, kept=kept)
            except LateError:
                pass
            except Unreadable:
                raise
            except CoachError as error:
                self._failed = True
                self._tell(error)
        return self._spare.pcm(text, kept=kept)
