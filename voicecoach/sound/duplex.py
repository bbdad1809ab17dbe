"""Microphone and speaker, live, as one exchange of blocks."""

import threading
import time
from collections.abc import Callable

import numpy as np

from voicecoach.errors import Missing, Unreadable
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, Gaps, Samples
from voicecoach.sound.devices import Device, Direction
from voicecoach.sound.link import Link, LinkLost
from voicecoach.sound.reopening import Reopening
from voicecoach.sound.standstill import Standstill

_STALL_S = 1.0
"""A device that has asked for nothing for so long is lost; it asks every 20 ms in health."""
_LOOK_S = 0.1
"""How long a silent device can keep `stop` waiting."""
_OPENING_S = 8.0
"""A cold small computer loads Python, PortAudio and ALSA in 2 s; broken devices take longer to refuse."""
_JOIN_S = 3.0
_BLOCK_S = BLOCK_MS / 1000
_MOST_BEHIND_S = 0.2
"""What is made up for after a delay in silence; the clock leaves out the rest, as it does while the machine sleeps."""


class DuplexStream:
    """Calls `exchange` every 20 ms with what the microphone captured and what the speaker was playing; plays what it returns.

    `exchange` gets twice (320,) float32 at 16 kHz (silence for what isn't there) and returns (480,) float32 at 24 kHz (ignored without a
    speaker). It runs on this stream's own thread and has about 40 ms; what it returns too late isn't played, and then isn't among what was
    played either. What was played comes back into the microphone after a delay that doesn't change while the devices stay open; where they
    are two, each with its own clock, it drifts by less than a block and jumps back (a slip).

    A device that dies, or says nothing for a second, is reported by `on_fault(Fault("microphone" | "speaker", ...))`, on the same thread.
    From then on, `exchange` is called with silence at the same pace, measured by the system's monotonic clock for want of a sound clock,
    while the devices are tried again and again; `on_fault(Recovered(...))` follows for each that works. Sound returned in between is lost.
    After some tries another device will do, and the recovery says which. `on_fault(Fault("standstill", ...))`: the machine slept.
    """

    def __init__(
        self,
        microphone: Device | None,
        speaker: Device | None,
        exchange: Callable[[Samples, Samples], Samples],
        on_fault: Callable[[Fault | Recovered], None],
    ) -> None:
        """At least one device, else Unreadable."""
        if microphone is None and speaker is None:
            raise Unreadable("A live session needs a microphone or a speaker.", "Choose one, or use --keyboard.")
        self._devices = (microphone, speaker)
        self._exchange = exchange
        self._on_fault = on_fault
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._link: Link | None = None
        self._reopening: Reopening | None = None
        self._lost: list[Direction] = []
        self._due_at_s = 0.0
        self._quiet_s = 0.0
        self._past = Gaps()
        self._standstill = Standstill()

    @property
    def gaps(self) -> Gaps:
        """What went wrong with the sound since the start. Any thread."""
        link = self._link
        return _sum(self._past, link.gaps) if link else self._past

    def start(self) -> None:
        """Open the devices and begin. Returns when sound flows, after 0.3 s. Raises Missing when a device can't be opened."""
        link = Link(*self._devices)
        try:
            flowing = link.opened(_OPENING_S)
        except LinkLost as lost:
            link.kill()
            raise Missing(str(lost), lost.next_step) from lost
        if not flowing:
            link.kill()
            raise Missing("The sound device was opened, but no sound came.", "Check that it isn't suspended, or choose another one.")
        self._link = link
        self._thread.start()

    def stop(self) -> None:
        """End: what was exchanged is still played (0.1 s), then the devices are closed. At most 3 s even when everything hangs.

        Any thread but the stream's own; may be called twice, or before `start`.
        """
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                for news in self._standstill.look():
                    self._on_fault(news)
                if self._link is not None:
                    self._live(self._link)
                else:
                    self._silent()
                if self._reopening is not None:
                    self._try_again(self._reopening)
        finally:
            if self._reopening is not None:
                self._reopening.close()
            if self._link is not None:
                self._link.close()

    def _live(self, link: Link) -> None:
        try:
            block = link.receive(_LOOK_S)
            if block is not None:
                self._quiet_s = 0.0
                link.send(self._exchange(block.captured, block.played))
                return
            self._quiet_s += _LOOK_S
            if self._quiet_s >= _STALL_S:
                raise LinkLost(f"No sound came for {_STALL_S:.0f} s.")
        except LinkLost as lost:
            self._lose(link, str(lost))

    def _lose(self, link: Link, detail: str) -> None:
        link.kill()
        self._retire(link)
        self._quiet_s = 0.0
        self._due_at_s = time.monotonic()
        self._reopening = self._reopening or Reopening(*self._devices, self._due_at_s)
        for direction in link.directions:
            self._lost.append(direction)
            self._on_fault(Fault(direction, f"The {direction} stopped working. {detail}"))

    def _retire(self, link: Link) -> None:
        self._past = _sum(self._past, link.gaps)
        self._link = None

    def _silent(self) -> None:
        silence = np.zeros(EARS_BLOCK, dtype=np.float32)
        self._exchange(silence, silence)
        now_s = time.monotonic()
        self._due_at_s = max(self._due_at_s + _BLOCK_S, now_s - _MOST_BEHIND_S)
        self._stopping.wait(max(0.0, self._due_at_s - now_s))

    def _try_again(self, reopening: Reopening) -> None:
        found = reopening.step(time.monotonic(), self._link)
        if found is None:
            return
        if self._link is not None:
            self._link.kill()
            self._retire(self._link)
        self._link = found
        back = [direction for direction in found.directions if direction in self._lost]
        self._lost = [direction for direction in self._lost if direction not in back]
        if not self._lost:
            self._reopening = None
        for direction in back:
            self._on_fault(Recovered(direction, self._renamed(direction, found)))

    def _renamed(self, direction: Direction, link: Link) -> str:
        wanted = next(device.name for device in self._devices if device and device.direction == direction)
        return "" if link.names[direction] == wanted else f'The {direction} is "{link.names[direction]}" now, since "{wanted}" is gone.'


def _sum(one: Gaps, other: Gaps) -> Gaps:
    return Gaps(one.overflows + other.overflows, one.underflows + other.underflows, one.slips + other.slips)
