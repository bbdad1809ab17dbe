"""What is done to every render: 24 kHz, no silence around it, one loudness, 16 bits."""

import numpy as np
import soxr
from numpy.typing import NDArray

from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples

FINISH = 1
"""Counts up whenever this module changes what it does, so that no sound finished otherwise is taken from a shelf."""

ACTIVE_DBFS = -20.0
"""Loudness of the voice while it speaks: loud, and 17 dB below the peak limit, room enough for any voice of espeak-ng."""

PEAK = 10 ** (-3 / 20)
"""-3 dBFS: the speaker can mix a tone on top before its limiter bends anything."""

SILENCE = 10 ** (-46 / 20)
"""Below this, against the peak, is no speech: under the weakest fricative that begins a word, over the engine's own noise."""

LEAD_SAMPLES = VOICE_RATE_HZ * 5 // 1000
"""Before the first sound, always, and faded in: 5 ms, shorter than anyone hears as late."""

TAIL_SAMPLES = VOICE_RATE_HZ * 15 // 1000
"""After the last sound, and faded out: 15 ms, so that nothing clicks."""


def finished(samples: NDArray[np.int16], rate_hz: int) -> Pcm:
    """Make a raw render playable: mono int16 at `rate_hz`, shape (n,), to read-only samples at 24 kHz that 16 bits hold exactly."""
    sound = soxr.resample(samples.astype(np.float32) / 32768, rate_hz, VOICE_RATE_HZ)
    sound = _trimmed(sound)
    loudness = active_rms(sound)
    if loudness > 0:
        sound = sound * min(10 ** (ACTIVE_DBFS / 20) / loudness, PEAK / np.max(np.abs(sound)))
    stored: Samples = (np.trunc(sound * 32768) / 32768).astype(np.float32)
    stored.flags.writeable = False
    return Pcm(stored, VOICE_RATE_HZ)


def active_rms(sound: Samples) -> float:
    """RMS over the 20 ms frames within 30 dB of the loudest, full scale 1.0; 0.0 for silence or less than a frame."""
    frame = VOICE_RATE_HZ // 50
    power = np.mean(sound[: len(sound) // frame * frame].reshape(-1, frame).astype(np.float64) ** 2, axis=1)
    if not power.size or power.max() == 0:
        return 0.0
    return float(np.sqrt(power[power > power.max() / 1000].mean()))


def _trimmed(sound: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(sound) > SILENCE * np.max(np.abs(sound), initial=0.0))
    if not loud.size:
        return sound[:0]
    first, last = int(loud[0]), int(loud[-1])
    kept: Samples = np.pad(sound, (LEAD_SAMPLES, TAIL_SAMPLES))[first : last + 1 + LEAD_SAMPLES + TAIL_SAMPLES]
    kept[:LEAD_SAMPLES] *= np.linspace(0, 1, LEAD_SAMPLES, endpoint=False, dtype=np.float32)
    kept[-TAIL_SAMPLES:] *= np.linspace(1, 0, TAIL_SAMPLES, dtype=np.float32)
    return kept
