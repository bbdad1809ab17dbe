"""What breaks during a rehearsal, when, and when the program is told, as its own watchers would tell it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.messages.events import Fault, Recovered
from voicecoach.rehearsal.scenario import FaultPlan
from voicecoach.rehearsal.trigger import Logged, Watch, at_s


@dataclass(frozen=True, slots=True)
class _Notice:
    """How a breakage gets noticed: `after_s`, as a fault of `part`."""

    after_s: float
    part: str
    detail: str


# A stream that gives no block for 1 s counts as lost; a stuck recogniser takes a second more to be told from a pause. What isn't here is
# noticed by the same watch as in a live session, or by nobody.
_NOTICES = {
    "microphone_lost": _Notice(1.0, "microphone", "The microphone gives no sound any more."),
    "speaker_lost": _Notice(1.0, "speaker", "The loudspeaker takes no sound any more."),
    "recognizer_stuck": _Notice(2.0, "recognizer", "The recogniser doesn't come to an end with what it was given."),
    "sound_lost": _Notice(0.0, "sound", "The sound stands still."),
    "standstill": _Notice(0.0, "standstill", "Nothing moved for a while: the machine slept."),
    "clock_jump": _Notice(0.0, "clock", "The clock of the computer has jumped."),
}
_AT_ONCE = frozenset({"standstill", "clock_jump"})
"""A clock jumps in no time, and the time for which a machine sleeps is not on the audio clock."""

_FOR_GOOD = frozenset({"sound_lost"})
"""Its clock never goes on."""


@dataclass(slots=True)
class _Breakage:
    what: str
    from_s: float
    to_s: float | None
    told: bool = False


class Breakages:
    """The faults of a scenario, on the audio clock."""

    def __init__(self, faults: Sequence[FaultPlan]) -> None:
        self._waiting = [(fault, Watch(fault.on)) for fault in faults if fault.on is not None]
        self._breakages = [_breakage(fault, fault.at_s) for fault in faults if fault.at_s is not None]

    def notice(self, event: Logged) -> None:
        """Something was logged: perhaps it sets a fault off."""
        for fault, watch in self._waiting:
            if watch.sees(event):
                watch.fired = True
                self._breakages.append(_breakage(fault, at_s(event) + fault.after_s))

    def active(self, now_s: float) -> frozenset[str]:
        """What is broken at `now_s`, by the names of the scenario format."""
        return frozenset(one.what for one in self._breakages if one.from_s <= now_s and (one.to_s is None or now_s < one.to_s))

    def news(self, now_s: float) -> list[Fault | Recovered]:
        """What the program's watchers have to tell at `now_s`: each fault that lasted long enough to be noticed, and its end."""
        told: list[Fault | Recovered] = []
        for one in list(self._breakages):
            over = one.to_s is not None and now_s >= one.to_s
            notice = _NOTICES.get(one.what)
            if notice is not None and not one.told and one.from_s + notice.after_s <= now_s and (not over or not notice.after_s):
                one.told = True
                told.append(Fault(notice.part, notice.detail))
            elif over:
                self._breakages.remove(one)
                if notice is not None and one.told:
                    told.append(Recovered(notice.part))
        return told


class Switches:
    """What breaks outside of the rehearsal's own sound: for each kind, who is told that it is broken, and that it no longer is."""

    def __init__(self, switches: Mapping[str, Callable[[bool], None]]) -> None:
        self._switches = switches
        self._broken: frozenset[str] = frozenset()

    def turn(self, broken: frozenset[str]) -> None:
        """From now on `broken` are."""
        changed = (broken ^ self._broken) & self._switches.keys()
        self._broken = broken
        for what in sorted(changed):
            self._switches[what](what in broken)


def _breakage(fault: FaultPlan, from_s: float) -> _Breakage:
    for_s = 0.0 if fault.what in _AT_ONCE else None if fault.what in _FOR_GOOD else fault.for_s
    return _Breakage(fault.what, from_s, None if for_s is None else from_s + for_s)
