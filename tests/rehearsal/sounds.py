"""Sounds that tests can measure: bursts of noise in place of words."""

import numpy as np

from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Pcm, Samples

RENDERED_S = 0.5


def burst(seconds: float, rate_hz: int = EARS_RATE_HZ, level: float = 0.1, seed: int = 0) -> Samples:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * rate_hz)) * level
    # Speech has little above 4 kHz; a burst without it goes through resampling unchanged.
    spectrum = np.fft.rfft(noise)
    spectrum[np.fft.rfftfreq(len(noise), 1 / rate_hz) > 4000] = 0
    return np.fft.irfft(spectrum, len(noise)).astype(np.float32)


def silence(seconds: float, rate_hz: int = EARS_RATE_HZ) -> Samples:
    return np.zeros(round(seconds * rate_hz), np.float32)


def rendered(text: str, voice: str) -> Pcm:
    """Half a second for any text, different for each and for each voice."""
    return Pcm(burst(RENDERED_S, VOICE_RATE_HZ, seed=sum(map(ord, text + voice))), VOICE_RATE_HZ)


def level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-20))
