"""The filter that knows what the room makes of the coach's voice: linear, so that a short word spoken over the coach comes through whole.

A partitioned-block frequency-domain Kalman filter. It keeps, for every frequency and every 20 ms of the echo's path, how unsure it is of
what it knows, and weighs that against all that is in the microphone beside the echo: while the person speaks it learns next to nothing,
and nobody has to tell it that they do. After F. Kuech, E. Mabande and G. Enzner, "State-space architecture of the partitioned-block-based
acoustic echo controller" (2014). Beside each new block it learns once more from some of the last second, since sound from the coach is
scarce: after 6 s of talk in a concrete room it takes out 24 dB instead of 8.
"""

import numpy as np
from numpy.typing import NDArray

from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, EARS_RATE_HZ, Samples

TAIL_MS = 480
"""Up to 300 ms between the played sample and its echo in the microphone, and 180 ms of room after it."""
TAIL_BLOCKS = TAIL_MS // BLOCK_MS

STAYS = 0.999
"""How much of the path is the same 20 ms later: somebody walks about, the drift is known to a tenth of a ppm. Nearer to 1 takes out a
decibel or two more where nothing moves, and follows half as fast."""
UNSURE = 0.05
"""How unsure it is at first of every 20 ms of the path: so much of what the microphone's energy is against that of what is played. Far more
overshoots, far less takes longer to settle."""
FIRST_BLOCKS = 100
WAITING_BLOCKS = 25
"""The first two seconds of talk tell how loud the echo is. After half a second it begins to learn; if the echo arrives late and turns out
to be louder by GROWN, it is the less sure."""
GROWN = 2.0
SMOOTHING = 0.8
"""What else is in the microphone is averaged over some 90 ms, half a syllable."""
KEPT_BLOCKS = 50
"""The last second is learned from again."""
AGAIN_BLOCKS = 3
"""So many of it with each new block: more costs more than it gains."""
STRIDE = 7
"""In which order: with no common divisor with KEPT_BLOCKS - 1, so that all have their turn."""
SINCE_BLOCKS = 20
"""When it is seen that the echo comes otherwise than before, that has been so for some 0.4 s."""
REACH_SAMPLES = EARS_RATE_HZ // 10
"""A device that starts anew after a gap is some tens of milliseconds off."""
ALIKE = 0.6
"""The same way at another time correlates with 0.9 but for what was before; another room's with 0.3."""
TINY = 1e-9
AUDIBLE = 1e-3
"""Energy of the played spectra below which there is nothing to learn from: about -90 dBFS."""

Spectra = NDArray[np.complex64]


