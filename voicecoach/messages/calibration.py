"""What the coach's first words told of microphone, speaker and room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Measured while the coach spoke, and in the pauses. Levels are RMS of 20 ms, in dB against full scale."""

    noise_dbfs: float
    """What the room does all the time; -120 for nothing at all."""
    coach_dbfs: float | None
    """The coach's voice in the microphone while it speaks; None: it isn't in there."""
    echo_loss_db: float | None
    """How much of it the canceller takes out by now; None as above."""
    delay_ms: float | None
    """From the speaker's sound to its echo in the microphone; None as above."""
    drift_ppm: float | None
    """By how much the microphone's clock runs faster than the speaker's; None: not known."""
    peak_dbfs: float
    """The largest sample while the coach spoke; -120 for nothing."""
    clipped_share: float
    """Of all samples while the coach spoke, those at full scale; 0 to 1."""
    zero_share: float
    """Of all blocks of 20 ms, those in which every sample is exactly zero; 0 to 1."""

    @property
    def over_noise_db(self) -> float | None:
        """How far the coach's voice stands above the room's noise."""
        return None if self.coach_dbfs is None else round(self.coach_dbfs - self.noise_dbfs, 1)

    @property
    def residue_dbfs(self) -> float | None:
        """What is left of the coach's voice behind the canceller."""
        return None if self.coach_dbfs is None or self.echo_loss_db is None else round(self.coach_dbfs - self.echo_loss_db, 1)
