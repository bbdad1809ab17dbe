"""The room in which coach and person talk at once."""

from dataclasses import dataclass
from pathlib import Path

from voicecoach.messages.sound import Pcm
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import RoomPlan

ROOMS = ("concrete_room", "ir_bathroom1")
DELAY_MS = 80.0
NEAR_DB = -26.0
LOUDEST_ECHO_DB = -20.0
"""RMS of the coach's voice in the microphone: louder it would clip, and whoever sets a microphone's gain sees to that."""


@dataclass(frozen=True, slots=True)
class Where:
    """`ser_db`: the person's level against the coach's echo, in the microphone. `drift_ppm`: microphone's clock against speaker's."""

    room: str
    ser_db: float
    drift_ppm: float = 0.0
    delay_ms: float = DELAY_MS
    distortion_percent: float = 0.0

    def build(self, data: Path, calibration: Pcm, seed: int) -> Room:
        """That room, with a microphone's hiss and nothing else in it."""
        plan = RoomPlan(
            echo_db=-self.ser_db,
            echo_delay_ms=self.delay_ms,
            clock_drift_ppm=self.drift_ppm,
            distortion_percent=self.distortion_percent,
            impulse_response=data / "rooms" / f"{self.room}.flac",
            near_db=min(NEAR_DB, LOUDEST_ECHO_DB + self.ser_db),
        )
        return Room(plan, calibration, seed)
