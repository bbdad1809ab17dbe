"""The sound of a session, kept in files: only where somebody asked for it."""

import queue
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, Samples
from voicecoach.sound.paced import WavSink

_A_SECOND_BLOCKS = 1000 // BLOCK_MS
_MOST_WAITING = 30 * _A_SECOND_BLOCKS
"""A cheap memory card that tidies itself up stands still for some seconds; half a minute is 4 MB."""
_LEAST_FREE_BYTES = 50_000_000
"""What is left for the journal, which is worth more, and as much as `voicecoach check` wants to see free."""
_JOIN_S = 2.0


class Keeping:
    """Writes what the microphone got and what the speaker played at the same moment, sample by sample, both at 16 kHz.

    The files grow a second at a time, header and all, so that a killed session leaves files that play. A disk that is full, slow or gone
    ends the recording, and nothing but that: `stopped` is told why, once, in half a sentence, from any thread.
    """

    def __init__(self, folder: Path, stopped: Callable[[str], None], least_free_bytes: int = _LEAST_FREE_BYTES) -> None:
        """`folder` is there. Raises Unreadable when it can't be written."""
        self._folder = folder
        self._stopped = stopped
        self._least_free_bytes = least_free_bytes
        self._sinks = tuple(WavSink(folder / f"{name}.wav", EARS_RATE_HZ) for name in ("microphone", "speaker"))
        self._blocks: queue.SimpleQueue[tuple[Samples, Samples] | None] = queue.SimpleQueue()
        self._over = False
        self._thread = threading.Thread(target=self._run, name="keeping", daemon=True)
        self._thread.start()

    def take(self, microphone: Samples, played: Samples) -> None:
        """Keep one block of both: (320,) float32 at 16 kHz. The sound thread; never waits, never raises."""
        if self._over:
            return
        if self._blocks.qsize() >= _MOST_WAITING:
            self._end("the disk is too slow for it")
            return
        self._blocks.put((microphone, played))

    def stop(self) -> None:
        """Write what is still to be written, for 2 s at most, and finish the files. May be called twice."""
        self._blocks.put(None)
        self._thread.join(_JOIN_S)

    def _run(self) -> None:
        try:
            while not self._over and (second := self._second()):
                if shutil.disk_usage(self._folder).free < self._least_free_bytes:
                    self._end("the disk is almost full")
                    break
                for sink, samples in zip(self._sinks, zip(*second, strict=True), strict=True):
                    sink.write(np.concatenate(samples))
        except OSError as error:
            self._end(f"it can't be written any more ({error.strerror})")
        finally:
            for sink in self._sinks:
                with suppress(OSError):
                    sink.close()

    def _second(self) -> list[tuple[Samples, Samples]]:
        """The next second of sound, or what is left of it; nothing: that was all."""
        blocks: list[tuple[Samples, Samples]] = []
        while len(blocks) < _A_SECOND_BLOCKS and (block := self._blocks.get()) is not None:
            blocks.append(block)
        if blocks and len(blocks) < _A_SECOND_BLOCKS:
            self._blocks.put(None)  # so that the end is found again
        return blocks

    def _end(self, why: str) -> None:
        self._over = True
        self._stopped(why)
