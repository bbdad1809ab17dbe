"""A terminal as somebody sees it: a real pty, and pyte in the place of the window."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import pyte

from tests.live_session import ROOT

AT_MOST_S = 90.0
A_LOOK_S = 0.5
COACH = ("-m", "voicecoach")


class Terminal:
    """A window of so many columns and lines. `raw` is all that was written to it."""

    def __init__(self, columns: int = 80, lines: int = 30) -> None:
        self._master, self.inside = pty.openpty()
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = b""
        self.resize(columns, lines)

    @property
    def text(self) -> str:
        """What stands on it now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def shows_cursor(self) -> bool:
        return not self._screen.cursor.hidden

    def row(self, name: str) -> str:
        """What stands behind a name at the beginning of a line, "" if there is no such line."""
        return next((line.removeprefix(name).strip() for line in self.text.splitlines() if line.startswith(name)), "")

    def resize(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._screen.resize(lines, columns)

    def until(self, seen: Callable[[], object]) -> None:
        """Reads on until it is seen; fails when nothing comes for long."""
        while not seen():
            assert select.select([self._master], (), (), AT_MOST_S)[0], self.text
            assert self._read(), self.text

    def rest(self) -> None:
        """Reads what has come and is still to be shown."""
        while select.select([self._master], (), (), A_LOOK_S)[0] and self._read():
            pass

    def close(self) -> None:
        """The window is closed."""
        os.close(self._master)

    def _read(self) -> bool:
        content = b""
        with suppress(OSError):  # nobody has the other end any more
            content = os.read(self._master, 65536)
        self.raw += content
        self._stream.feed(content)
        return bool(content)


@contextmanager
def on_terminal(
    terminal: Terminal, words: Sequence[str], *, program: Sequence[str] = COACH, **environment: str
) -> Iterator["subprocess.Popen[bytes]"]:
    """A program, which is the coach, with that terminal for everything. Killed at the end, if it hasn't ended."""

    def take_over() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    at = terminal.inside
    env = {**os.environ, "TERM": "xterm-256color", **environment}
    command = [sys.executable, *program, *words]
    # No thread of this process is in the way of `take_over`.
    how = {"cwd": ROOT, "env": env, "start_new_session": True, "preexec_fn": take_over}
    with subprocess.Popen(command, stdin=at, stdout=at, stderr=at, **how) as running:  # type: ignore[call-overload]
        os.close(terminal.inside)
        try:
            yield running
        finally:
            running.kill()
