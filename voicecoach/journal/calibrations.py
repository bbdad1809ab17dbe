"""What the greeting told of each pair of microphone and speaker the last time, in one small file."""

import json
from dataclasses import asdict, fields
from pathlib import Path

from voicecoach.durable import private_folder, read_whole, write_whole
from voicecoach.errors import shown
from voicecoach.messages.calibration import Figures

SENSIBLE = 1e6
"""No level, delay or drift is larger, and what is no number isn't smaller."""
MOST_BYTES = 1_000_000
"""Thousands of pairs of devices."""


class Calibrations:
    """The figures kept in the file `path`, by the name of the devices. One thread. Never raises: what can't be kept is done without."""

    def __init__(self, path: Path) -> None:
        """Reads the file. One that can't be understood is set aside, and `trouble` says so."""
        self._path = path
        self._kept: dict[str, tuple[str, Figures]] = {}
        self.trouble: str | None = None
        """One sentence about a file that was of no use, if it was so."""
        try:
            self._kept = _read(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            self.trouble = f"The sound figures in {path} can't be read ({error.strerror}); they are done without."
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.trouble = self._set_aside()

    def last(self, devices: str) -> Figures | None:
        """What was measured on these devices the last time."""
        kept = self._kept.get(devices)
        return kept[1] if kept else None

    def last_at(self, devices: str) -> str:
        """When that was, as it was given; "" for never."""
        kept = self._kept.get(devices)
        return kept[0] if kept else ""

    def keep(self, devices: str, figures: Figures, at: str) -> str | None:
        """Keeps `figures` in the place of the last ones. Returns a sentence when they can't be written."""
        self._kept[devices] = (at, figures)
        table = {name: {"at": when, "figures": asdict(kept)} for name, (when, kept) in self._kept.items()}
        try:
            private_folder(self._path.parent)
            write_whole(self._path, (json.dumps(table, indent=1, sort_keys=True) + "\n").encode())
        except OSError as error:
            return f"The sound figures can't be kept in {self._path} ({error.strerror})."
        return None

    def _set_aside(self) -> str:
        aside = self._path.with_name(f"{self._path.name}.bad")
        try:
            self._path.replace(aside)
        except OSError as error:
            return f"The sound figures in {self._path} make no sense, and the file can't be set aside ({error.strerror})."
        return f"The sound figures in {self._path} make no sense: the file is set aside as {aside.name}, and a new one begun."


def _read(path: Path) -> dict[str, tuple[str, Figures]]:
    table = json.loads(read_whole(path, MOST_BYTES))
    return {str(name): (shown(str(kept["at"])), _figures(kept["figures"])) for name, kept in table.items()}


def _figures(table: dict[str, object]) -> Figures:
    """ValueError for anything that is no number, but for the figures that may be absent."""
    values = {field.name: table[field.name] for field in fields(Figures)}
    for name, value in values.items():
        absent = value is None and name in ("coach_dbfs", "echo_loss_db", "delay_ms", "drift_ppm")
        if not absent and not (isinstance(value, int | float) and abs(value) < SENSIBLE):
            raise ValueError(f"{name} is {value!r}")
    return Figures(**values)  # type: ignore[arg-type]
