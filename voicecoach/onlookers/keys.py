"""A button on USB, which is to Linux a keyboard with few keys: read from /dev/input as the kernel writes it (linux/input.h).

Any key of it counts. It isn't taken away from whoever else reads it.
"""

import os
import select
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from voicecoach.onlookers.button import Button

DEVICES = Path("/dev/input")
NAMES = Path("/sys/class/input")
EVENT = struct.Struct("llHHi")
"""Seconds, microseconds, kind, key, value."""
A_KEY = 1
UP = 0
"""1 is down, and 2, again and again, that it is held."""
LOOK_AGAIN_S = 2.0
"""For one that was pulled out."""
ENDS_WITHIN_S = 0.2
JOIN_S = 1.0
MOST_EVENTS = 64


def found(part: str, devices: Path = DEVICES, names: Path = NAMES) -> list[Path]:
    """The devices with `part` in their names, in any case; one button may be several."""
    paths = []
    for name in sorted(names.glob("event*/device/name")):
        with suppress(OSError):
            if part.casefold() in name.read_text(encoding="utf-8", errors="replace").casefold():
                paths.append(devices / name.parts[-3])
    return paths


def readable(path: Path) -> bool:
    """Whether this user may listen to it."""
    return os.access(path, os.R_OK)


class UsbButton:
    """Looks for the device, and listens to it from `start` to `stop` on a thread of its own.

    One that is absent, comes late or is pulled out is no trouble.
    """

    def __init__(self, part: str, button: Button, devices: Path = DEVICES, names: Path = NAMES) -> None:
        self._part = part
        self._button = button
        self._where = devices, names
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="button", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends: from now on nothing that is pressed does anything."""
        self._ending.set()
        self._thread.join(JOIN_S)

    def _run(self) -> None:
        while not self._ending.is_set():
            opened = list(self._opened())
            try:
                with suppress(OSError):  # pulled out
                    self._listen(opened)
            finally:
                for one in opened:
                    os.close(one)
            self._ending.wait(LOOK_AGAIN_S)

    def _opened(self) -> Iterator[int]:
        for path in found(self._part, *self._where):
            with suppress(OSError):
                yield os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def _listen(self, opened: list[int]) -> None:
        while opened and not self._ending.is_set():
            for one in select.select(opened, (), (), ENDS_WITHIN_S)[0]:
                content = os.read(one, EVENT.size * MOST_EVENTS)
                if not content:
                    return
                for seconds, microseconds, kind, _, value in EVENT.iter_unpack(content[: len(content) // EVENT.size * EVENT.size]):
                    if kind == A_KEY:
                        self._press(value, seconds + microseconds / 1e6)

    def _press(self, value: int, at_s: float) -> None:
        if value == UP:
            self._button.up(at_s)
        else:
            self._button.down(at_s)
