"""How loud speech is, and where it ends. All samples are at EARS_RATE_HZ."""

import numpy as np

from voicecoach.messages.sound import Samples

_FRAME = 320
"""20 ms: a frame is shorter than any syllable."""

_SPEECH_RANGE = 10**-2.5
"""Frames within 25 dB of the loudest are speech; what is below is pause, breath and room."""

_TINY = 1e-12


def frame_peak(samples: Samples, frame: int = 2048) -> float:
    """The energy (sum of squares) of the loudest of the frames of 128 ms that `samples` fall into; never zero."""
    padded = np.pad(samples, (0, -len(samples) % frame)).astype(np.float64)
    return float((padded.reshape(-1, frame) ** 2).sum(axis=1).max(initial=0.0)) + _TINY


def active_rms(samples: Samples) -> float:
    """The RMS of the frames of 20 ms that hold speech, full scale 1.0; 0 for silence."""
    whole = len(samples) // _FRAME * _FRAME
    energies = (samples[:whole].astype(np.float64).reshape(-1, _FRAME) ** 2).mean(axis=1)
    if not len(energies) or energies.max() <= _TINY:
        return 0.0
    return float(np.sqrt(energies[energies > energies.max() * _SPEECH_RANGE].mean()))


def word_end(samples: Samples) -> int:
    """How many samples have passed when the last word has ended, by energy over 20 ms."""
    if not len(samples):
        return 0
    energy = np.convolve(samples.astype(np.float64) ** 2, np.full(_FRAME, 1 / _FRAME), "same")[: len(samples)]
    return int(np.flatnonzero(energy >= energy.max() * _SPEECH_RANGE)[-1]) + 1


def gain(db: float) -> float:
    """The factor on amplitudes that `db` stands for."""
    return float(10 ** (db / 20))
