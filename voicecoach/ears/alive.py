"""Whether the microphone still hears: told by what a living one always has, its own noise and the coach's voice.

A muted microphone may give exact zeros, or only less than it used to. Nobody can say "stop" into either.
"""

from collections import deque
from collections.abc import Callable

import numpy as np

from voicecoach.ears.loudness import CLIPPED_AT
from voicecoach.messages.events import Fault, HardToHear, Recovered
from voicecoach.messages.heard import Trouble
from voicecoach.messages.sound import BLOCK_MS, Samples

News = Fault | Recovered | HardToHear

PATIENCE_S = 2.0
"""Exact zeros for so long are a fault. No real room is exactly silent."""
VIRTUAL_PATIENCE_S = 120.0
"""The same for a microphone that has been exactly silent before, in between what is said: a sound server's, without hardware."""
LEARNING_S = 5.0
NOISY_SHARE = 0.95

WINDOW_S = 2.0
"""Several words and the pauses between them: an echo that is 0.3 s late still belongs to the same window."""
KNOWN_WINDOWS = 5
"""Ten seconds of the room, or of the coach's talk, before anything is missed of it: about the greeting."""
LEAST_TALK_DBFS = -40.0
"""The coach's usual level is some -20 dBFS: what it says in half a window is above this."""
CLEAR_DB = 10.0
"""An echo that stands so far out of the room's noise can't be mistaken for it."""
ALIKE = 0.6
"""Correlation of the loudness of what is heard with that of what is played, 20 ms by 20 ms: an echo in a room has 0.7 and more, music that
happens to begin when the coach does has less."""
MOST_LATE_BLOCKS = 400 // BLOCK_MS
"""Between the two."""
USUAL_WINDOWS = 15
FAINTER_DB = 10.0
FAINTEST_DB = 30.0
"""An echo so much smaller than usual is gone if what is heard doesn't follow what is played, or, by the second, even if it does: nobody
hears, or is heard, 30 dB below what was usual. Somebody who speaks along makes it larger, never smaller."""
DEAF_WINDOWS = 2
"""Four seconds of the coach's talk of which nothing arrives, and nothing of the room either."""
INAUDIBLE_WINDOWS = 10
"""Twenty seconds of the coach's talk of which nothing arrives, though the room does: time to turn the volume up again."""
FLOOR_SHARE = 10
"""Per cent of a window: its quiet moments."""
FLOOR_LOST_DB = 10.0
"""Below the quietest that the room has been: its own quiet moments differ by less."""
COLLAPSED_DB = 20.0
COLLAPSED_DBFS = -75.0
"""A living microphone's own noise is -70 to -60 dBFS; when a fan is switched off, that is what is left."""
COLLAPSED_WINDOWS = 3
BACK_DB = 6.0
"""A microphone is back when the quiet moments of two seconds are no further below the room's quietest."""

CLIPPED_SHARE = 0.01
"""Of a window. A voice that only touches full scale at its loudest stays below a thousandth."""

_WINDOW_BLOCKS = round(WINDOW_S * 1000 / BLOCK_MS)
_BLOCK_S = BLOCK_MS / 1000


class Alive:
    """Watches one microphone. `tell` hears of Fault("microphone"), Recovered, Fault("inaudible") and, once, HardToHear(CLIPPED).

    One thread. "inaudible" isn't taken back: whoever hears the coach will say so, and what is usual is learned anew.
    """

    def __init__(self, tell: Callable[[News], None]) -> None:
        self._tell = tell
        self._zeros = _Zeros()
        self._floors = _Floors()
        self._echo = _Echo()
        self._window = _Window()
        self._deaf = self._collapsed = 0
        self._clipped = False
        self._back_above_db: float | None = None
        self._levels_db: deque[float] = deque(maxlen=_WINDOW_BLOCKS)

    def take(self, microphone: Samples, played: Samples) -> None:
        """The next block of both, 320 samples at 16 kHz each."""
        if self._back_above_db is not None:
            self._await_return(_db(microphone), self._back_above_db)
            return
        if (news := self._zeros.take(silent=not np.any(microphone))) is not None:
            self._tell(news)
            self._window = _Window()
        elif not self._zeros.told and self._window.take(microphone, played):
            self._judge(self._window)
            self._window = _Window()

    def _judge(self, window: "_Window") -> None:
        lowest_db = self._floors.lowest_db
        if window.clipped > CLIPPED_SHARE and not self._clipped:
            self._clipped = True
            self._tell(HardToHear(Trouble.CLIPPED))
        gone = self._echo.take(window, lowest_db)
        deaf = gone and window.floor_db < lowest_db - FLOOR_LOST_DB
        collapsed = window.loudest_db < min(lowest_db - COLLAPSED_DB, COLLAPSED_DBFS)
        self._deaf = self._deaf + 1 if deaf else 0
        self._collapsed = self._collapsed + 1 if collapsed else 0
        if self._deaf >= DEAF_WINDOWS or self._collapsed >= COLLAPSED_WINDOWS:
            self._deaf = self._collapsed = 0
            self._levels_db.clear()
            self._back_above_db = lowest_db - BACK_DB
            self._tell(Fault("microphone", "The microphone hears next to nothing any more. Is it muted, or covered?"))
        elif self._echo.gone_windows >= INAUDIBLE_WINDOWS:
            self._echo = _Echo()
            self._tell(Fault("inaudible", "The coach's voice doesn't reach the microphone any more. Is the speaker on?"))
        elif not deaf and not collapsed:
            self._floors.take(window.floor_db)

    def _await_return(self, level_db: float, above_db: float) -> None:
        self._levels_db.append(level_db)
        if len(self._levels_db) == _WINDOW_BLOCKS and np.percentile(self._levels_db, FLOOR_SHARE) > above_db:
            self._back_above_db = None
            self._echo.gone_windows = 0
            self._tell(Recovered("microphone"))


