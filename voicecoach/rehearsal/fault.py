"""What breaks during a rehearsal, when, and when the program is told, as its own watchers would tell it."""

from collections.abc import Sequence
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
    "clock_jump": _Notice(0.0, "clock", "The clock of the computer has jumped."),
}


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


def _breakage(fault: FaultPlan, from_s: float) -> _Breakage:
    # A clock jumps in no time, and then it is right again as far as anybody can tell.
    for_s = fault.for_s or 0.0 if fault.what == "clock_jump" else fault.for_s
    return _Breakage(fault.what, from_s, None if for_s is None else from_s + for_s)
