"""What may stand between the microphone and the ears: the coach's canceller, and what it is compared with."""

import ctypes
import ctypes.util
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicecoach.ears.echo import Canceller, EchoCanceller
from voicecoach.ears.echo_filter import TAIL_BLOCKS, TAIL_MS
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples


class Untouched:
    """No canceller at all, though the ears know when the coach talks."""

    def __init__(self) -> None:
        self._silent_blocks = TAIL_BLOCKS

    @property
    def playing(self) -> bool:
        """Whether the coach's voice may be in the microphone."""
        return self._silent_blocks < TAIL_BLOCKS

    @property
    def drift_ppm(self) -> None:
        """Not measured."""

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """What the microphone captured."""
        self._silent_blocks = 0 if played.any() else self._silent_blocks + 1
        return microphone


class HalfDuplex(Untouched):
    """Deaf while the coach talks, and as long as its echo lasts."""

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """Silence while the coach talks."""
        microphone = super().cancel(microphone, played)
        return np.zeros_like(microphone) if self.playing else microphone


class Speexdsp(Untouched):
    """libspeexdsp's canceller with its preprocessor, as telephones use it. OSError where it isn't installed (libspeexdsp1)."""

    def __init__(self) -> None:
        super().__init__()
        self._lib = ctypes.CDLL(ctypes.util.find_library("speexdsp") or "libspeexdsp.so.1")
        for name in ("speex_echo_state_init", "speex_preprocess_state_init"):
            getattr(self._lib, name).restype = ctypes.c_void_p
        self._state = ctypes.c_void_p(self._lib.speex_echo_state_init(EARS_BLOCK, EARS_RATE_HZ * TAIL_MS // 1000))
        self._preprocessor = ctypes.c_void_p(self._lib.speex_preprocess_state_init(EARS_BLOCK, EARS_RATE_HZ))
        set_sampling_rate, set_echo_state = 24, 24  # SPEEX_ECHO_SET_SAMPLING_RATE, SPEEX_PREPROCESS_SET_ECHO_STATE
        self._lib.speex_echo_ctl(self._state, set_sampling_rate, ctypes.byref(ctypes.c_int(EARS_RATE_HZ)))
        self._lib.speex_preprocess_ctl(self._preprocessor, set_echo_state, self._state)

    def cancel(self, microphone: Samples, played: Samples) -> Samples:
        """What is left behind both."""
        super().cancel(microphone, played)
        near, far, out = _int16(microphone), _int16(played), np.empty(EARS_BLOCK, np.int16)
        addresses = [ctypes.c_void_p(array.ctypes.data) for array in (near, far, out)]
        self._lib.speex_echo_cancellation(self._state, *addresses)
        self._lib.speex_preprocess_run(self._preprocessor, addresses[2])
        return (out / np.float32(32768)).astype(np.float32)


def _int16(samples: Samples) -> NDArray[np.int16]:
    return np.ascontiguousarray(np.clip(samples, -1.0, 1.0) * 32767.0, dtype=np.float32).astype(np.int16)


OURS = "the coach's"
UNGUARDED = "the coach's canceller alone"
FRONT_ENDS: dict[str, Callable[[], Canceller]] = {
    OURS: EchoCanceller,
    UNGUARDED: EchoCanceller,
    "none": Untouched,
    "half-duplex": HalfDuplex,
    "speexdsp": Speexdsp,
}
"""Only the first has the guards of own_voice.py behind the ears. Speexdsp is left out where it isn't installed."""


def available() -> list[str]:
    """Those that this machine has."""
    found = list(FRONT_ENDS)
    try:
        Speexdsp()
    except OSError:
        found.remove("speexdsp")
    return found
