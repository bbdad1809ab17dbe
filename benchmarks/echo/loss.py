"""How much of the coach's own voice a canceller takes out, and how fast."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.echo.room import Where
from voicecoach.ears.echo import Canceller
from voicecoach.messages.sound import BLOCK_MS, VOICE_BLOCK, Pcm, Samples
from voicecoach.rehearsal.echo_path import Retimed
from voicecoach.rehearsal.room import Room

SETTLED_S = 15.0
MOVES_AFTER_S = 40.0
USEFUL_DB = 10.0
NEARLY_DB = 3.0
"""A canceller is of use again when it takes out so much, and back when it takes out so much less than before."""
WINDOW_BLOCKS = 25

PLACES = {
    "one clock": Where("concrete_room", -10),
    "the same, bathroom": Where("ir_bathroom1", -10),
    "delay 300 ms": Where("ir_bathroom1", -10, delay_ms=300),
    "distortion 10%": Where("concrete_room", -10, distortion_percent=10),
    "drift 20 ppm": Where("concrete_room", -10, drift_ppm=20),
    "drift 50 ppm": Where("concrete_room", -10, drift_ppm=50),
    "drift -100 ppm": Where("ir_bathroom1", -10, drift_ppm=-100),
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Echo return loss enhancement in dB: in the first 5 s, and from SETTLED_S on."""

    first_db: float
    settled_db: float


def loss(canceller: Canceller, room: Room, talk: Samples) -> Loss:
    """Let the coach talk for as long as `talk`, at 24 kHz."""
    powers = _powers(canceller, lambda _: room, talk)
    first, settled = round(5000 / BLOCK_MS), round(SETTLED_S * 1000 / BLOCK_MS)
    return Loss(_db(powers[:first]), _db(powers[settled:]))


@dataclass(frozen=True, slots=True)
class Back:
    """Seconds after the speaker was moved until the canceller is of use again, and as good as before; inf if never."""

    useful_s: float
    as_before_s: float


def back_after(canceller: Canceller, data: Path, calibration: Pcm, talk: Samples) -> Back:
    """Carry the speaker into the other room in the middle of the talk."""
    before, after = (PLACES[name].build(data, calibration, 0) for name in ("one clock", "the same, bathroom"))
    moved = round(MOVES_AFTER_S * 1000 / BLOCK_MS)
    powers = _powers(canceller, lambda n: before if n < moved else after, talk)

    def after_s(wanted_db: float) -> float:
        for n in range(moved, len(powers) - WINDOW_BLOCKS):
            window = powers[n : n + WINDOW_BLOCKS]
            if window[:, 0].all() and _db(window) >= wanted_db:
                return (n + WINDOW_BLOCKS - moved) * BLOCK_MS / 1000
        return float("inf")

    return Back(after_s(USEFUL_DB), after_s(_db(powers[moved // 2 : moved]) - NEARLY_DB))


def _powers(canceller: Canceller, room: Callable[[int], Room], talk: Samples) -> NDArray[np.float64]:
    """Energy in the microphone and behind the canceller, of the blocks in which something is played; zeros in the others."""
    reference, found = Retimed(), []
    for n in range(len(talk) // VOICE_BLOCK):
        played = talk[n * VOICE_BLOCK : (n + 1) * VOICE_BLOCK]
        microphone = room(n).capture(played)
        near = reference.push(played)
        cleaned = canceller.cancel(microphone, near)
        found.append((float(microphone @ microphone), float(cleaned @ cleaned)) if near.any() else (0.0, 0.0))
    return np.array(found)


def _db(powers: NDArray[np.float64]) -> float:
    before, after = powers.sum(axis=0)
    return float(10 * np.log10((before + 1e-12) / (after + 1e-12)))
