"""What somebody at the screen gets to read of a live session: a view on a terminal, otherwise the transcript line by line."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import ExitStack

from voicecoach.commands.options import show
from voicecoach.exchange import Tap
from voicecoach.onlookers.levels import Levels
from voicecoach.onlookers.onlooker import Onlooker
from voicecoach.onlookers.picture import Picture
from voicecoach.onlookers.view import View, on_terminal
from voicecoach.rehearsal.transcript import heard


def outlive_the_window(*, hears: bool) -> None:
    """A terminal that goes away is a window that was closed, or a network: whoever is heard by a microphone still needs the coach."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN if hears else signal.default_int_handler)


class Screen:
    """Lines from the beginning to the end of the program, and the view while the session lasts."""

    def __init__(self, options: argparse.Namespace, *, hears: bool) -> None:
        """`hears`: there is a microphone. With a keyboard there is no view: what is typed needs a line that nothing is drawn over."""
        self._plain = options.plain or options.keyboard
        self._hears = hears
        self._levels = Levels()
        self._view: View | None = None

    @property
    def taps(self) -> tuple[Tap, ...]:
        """What the exchange has to feed with its sound, once the view has begun."""
        return (self._levels.take,) if self._view else ()

    def show(self, line: str) -> None:
        """One line. A terminal that went away must not keep the coach from obeying."""
        if self._view is not None:
            self._view.line(line)
            return
        show(line)

    def begin(self, ends: ExitStack) -> Iterator[Onlooker]:
        """The view, until `ends`, where there is a terminal for it."""
        if not self._plain and (console := on_terminal()) is not None:
            self._view = View(Picture(heard), self._levels, console, hears=self._hears)
            ends.callback(self._end)
            yield self._view

    def left(self, sentences: int) -> None:
        """So many are still to be made. Any thread."""
        if (view := self._view) is not None:
            view.left(sentences)

    def _end(self) -> None:
        view, self._view = self._view, None
        if view is not None:
            view.end()
