"""Sound, one block on: from the speaker through the room into the ears, and what a watch over them tells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from voicecoach.ears.watched import Watched
from voicecoach.messages.events import Input
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, VOICE_BLOCK, Samples
from voicecoach.rehearsal.echo_path import Retimed
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room

_DEAF = frozenset({"microphone_lost", "microphone_silent"})
_MUTE = frozenset({"speaker_lost", "speaker_off"})
_FAINT_BITS = 7
"""A microphone that is broken or turned down: 42 dB less, and still 16 bits."""


class Hearing(Protocol):
    """The ears."""

    def forget(self) -> None:
        """Sound was missing: begin anew."""

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        """Take a block of 320 samples each at 16 kHz: the microphone's, and what the speaker played meanwhile."""


class Playing(Protocol):
    """The coach's mixer."""

    def pull(self, n: int) -> Samples:
        """The next `n` samples at 24 kHz."""

    def hush(self) -> None:
        """Be silent, now."""


class Step:
    """The sound of one session. What is suspected hushes the speaker here, before anybody has decided anything."""

    def __init__(self, room: Room, breakages: Breakages, results: Results, ears: Hearing, speaker: Playing) -> None:
        self._room = room
        self._breakages = breakages
        self._results = results
        self._ears = ears
        self._speaker = speaker
        self._reference = Retimed()
        self._news: list[Input] = []
        self._watched = Watched(ears.forget, self._news.append)
        self._missed_s = 0.0
        self._stuck = False

    def take(self, count: int) -> list[Heard]:
        """Block number `count` of the session; what the ears say about it, on the audio clock."""
        broken = self._breakages.active(count * BLOCK_MS / 1000)
        pulled = self._speaker.pull(VOICE_BLOCK)
        heard = np.zeros_like(pulled) if broken & _MUTE else pulled
        microphone = self._captured(heard, broken)
        reference = self._reference.push(np.zeros_like(pulled) if "speaker_lost" in broken else pulled)
        self._results.sound(heard, microphone)
        self._watched.take(microphone, reference)
        found = self._found(microphone, reference, stuck="recognizer_stuck" in broken)
        if any(one.stage is Stage.SUSPECTED for one in found):
            self._speaker.hush()
        return found

    def news(self, now_s: float) -> list[Input]:
        """What the watches over the parts have noticed since the last time."""
        for one in self._breakages.news(now_s):
            self._watched.report(one)
        news = list(self._news)
        self._news.clear()
        return news

    def _captured(self, heard: Samples, broken: frozenset[str]) -> Samples:
        captured = self._room.capture(heard)
        if broken & _DEAF:
            return np.zeros_like(captured)
        if "microphone_faint" in broken:
            captured = (np.rint(captured * 2 ** (15 - _FAINT_BITS)) / 2**15).astype(np.float32)
        return captured

    def _found(self, microphone: Samples, reference: Samples, *, stuck: bool) -> list[Heard]:
        if stuck:
            self._missed_s += BLOCK_MS / 1000
        elif self._stuck:
            self._ears.forget()
        self._stuck = stuck
        return [] if stuck else [replace(one, at_s=one.at_s + self._missed_s) for one in self._ears.feed(microphone, reference)]
