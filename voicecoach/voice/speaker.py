"""The mixer: lines one after another or on their exact sample, tones on top, silent at once when hushed. Knows no device and no clock.

Time is `position_samples`, the number of samples pulled so far. What is asked (`say`, `tone`, `hush`, `duck`, `gain_db`) takes effect
where the next pull begins, in the order it was asked.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.mixing import Ducking, Loudness, Tones, faded, limited

GAP_MS = 200
"""Between two lines that follow each other: a full stop's worth. After a hush too: the silence is what tells that one was heard."""

FADE_MS = 20
"""Of a hush and of a change of loudness: too short to be heard as fading, too long to click."""


@dataclass(frozen=True, slots=True)
class SpeakerEvent:
    """What became of a line. `at_sample` is exact; a line gives "started" and "ended", or "ended" alone if it was dropped before it began.

    "ducked": everything goes down from here on; `say_id` is the line that plays then, 0 if there is none.
    `cut_short`: hushed before its natural end. `late`: it started after the sample it was asked for.
    """

    kind: Literal["started", "ended", "ducked"]
    say_id: int
    at_sample: int
    cut_short: bool
    late: bool


@dataclass(slots=True, eq=False)
class _Line:
    say_id: int
    left: Samples
    at_sample: int | None
    cut_short: bool = False
    late: bool = False


