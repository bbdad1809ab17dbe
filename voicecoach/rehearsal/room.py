"""What the microphone hears: the person, the coach's echo, the noise of the house, and never nothing at all."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.echo_path import Retimed, Reverb
from voicecoach.rehearsal.levels import active_rms, frame_peak, gain
from voicecoach.rehearsal.loudspeaker import Loudspeaker
from voicecoach.rehearsal.scenario import RoomPlan
from voicecoach.sound.recording import read_recording
from voicecoach.sound.resampling import resampled

_FLOOR_DBFS = -65.0
"""The microphone's own hiss: digital silence would hide false alarms."""

_AROUND_S = (1.5, 1.2)
"""How much noise before and after an utterance counts for its ratio of signal to noise."""

_SEAM_S = 0.05
"""Where a noise recording starts over, its end fades into its beginning for so long, and a change of its level takes as long."""

_ONSET = 0.1
"""An impulse response starts where it first reaches this part of its peak: the delay before that is `echo_delay_ms`."""

_STEP = 1 / 32768
"""A microphone's samples have 16 bits: what the ears get is exactly what is kept in a 16-bit file."""


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    samples: Samples
    at_sample: int


class Room:
    """A stream of blocks of 320 samples at 16 kHz.

    The person is close to the microphone and comes dry, at `near_db` while speaking. The coach comes through loudspeaker, delay, clock
    drift and impulse response; `calibration`, any sentence of the coach at its normal loudness, would arrive at `near_db` + `echo_db`
    while speaking.
    Until somebody has spoken, the noise has the level that the same sentence would ask for if the person said it.
    """

    def __init__(self, plan: RoomPlan, calibration: Pcm, seed: int = 0) -> None:
        self._plan = plan
        self._rng = np.random.default_rng(seed % 2**64)
        self._taken = 0
        self._near: list[_Near] = []
        example = resampled(calibration, EARS_RATE_HZ).samples
        self._loudspeaker = Loudspeaker(plan.distortion_percent)
        self._path = Retimed(plan.echo_delay_ms, plan.clock_drift_ppm)
        response = _response(plan.impulse_response)
        self._reverb = Reverb(response)
        self._echo_gain = 0.0 if plan.echo_db is None else _to_level(_convolved(example, response), plan.near_db + plan.echo_db)
        self._noise = _Noise(plan.noise, self._rng)
        self._noise.aim(example * _to_level(example, plan.near_db), 0, plan.snr_db)

    def say(self, samples: Samples, at_sample: int) -> None:
        """The person begins to speak at `at_sample`, which lies in the block that `capture` makes next."""
        scaled = (samples * _to_level(samples, self._plan.near_db)).astype(np.float32)
        self._near.append(_Near(scaled, at_sample))
        self._noise.aim(scaled, at_sample, self._plan.snr_db)

    def capture(self, played: Samples) -> Samples:
        """What the microphone takes while the loudspeaker plays `played` (480 samples at 24 kHz)."""
        heard = self._rng.standard_normal(EARS_BLOCK, np.float32) * np.float32(gain(_FLOOR_DBFS))
        heard += self._noise.block(self._taken)
        for near in self._near:
            _mix(heard, near, self._taken)
        if self._echo_gain:
            heard += self._reverb.push(self._path.push(self._loudspeaker.play(played))) * np.float32(self._echo_gain)
        self._taken += EARS_BLOCK
        self._near = [near for near in self._near if near.at_sample + len(near.samples) > self._taken]
        sampled: Samples = (np.rint(np.clip(heard, -1.0, 1.0 - _STEP) / _STEP) * _STEP).astype(np.float32)
        return sampled


class _Noise:
    """A recording that never ends, at a level that follows the utterances."""

    def __init__(self, path: Path | None, rng: np.random.Generator) -> None:
        self._loop = np.zeros(0, np.float32) if path is None else _seamless(read_recording(path, EARS_RATE_HZ).samples)
        self._offset = int(rng.integers(len(self._loop))) if len(self._loop) else 0
        self._gain = 0.0
        self._target = 0.0

    def aim(self, speech: Samples, at_sample: int, snr_db: float) -> None:
        """From now on the level at which `speech` stands `snr_db` above the noise around it, both by their loudest frame."""
        if len(self._loop):
            before, after = (round(span_s * EARS_RATE_HZ) for span_s in _AROUND_S)
            around = self._raw(at_sample - before, before + len(speech) + after)
            self._target = float(np.sqrt(frame_peak(speech) / (frame_peak(around) * 10 ** (snr_db / 10))))
            self._gain = self._gain or self._target

    def block(self, at_sample: int) -> Samples:
        """The noise from `at_sample` on."""
        if not len(self._loop):
            return np.zeros(EARS_BLOCK, np.float32)
        share = min(1.0, EARS_BLOCK / (_SEAM_S * EARS_RATE_HZ))
        reached = self._gain + (self._target - self._gain) * share
        ramp = np.linspace(self._gain, reached, EARS_BLOCK, dtype=np.float32)
        self._gain = reached
        return self._raw(at_sample, EARS_BLOCK) * ramp

    def _raw(self, at_sample: int, count: int) -> Samples:
        return np.take(self._loop, np.arange(count) + self._offset + at_sample, mode="wrap")


def _response(path: Path | None) -> Samples:
    if path is None:
        return np.ones(1, np.float32)
    response = read_recording(path, EARS_RATE_HZ).samples
    loud = np.flatnonzero(np.abs(response) >= _ONSET * np.abs(response).max())
    return response[loud[0] :]


def _convolved(samples: Samples, response: Samples) -> Samples:
    size = len(samples) + len(response) - 1
    product = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return product.astype(np.float32)


def _to_level(samples: Samples, dbfs: float) -> float:
    active = active_rms(samples)
    return gain(dbfs) / active if active else 0.0


def _mix(into: Samples, near: _Near, from_sample: int) -> None:
    start = max(near.at_sample, from_sample)
    end = min(near.at_sample + len(near.samples), from_sample + len(into))
    if start < end:
        into[start - from_sample : end - from_sample] += near.samples[start - near.at_sample : end - near.at_sample]


def _seamless(samples: Samples) -> Samples:
    seam = min(round(_SEAM_S * EARS_RATE_HZ), len(samples) // 3)
    fade = np.linspace(0, 1, seam, dtype=np.float32)
    looped = samples[: len(samples) - seam].copy()
    looped[:seam] = looped[:seam] * fade + samples[len(samples) - seam :] * (1 - fade)
    return looped
