"""The virtual clock: drives a whole session block by block, faster than time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from voicecoach.ears.alive import Alive
from voicecoach.messages.events import Calibrated, Event, Fault, Recovered
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, EARS_BLOCK, VOICE_BLOCK, Samples
from voicecoach.rehearsal.chronicle import Chronicle
from voicecoach.rehearsal.echo_path import Retimed
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.trigger import Logged

_DEAF = frozenset({"microphone_lost", "microphone_silent"})
_MUTE = frozenset({"speaker_lost", "speaker_off"})
_FAINT_BITS = 7
"""A microphone that is broken or turned down: 42 dB less, and still 16 bits."""

TWO_HOURS_S = 7200.0
"""No session lasts so long: one that does has lost its way."""


Keep = Callable[[Mapping[str, object]], str | None]
"""Keeps an event in the journal; gives a sentence if it couldn't be written yet, None if it is safe."""


class Conducting(Protocol):
    """The session's own loop, as far as a rehearsal drives it."""

    @property
    def outcome(self) -> str | None:
        """Set when the session is over."""

    def begin(self, about: Mapping[str, object] | None = None) -> None:
        """Start the session, and the log with `about`."""

    def hear(self, heard: Heard) -> None:
        """The ears heard something."""

    def tell(self, event: Event, at_s: float) -> None:
        """Something happened that wasn't heard."""

    def advance(self, now_s: float) -> None:
        """Do all that is due up to `now_s`."""


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


class Evening:
    """One rehearsed session. `log` is what the conductor is built with; then `run`.

    `journal` gets every event in order, the person's too. When it can't keep one the conductor is told that the disk failed, and with the
    first event that is safe again that it recovered. `journal_fault` is told when the disk is to be full and when no longer.
    """

    def __init__(
        self,
        room: Room,
        person: Person,
        breakages: Breakages,
        results: Results,
        journal: Keep,
        journal_fault: Callable[[bool], None],
    ) -> None:
        self._room = room
        self._person = person
        self._breakages = breakages
        self._results = results
        self._journal = _Journal(journal, journal_fault)
        self._chronicle = Chronicle([results.event, self._journal.write, person.notice, breakages.notice])

    def log(self, event: Mapping[str, object]) -> None:
        """Take an event from the conductor, stamped on the audio clock."""
        self._chronicle.log(event)

    def run(
        self,
        conductor: Conducting,
        ears: Hearing,
        speaker: Playing,
        about: Mapping[str, object] | None = None,
        bound_s: float = TWO_HOURS_S,
        calibrated: Callable[[], Calibrated | None] = lambda: None,
    ) -> str:
        """Go through the session to its end, and give its outcome.

        `about` goes into the log's first line; `calibrated` says once what the coach's first words told of the room.
        A scenario that kills the session gives "interrupted". A session that goes on for `bound_s` of virtual time is given up: "fault".
        """
        step = _Step(self._room, self._breakages, self._results, ears, speaker)
        conductor.begin(about)
        now_s = 0.0
        try:
            for count in range(round(bound_s * 1000 / BLOCK_MS)):
                now_s = (count + 1) * BLOCK_MS / 1000
                self._speak(count)
                for heard in step.take(count):
                    if heard.stage is Stage.SUSPECTED:
                        speaker.hush()
                    conductor.hear(heard)
                self._tell(conductor, (*step.news(), calibrated()), now_s)
                conductor.advance(now_s)
                self._chronicle.release(now_s)
                if conductor.outcome is not None:
                    self._chronicle.release(float("inf"))
                    self._chronicle.close(now_s, conductor.outcome)
                    return conductor.outcome
                if "killed" in self._breakages.active(now_s):
                    self._journal.cut_off()
                    self._chronicle.close(now_s, "interrupted")
                    return "interrupted"
        except KeyboardInterrupt:
            self._chronicle.close(now_s, "interrupted")
            raise
        return self._given_up(now_s)

    def _given_up(self, now_s: float) -> str:
        self._chronicle.log({"at_s": now_s, "event": "fault", "what": "session", "detail": f"No end after {now_s:g} s."})
        self._chronicle.release(now_s)
        self._chronicle.close(now_s, "fault")
        return "fault"

    def _speak(self, count: int) -> None:
        for utterance in self._person.begin(count * EARS_BLOCK, (count + 1) * EARS_BLOCK):
            self._room.say(utterance.samples, utterance.at_sample)
            self._chronicle.log(utterance.event())

    def _tell(self, conductor: Conducting, noticed: Sequence[Event | None], now_s: float) -> None:
        self._journal.set_full(full="disk_full" in self._breakages.active(now_s))
        for event in (*noticed, *self._breakages.news(now_s), *self._journal.news()):
            if event is not None:
                conductor.tell(event, now_s)


class _Step:
    """Sound, one block on: from the speaker through the room into the ears."""

    def __init__(self, room: Room, breakages: Breakages, results: Results, ears: Hearing, speaker: Playing) -> None:
        self._room = room
        self._breakages = breakages
        self._results = results
        self._ears = ears
        self._speaker = speaker
        self._reference = Retimed()
        self._news: list[Event] = []
        self._alive: Alive | None = Alive(self._news.append)
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
        self._watch(microphone, reference, broken)
        if "recognizer_stuck" in broken:
            self._missed_s += BLOCK_MS / 1000
            self._stuck = True
            return []
        if self._stuck:
            self._stuck = False
            self._ears.forget()
        return [replace(one, at_s=one.at_s + self._missed_s) for one in self._ears.feed(microphone, reference)]

    def news(self) -> list[Event]:
        """What the watch over the microphone has noticed since the last time."""
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

    def _watch(self, microphone: Samples, reference: Samples, broken: frozenset[str]) -> None:
        """As in a live session: a microphone that is known to be lost isn't watched, and the one that comes back may be another."""
        lost, seen = "microphone_lost" in broken, len(self._news)
        back = self._alive is None and not lost
        if lost:
            self._alive = None
            return
        self._alive = self._alive or Alive(self._news.append)
        self._alive.take(microphone, reference)
        if back or Recovered("microphone") in self._news[seen:]:
            self._ears.forget()


class _Journal:
    """Writes events on, and notices when that fails and when it works again."""

    def __init__(self, keep: Keep, set_full: Callable[[bool], None]) -> None:
        self._keep = keep
        self._set_full = set_full
        self._full = False
        self._failing = False
        self._cut_off = False
        self._news: list[Fault | Recovered] = []

    def set_full(self, *, full: bool) -> None:
        """Make the disk full, or no longer."""
        if full != self._full:
            self._full = full
            self._set_full(full)

    def cut_off(self) -> None:
        """Whoever is killed writes nothing more, not even that it is over."""
        self._cut_off = True

    def write(self, event: Logged) -> None:
        """One event into the journal."""
        if self._cut_off:
            return
        trouble = self._keep(event)
        if (trouble is not None) != self._failing:
            self._failing = trouble is not None
            self._news.append(Fault("disk", trouble) if trouble is not None else Recovered("disk"))

    def news(self) -> list[Fault | Recovered]:
        """What the conductor has to be told since the last time."""
        news, self._news = self._news, []
        return news