class Speaker:
    """Everything the loudspeaker plays passes through here.

    One thread pulls. `say` and `events` belong to one other thread; `tone`, `hush`, `duck` and `gain_db` may be used from any.
    Nothing waits.
    """

    def __init__(self, rate_hz: int = VOICE_RATE_HZ, usual_db: float = 0.0) -> None:
        """`usual_db` is what `gain_db` is counted from."""
        self._rate_hz = rate_hz
        self._usual_db = usual_db
        self._commands: deque[Callable[[], None]] = deque()
        self._events: deque[SpeakerEvent] = deque()
        fade = rate_hz * FADE_MS // 1000
        self._lines = _Lines(fade, rate_hz * GAP_MS // 1000, self._events.append)
        self._tones = Tones(fade)
        self._fade = fade
        self._loudness = Loudness()
        self._ducking = Ducking(rate_hz)
        self._asked = 0
        self._gain_db = 0.0
        self.position_samples = 0
        """How many samples have been pulled."""
        self.hushes = 0
        """How often it was hushed: a sentence that took its time to be made can tell that it is no longer wanted."""
        if usual_db:
            self.gain_db = 0.0

    def say(self, say_id: int, pcm: Pcm, at_sample: int | None = None) -> None:
        """Play a line: as soon as what was asked before it is over and 200 ms have passed, or exactly at `at_sample`.

        If that sample is past, or another line still plays then, it starts as soon as it can and its event is `late`. A timed line waits
        for no line but the one that plays. ValueError: `pcm` has another rate.
        """
        self._check(pcm)
        self._asked += 1
        self._commands.append(partial(self._lines.add, _Line(say_id, pcm.samples, at_sample)))

    def tone(self, pcm: Pcm, at_sample: int | None = None) -> None:
        """Mix a sound on top of whatever plays, at `at_sample`, or at once if that is None or past; no events. ValueError: another rate."""
        self._check(pcm)
        self._commands.append(partial(self._tones.add, pcm.samples, at_sample))

    def hush(self) -> None:
        """Fade to silence within 20 ms and forget everything that was asked before, tones included; what is asked later survives."""
        self.hushes += 1
        self._commands.append(self._hush)

    def duck(self) -> None:
        """Go down by 12 dB within 30 ms, and come back 0.3 s after the last call of this; a hush ends it too."""
        self._commands.append(self._duck)

    @property
    def gain_db(self) -> float:
        """Loudness against the usual one (0.0), -100 to 100; a change takes 20 ms, the peak stays below -1 dBFS."""
        return self._gain_db

    @gain_db.setter
    def gain_db(self, gain_db: float) -> None:
        if not -100 <= gain_db <= 100:
            raise ValueError(f"no gain: {gain_db}")
        self._gain_db = gain_db
        self._commands.append(partial(self._loudness.aim, 10 ** ((self._usual_db + gain_db) / 20), self._fade))

    @property
    def busy(self) -> bool:
        """True while a line plays or is still to be played; from the return of `say` on."""
        return self._asked != self._lines.ended

    @property
    def playing(self) -> int | None:
        """The say_id of the line that plays now."""
        line = self._lines.current
        return line.say_id if line else None

    def pull(self, n: int) -> Samples:
        """The next `n` samples, shape (n,), for the loudspeaker; silence where there is nothing to play. Never blocks."""
        while self._commands:
            self._commands.popleft()()
        block: Samples = np.zeros(n, np.float32)
        self._lines.play(block, self.position_samples)
        self._tones.mix(block, self.position_samples)
        self.position_samples += n
        return limited(self._loudness.apply(self._ducking.apply(block)))

    def events(self, until_sample: float = float("inf")) -> list[SpeakerEvent]:
        """What happened since the last call, up to `until_sample`, in order of time."""
        count = len(self._events)
        return [self._events.popleft() for _ in range(count) if self._events[0].at_sample <= until_sample]

    def _hush(self) -> None:
        self._lines.hush(self.position_samples)
        self._tones.hush()
        self._ducking.release()

    def _duck(self) -> None:
        if self._ducking.renew():
            self._events.append(SpeakerEvent("ducked", self.playing or 0, self.position_samples, cut_short=False, late=False))

    def _check(self, pcm: Pcm) -> None:
        if pcm.rate_hz != self._rate_hz:
            raise ValueError(f"a sound at {pcm.rate_hz} Hz for a speaker at {self._rate_hz} Hz")


class _Lines:
    """The queue of lines and the one that plays. Only the pulling thread calls its methods."""

    def __init__(self, fade: int, gap: int, report: Callable[[SpeakerEvent], None]) -> None:
        self._fade = fade
        self._gap = gap
        self._report = report
        self._waiting: list[_Line] = []
        self._free_from = 0
        self.current: _Line | None = None
        self.ended = 0

    def add(self, line: _Line) -> None:
        """Queue a line."""
        self._waiting.append(line)

    def hush(self, position: int) -> None:
        """Fade the line that plays, drop the others."""
        if self.current:
            self.current.left = faded(self.current.left, self._fade)
            self.current.cut_short = True
        dropped, self._waiting = self._waiting, []
        for line in dropped:
            line.cut_short = True
            self._end(line, position)

    def play(self, block: Samples, position: int) -> None:
        """Add to `block`, which begins at sample `position`, what the lines have for it."""
        now, until = position, position + len(block)
        while now < until:
            if self.current is None:
                now = self._begin(now, until)
            if self.current is not None:
                now = self._go_on(self.current, block[now - position :], now)

    def _begin(self, now: int, until: int) -> int:
        """Let the next line begin where it has to, if that is before `until`; the sample where it begins, or `until`."""
        # An untimed line waits for all that was asked before it, so only the first in the queue can be due.
        due = [line for n, line in enumerate(self._waiting) if n == 0 or line.at_sample is not None]
        if not due:
            return until
        line = min(due, key=lambda line: self._turn(line, now))
        start = self._start(line, now)
        if start >= until:
            return until
        self._waiting.remove(line)
        self.current = line
        line.late = line.at_sample is not None and start > line.at_sample
        self._report(SpeakerEvent("started", line.say_id, start, cut_short=False, late=line.late))
        return start

    def _start(self, line: _Line, now: int) -> int:
        return max(self._free_from if line.at_sample is None else line.at_sample, now)

    def _turn(self, line: _Line, now: int) -> tuple[int, bool, int]:
        """Who is first: what can start first; then the timed before the untimed; then what was wanted first."""
        return self._start(line, now), line.at_sample is None, line.at_sample or 0

    def _go_on(self, line: _Line, rest: Samples, now: int) -> int:
        """Play what fits of `line` into `rest`, which begins at sample `now`; the first sample that isn't filled."""
        count = min(len(line.left), len(rest))
        rest[:count] += line.left[:count]
        line.left = line.left[count:]
        now += count
        if not len(line.left):
            self.current = None
            self._free_from = now + self._gap
            self._end(line, now)
        return now

    def _end(self, line: _Line, at_sample: int) -> None:
        self._report(SpeakerEvent("ended", line.say_id, at_sample, line.cut_short, line.late))
        self.ended += 1
