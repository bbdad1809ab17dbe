"""A session script, taken line by line, for whoever makes it up while it is played."""

from tests.coach.session_script import GIVEN, Given, Steps
from tests.simulation.watched import Broken, Coach, Watched
from voicecoach.coach.session import Session

SHOWN = 14


class Played:
    """One session on its way. What it says of a broken rule is a problem like any other."""

    def __init__(self, coach: Coach = Session) -> None:
        self._given = Given(coach=coach)
        self._steps: Steps | None = None
        self.killed = False
        """Whether the power failed: nothing happens any more."""
        self.broken: Broken | None = None
        """The first rule that was broken; nothing happens any more."""

    @property
    def evening(self) -> Watched | None:
        """The session, once something has happened in it."""
        evening = self._steps.evening if self._steps else None
        return evening if isinstance(evening, Watched) else None

    def take(self, line: str) -> str:
        """The next line. Returns what is wrong, or ""."""
        mark, _, rest = line.strip().partition(" ")
        if not mark or mark == "#" or self.killed or self.broken:
            return ""
        if mark in GIVEN:
            self._given.take(mark, rest)
            if self.evening:
                self.evening.healthy = self._given.healthy
            return ""
        self.killed = line == "! killed"
        try:
            self._steps = self._steps or Steps(self._given)
            return "" if self.killed else self._steps.step(mark, rest)
        except Broken as broken:
            self.broken = broken
            return str(broken)

    def told(self, problem: str) -> str:
        """The problem, and what happened just before."""
        happened = self.evening.happened[-SHOWN:] if self.evening else []
        return "\n".join([problem, *(f"  {at_s:7.2f}  {text}" for at_s, text in happened)])
