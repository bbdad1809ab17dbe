"""A live session on a terminal: the transcript scrolls by, and under it a few lines say how things are just now.

A thread of its own writes all of it, so a terminal that stands still (Ctrl-S), is slow or goes away is no business of the session's. Every
state stands there in words; colour only repeats them. The cursor stays visible and no other screen is used: whenever this process ends, the
terminal is as it was.
"""

import os
import queue
import threading
from collections.abc import Mapping
from contextlib import closing, suppress

from rich.console import Console, Group
from rich.live import Live
from rich.rule import Rule
from rich.text import Text

from voicecoach.onlookers.levels import FLOOR_DBFS, Levels
from voicecoach.onlookers.picture import Picture
from voicecoach.progress import draws

STDOUT = 1
REFRESH_S = 0.2
METER_CELLS = 24
NAME_CELLS = 10
JOIN_S = 1.0
"""For a terminal that is slow; one that stands still isn't waited for."""
STYLES = {"to stop": "bold", "broken": "bold red", "phase": "bold"}
Rows = tuple[tuple[str, str], ...]


class View:
    """From the beginning to `end`. `event`, `line` and `left` belong to any thread but the one that draws, and never wait."""

    def __init__(self, picture: Picture, levels: Levels, console: Console, *, hears: bool) -> None:
        """`hears`: there is a microphone to show."""
        self._picture = picture
        self._levels = levels
        self._console = console
        self._hears = hears
        self._rows: Rows = picture.rows()
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._still_to_make = 0
        self._thread = threading.Thread(target=self._run, name="view", daemon=True)
        self._thread.start()

    def event(self, event: Mapping[str, object]) -> None:
        """One event of the log."""
        self._picture.event(event)
        self._rows = self._picture.rows()

    def line(self, line: str) -> None:
        """One more line to scroll by."""
        self._lines.put(line)

    def left(self, sentences: int) -> None:
        """So many sentences are still to be rendered."""
        self._still_to_make = sentences

    def end(self) -> None:
        """Writes what is still to be written, and takes the lines at the bottom away."""
        self._lines.put(None)
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        with suppress(OSError), closing(self._console.file):  # an error: the terminal went away
            live = Live(console=self._console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False)
            with live:
                self._console.show_cursor()
                self._draw(live)

    def _draw(self, live: Live) -> None:
        shown: object = None
        while True:
            size = self._console.size
            rows = (*self._rows, *self._meters())
            if (rows, size) != shown:
                live.update(self._block(rows), refresh=True)
                shown = rows, size
            try:
                line = self._lines.get(timeout=REFRESH_S)
            except queue.Empty:
                continue
            if line is None:
                return
            self._console.print(Text(line), soft_wrap=True)

    def _meters(self) -> Rows:
        heard = (("microphone", self._meter(self._levels.microphone_dbfs)),) if self._hears else ()
        making = (("making", f"{self._still_to_make} sentences are still to be rendered"),) if self._still_to_make else ()
        return (*heard, ("speaker", self._meter(self._levels.speaker_dbfs)), *making)

    def _meter(self, dbfs: float) -> str:
        full, empty = ("#", ".") if self._console.options.ascii_only else ("█", "░")
        lit = round((1 - dbfs / FLOOR_DBFS) * METER_CELLS)
        return f"{full * lit}{empty * (METER_CELLS - lit)} {'quiet' if lit == 0 else f'{round(dbfs / 3) * 3} dB'}"

    def _block(self, rows: Rows) -> Group:
        return Group(Rule(style="dim"), *(self._row(name, text) for name, text in rows))

    def _row(self, name: str, text: str) -> Text:
        style = STYLES.get(name, "")
        return Text.assemble((f"{name:<{NAME_CELLS}}  ", "dim"), (text, style), no_wrap=True, overflow="ellipsis")


def on_terminal(descriptor: int = STDOUT, environment: Mapping[str, str] = os.environ) -> Console | None:
    """The terminal that it is, through a door of its own; None where there is none that lines can be drawn on again."""
    if not draws(descriptor, environment):
        return None
    door = os.fdopen(os.dup(descriptor), "w", encoding="utf-8", errors="replace")
    return Console(file=door, highlight=False, markup=False, emoji=False, _environ=environment)