class EchoFilter:
    """For blocks of EARS_BLOCK. One thread. Some 2% of a core of x86-64 while the coach talks."""

    def __init__(self) -> None:
        bins, kept = EARS_BLOCK + 1, TAIL_BLOCKS + KEPT_BLOCKS
        self._far: Spectra = np.zeros((2 * kept, bins), np.complex64)
        self._near: Samples = np.zeros((kept, EARS_BLOCK), np.float32)
        self._newest = self._taken = 0
        self._last: Samples = np.zeros(EARS_BLOCK, np.float32)
        self._path: Spectra = np.zeros((TAIL_BLOCKS, bins), np.complex64)
        self._unsure: NDArray[np.float32] = np.zeros((TAIL_BLOCKS, bins), np.float32)
        self._unsure_at_first = 0.0
        self._heard_blocks = 0
        self._energies = [TINY, 0.0]
        self._else: NDArray[np.float32] = np.zeros(bins, np.float32)

    def find_again(self) -> None:
        """The echo no longer comes as it did. If it comes the same way at another time, expect it then; else learn its way anew.

        A gap in what a device plays, or a slip between two, makes all that follows late or early.
        """
        late_samples = self._late_samples()
        if late_samples is None:
            self._path[:], self._unsure[:] = 0.0, self._unsure_at_first
        else:
            impulse = np.fft.irfft(self._path, axis=1)[:, :EARS_BLOCK].reshape(-1)
            moved = np.roll(impulse, late_samples)
            moved[slice(late_samples) if late_samples > 0 else slice(late_samples, None)] = 0.0
            self._path = np.fft.rfft(moved.reshape(-1, EARS_BLOCK), 2 * EARS_BLOCK, axis=1).astype(np.complex64)
            self._unsure = np.roll(self._unsure, round(late_samples / EARS_BLOCK), axis=0)
        self._else[:] = 0.0
        self._taken = 0  # what was kept belongs to what was

    def _late_samples(self) -> int | None:
        """By how much later than expected the echo of the last moments comes, -REACH to REACH; None if it comes another way."""
        ages = range(SINCE_BLOCKS - 1, -1, -1)
        at = [(self._newest + age) % len(self._near) for age in ages]
        expected = np.concatenate([np.fft.irfft((self._path * self._far[n : n + TAIL_BLOCKS]).sum(axis=0))[EARS_BLOCK:] for n in at])
        heard = np.concatenate([self._near[n] for n in at])
        length = 2 * len(heard)
        alike = np.fft.irfft(np.fft.rfft(heard, length) * np.conj(np.fft.rfft(expected, length)), length)
        near = np.concatenate([alike[-REACH_SAMPLES:], alike[: REACH_SAMPLES + 1]])
        late = int(np.argmax(near)) - REACH_SAMPLES
        both = (heard[late:], expected[: len(expected) - late]) if late > 0 else (heard[: len(heard) + late], expected[-late:])
        likeness = float(both[0] @ both[1]) / float(np.linalg.norm(both[0]) * np.linalg.norm(both[1]) + TINY)
        return late if likeness > ALIKE else None

    def cancel(self, microphone: Samples, played: Samples, jump: int = 0) -> Samples:
        """The microphone without what it has of `played`. `jump`: by how many blocks more than before `played` is held back (-1, 0, 1)."""
        if jump:
            self._shift(jump)
        spectrum = np.fft.rfft(np.concatenate([self._last, played])).astype(np.complex64)
        self._last = played
        kept = len(self._near)
        self._newest = (self._newest - 1) % kept
        # Kept twice, so that any stretch of them lies in one piece.
        self._far[self._newest] = self._far[self._newest + kept] = spectrum
        self._near[self._newest] = microphone
        self._taken += 1
        if self._heard_blocks < FIRST_BLOCKS:
            self._get_an_idea(microphone, played)
            if self._heard_blocks <= WAITING_BLOCKS:
                return microphone
        cleaned = self._learn(0)
        for turn in range(AGAIN_BLOCKS):
            age = 1 + (self._taken * STRIDE + turn * (KEPT_BLOCKS // AGAIN_BLOCKS)) % (KEPT_BLOCKS - 1)
            if age < self._taken:
                self._learn(age)
        return cleaned

    def _get_an_idea(self, microphone: Samples, played: Samples) -> None:
        """Of how loud the echo may be."""
        self._energies[0] += float(played @ played)
        self._energies[1] += float(microphone @ microphone)
        self._heard_blocks += bool(played.any())
        unsure = min(UNSURE * self._energies[1] / self._energies[0], 1.0)
        if self._heard_blocks == WAITING_BLOCKS or (self._heard_blocks > WAITING_BLOCKS and unsure > GROWN * self._unsure_at_first):
            self._unsure_at_first = unsure
            self._unsure = np.maximum(self._unsure, np.float32(unsure))

    def _learn(self, age: int) -> Samples:
        """Learn from the block that is `age` blocks old, and return it without its echo."""
        at = self._newest + age
        far, near = self._far[at : at + TAIL_BLOCKS], self._near[at % len(self._near)]
        power = far.real**2 + far.imag**2
        if float(power.sum()) < AUDIBLE:
            return np.array(near)
        left = near - np.fft.irfft((self._path * far).sum(axis=0))[EARS_BLOCK:].astype(np.float32)
        spectrum = np.fft.rfft(np.concatenate([np.zeros(EARS_BLOCK, np.float32), left])).astype(np.complex64)
        size = spectrum.real**2 + spectrum.imag**2
        if age == 0:
            self._else = SMOOTHING * self._else + np.float32(1 - SMOOTHING) * size
        others = np.maximum(self._else, size) if age else self._else
        # Half: of the spectrum's two blocks one is zeros.
        trust = self._unsure * far.conj() / (0.5 * (power * self._unsure).sum(axis=0) + others + np.float32(TINY))
        impulses = np.fft.irfft(trust * spectrum, axis=1)
        impulses[:, EARS_BLOCK:] = 0.0
        self._path += np.fft.rfft(impulses, axis=1).astype(np.complex64)
        self._unsure *= 1 - 0.5 * (trust * far).real
        if age == 0:
            self._unsure *= np.float32(STAYS**2)
            self._unsure += np.float32(1 - STAYS**2) * (self._path.real**2 + self._path.imag**2)
        return np.asarray(left)

    def _shift(self, jump: int) -> None:
        """Expect the echo a block sooner (1) or later (-1). What was kept belongs to the old reference and isn't learned from again."""
        self._path = np.roll(self._path, -jump, axis=0)
        self._unsure = np.roll(self._unsure, -jump, axis=0)
        if jump > 0:  # the block before the one that is given once more
            self._last = np.fft.irfft(self._far[self._newest])[:EARS_BLOCK].astype(np.float32)
        end = -1 if jump > 0 else 0
        self._path[end], self._unsure[end] = 0.0, self._unsure_at_first
        if jump > 0:
            self._newest = (self._newest + 1) % len(self._near)
        self._taken = 0
