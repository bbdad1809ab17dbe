"""Measures microphone, speaker and room while the coach says its first sentences: the greeting is the test sound."""

from collections import deque

import numpy as np

from voicecoach.ears.loudness import CLIPPED_AT
from voicecoach.messages.calibration import Figures
from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, Samples

ENOUGH_TALK_S = 10.0
"""The canceller has settled after five seconds or so, and what it does is looked at in those that follow. The greeting is longer."""
ENOUGH_QUIET_S = 1.0
"""Between the questions it comes together soon; an answer that falls into it leaves gaps enough."""
TAIL_S = 0.7
"""So long after its last sound the coach may still be in the microphone: half a second of Bluetooth, and the room."""
KEPT_S = 8.0
"""Of the talk so much is looked at, the last of it."""
TALK_POWER = 1e-6
"""-60 dBFS: what is played below that is a pause between two words."""
SPEECH_RANGE = 10**-2.5
"""Blocks within 25 dB of the loudest are speech."""
QUIET_SHARE = 10
"""Percentile of the quiet blocks that is the room's own noise: an answer or a step in nine of ten of them doesn't raise it."""
COARSE = 4
"""Delays are sought at a quarter of the rate: to a quarter of a millisecond, in a few milliseconds of work."""
LONGEST_DELAY_S = 0.6
"""Beyond any Bluetooth speaker."""
STANDS_OUT = 8.0
"""An echo's first sound in the room's response, against the response where none can be: of 2,400 values by chance the largest is some 4."""
FIRST_SHARE = 0.5
"""The first sound is that which reaches so much of the largest: a wall may be louder than the direct way."""
TINY = 1e-12


class Calibration:
    """Takes sound until there was enough of it, and then gives its figures once. Free of cost from then on.

    `add` belongs to the ears' thread, `take` to one other.
    """

    def __init__(self) -> None:
        kept = round(KEPT_S * 1000 / BLOCK_MS)
        self._powers: deque[tuple[float, float, float]] = deque(maxlen=kept)
        self._sound: deque[tuple[Samples, Samples]] = deque(maxlen=kept)
        self._quiet: list[float] = []
        self._blocks = self._zeros = self._talk_blocks = self._samples = self._clipped = 0
        self._peak = 0.0
        self._since_talk_s = TAIL_S
        self._complete = False
        self._figures: Figures | None = None

    def add(self, microphone: Samples, played: Samples, cleaned: Samples, drift_ppm: float | None = None) -> None:
        """Take the next block: 320 finite samples each at 16 kHz. `cleaned` is `microphone` behind the canceller.

        `drift_ppm` is what the canceller knows of the two clocks by now.
        """
        if self._complete:
            return
        self._blocks += 1
        self._zeros += not microphone.any()
        self._since_talk_s = 0.0 if played.any() else self._since_talk_s + BLOCK_MS / 1000
        if self._since_talk_s < TAIL_S:
            self._add_talk(microphone, played, cleaned)
        elif self._talk_blocks:  # a stream that begins may give zeros for a while
            self._quiet.append(_power(microphone))
        enough_talk = self._talk_blocks * BLOCK_MS >= ENOUGH_TALK_S * 1000
        if enough_talk and len(self._quiet) * BLOCK_MS >= ENOUGH_QUIET_S * 1000:
            self._complete = True
            self._figures = self._measured(drift_ppm)

    def take(self) -> Figures | None:
        """The figures when there are some, once; otherwise None."""
        figures, self._figures = self._figures, None
        return figures

    def _add_talk(self, microphone: Samples, played: Samples, cleaned: Samples) -> None:
        powers = (_power(microphone), _power(played), _power(cleaned))
        size = np.abs(microphone)
        self._talk_blocks += powers[1] > TALK_POWER
        self._samples += len(microphone)
        self._clipped += int((size >= CLIPPED_AT).sum())
        self._peak = max(self._peak, float(size.max()))
        self._powers.append(powers)
        self._sound.append((_coarse(microphone), _coarse(played)))

    def _measured(self, drift_ppm: float | None) -> Figures:
        noise = float(np.percentile(self._quiet, QUIET_SHARE))
        delay_s = delay_of(np.concatenate([sound for sound, _ in self._sound]), np.concatenate([sound for _, sound in self._sound]))
        coach_dbfs, loss_db = (None, None) if delay_s is None else self._echo(delay_s, noise)
        return Figures(
            noise_dbfs=_db(noise),
            coach_dbfs=coach_dbfs,
            echo_loss_db=loss_db,
            delay_ms=None if delay_s is None else round(1000 * delay_s),
            drift_ppm=None if drift_ppm is None else round(drift_ppm, 1),
            peak_dbfs=_db(self._peak**2),
            clipped_share=round(self._clipped / self._samples, 5),
            zero_share=round(self._zeros / self._blocks, 3),
        )

    def _echo(self, delay_s: float, noise: float) -> tuple[float, float]:
        """The coach's level in the microphone, and what the canceller takes out of it: medians of seconds, so that one may be spoilt."""
        powers = np.array(self._powers)
        shift = round(delay_s * 1000 / BLOCK_MS)
        sides = powers[shift:, 0], powers[: len(powers) - shift, 1], powers[shift:, 2]
        speech = sides[1] > np.percentile(sides[1], 95) * SPEECH_RANGE
        seconds = max(int(speech.sum()) * BLOCK_MS // 1000, 1)
        heard, played, left = (np.array([part.mean() for part in np.array_split(side[speech], seconds)]) for side in sides)
        coupling = float(np.median((heard - noise) / played))
        loss = float(np.median(heard / np.maximum(left, TINY)))
        return _db(coupling * float(played.mean())), _db(loss)


def delay_of(microphone: Samples, played: Samples) -> float | None:
    """When the echo of `played` begins in `microphone`, in seconds; None when none is found. Both at EARS_RATE_HZ / COARSE."""
    length = 1 << (2 * len(played) - 1).bit_length()
    far = np.fft.rfft(played, length)
    power = np.abs(far) ** 2
    response = np.abs(np.fft.irfft(np.fft.rfft(microphone, length) * np.conj(far) / (power + power.mean() / 10 + TINY), length))
    most = round(LONGEST_DELAY_S * EARS_RATE_HZ / COARSE)
    chance = float(np.sqrt(np.mean(response[-most:] ** 2)))  # before the sound was played there can't be an echo
    largest = float(response[:most].max())
    if largest <= STANDS_OUT * chance or largest <= TINY:
        return None
    return int(np.argmax(response[:most] >= FIRST_SHARE * largest)) * COARSE / EARS_RATE_HZ


def _coarse(samples: Samples) -> Samples:
    return np.asarray((samples - samples.mean()).reshape(-1, COARSE).mean(axis=1), np.float32)


def _power(samples: Samples) -> float:
    """Without a microphone's constant offset."""
    return float(np.var(samples))


def _db(power: float) -> float:
    return round(10 * float(np.log10(max(power, TINY))), 1)