class _Zeros:
    """Exact silence: a fault soon where there was noise before, and late where there never was any: a virtual microphone is like that."""

    def __init__(self) -> None:
        self._blocks = self._noisy = self._zeros = 0
        self.told = False

    def take(self, *, silent: bool) -> Fault | Recovered | None:
        self._blocks += 1
        if not silent:
            self._noisy += 1
            told, self.told, self._zeros = self.told, False, 0
            return Recovered("microphone") if told else None
        self._zeros += 1
        before = self._blocks - self._zeros
        noisy = before * _BLOCK_S > LEARNING_S and self._noisy > NOISY_SHARE * before
        if self.told or self._zeros * _BLOCK_S < (PATIENCE_S if noisy else VIRTUAL_PATIENCE_S):
            return None
        self.told = True
        return Fault("microphone", "The microphone gives nothing but zeros. Is it muted, or not the one that is meant?")


class _Window:
    """Two seconds, and what is to be known of them."""

    def __init__(self) -> None:
        self._heard: list[Samples] = []
        self._played: list[Samples] = []

    def take(self, microphone: Samples, played: Samples) -> bool:
        """Whether it is full."""
        self._heard.append(microphone)
        self._played.append(played)
        return len(self._heard) == _WINDOW_BLOCKS

    @property
    def heard_db(self) -> float:
        return _db(np.concatenate(self._heard))

    @property
    def played_db(self) -> float:
        return _db(np.concatenate(self._played))

    @property
    def floor_db(self) -> float:
        return float(np.percentile([_db(block) for block in self._heard], FLOOR_SHARE))

    @property
    def loudest_db(self) -> float:
        return max(_db(block) for block in self._heard)

    @property
    def alike(self) -> float:
        """How well what is heard follows what is played: their correlation at the delay at which it is highest."""
        heard, played = (np.sqrt([float(np.mean(block**2)) for block in blocks]) for blocks in (self._heard, self._played))
        if not np.ptp(heard) or not np.ptp(played[:-MOST_LATE_BLOCKS]):
            return 0.0
        part = played[: len(played) - MOST_LATE_BLOCKS]
        later = (heard[late : late + len(part)] for late in range(MOST_LATE_BLOCKS))
        return max((float(np.corrcoef(part, echo)[0, 1]) for echo in later if np.ptp(echo)), default=0.0)

    @property
    def clipped(self) -> float:
        return float(np.mean(np.abs(np.concatenate(self._heard)) >= CLIPPED_AT))


class _Floors:
    """How quiet the room has been at its quietest.

    The last few windows don't count yet: a microphone that has just been muted would lower it in the middle of a window.
    """

    def __init__(self) -> None:
        self._pending: deque[float] = deque()
        self._known = 0
        self._lowest_db = float("inf")

    @property
    def lowest_db(self) -> float:
        """In dBFS; minus infinity as long as too little is known, so that nothing is below it."""
        return self._lowest_db if self._known >= KNOWN_WINDOWS else float("-inf")

    def take(self, floor_db: float) -> None:
        self._pending.append(floor_db)
        if len(self._pending) > COLLAPSED_WINDOWS:
            self._lowest_db = min(self._lowest_db, self._pending.popleft())
            self._known += 1


class _Echo:
    """How much of what is played usually comes back. Known only where it has always been heard clearly."""

    def __init__(self) -> None:
        self._usual_db: deque[float] = deque(maxlen=USUAL_WINDOWS)
        self.gone_windows = 0

    def take(self, window: _Window, lowest_db: float) -> bool:
        """Whether the coach talked in this window, was always heard before, and wasn't now."""
        if window.played_db < LEAST_TALK_DBFS:
            return False
        back_db = window.heard_db - window.played_db
        alike = window.alike > ALIKE
        clear = window.heard_db > lowest_db + CLEAR_DB and alike
        known = len(self._usual_db) >= KNOWN_WINDOWS
        fainter_db = float(np.median(self._usual_db)) - back_db if known else 0.0
        gone = fainter_db > FAINTEST_DB or (fainter_db > FAINTER_DB and not alike)
        self.gone_windows = self.gone_windows + 1 if gone else 0
        if clear and not gone:
            self._usual_db.append(back_db)
        elif not known:
            self._usual_db.clear()
        return gone


def _db(samples: Samples) -> float:
    return 10 * float(np.log10(float(np.mean(samples**2)) + 1e-12))
