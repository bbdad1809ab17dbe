"""One look at one thing: what is found, what to do about it, and what can be mended on request."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.commands.options import tell
from voicecoach.errors import CheckFailed, CoachError

FIXING = "voicecoach check --fix"


@dataclass(frozen=True, slots=True)
class Fix:
    """What can be done by itself. `offer` follows "Shall I"; `mend` does it and gives a sentence on what it did, or raises CoachError."""

    offer: str
    mend: Callable[[], str]


class Mendable(CheckFailed):
    """What has to be mended before a session, and can be on request."""

    def __init__(self, what: str, next_step: str, fix: Fix | None = None) -> None:
        super().__init__(what, next_step)
        self.fix = fix


class Better(Mendable):
    """What keeps nobody from beginning, and could be better."""


@dataclass(frozen=True, slots=True)
class Look:
    """`see` says what is there, or raises CoachError. What is in `needs` has to be whole for it: one mistake is told once."""

    name: str
    see: Callable[[], str]
    needs: tuple[str, ...] = ()


class Round:
    """One round of looks. `agreed` is asked before anything is mended; None: nothing is."""

    def __init__(self, agreed: Callable[[Fix], bool] | None) -> None:
        self._agreed = agreed
        self._failed: list[str] = []
        self._blocked: list[str] = []
        self._offered = 0

    def look(self, heading: str, looks: tuple[Look, ...]) -> None:
        """Looks at one thing after the other; what fails doesn't keep the others from being looked at."""
        tell(f"— {heading} —")
        for look in looks:
            causes = [name for name in look.needs if name in self._failed]
            if causes or any(name in self._blocked for name in look.needs):
                tell(f"to mend  {look.name}: not looked at until {' and '.join(f'the {name}' for name in causes)} can be used")
                self._blocked.append(look.name)
            elif not self._seen(look):
                self._failed.append(look.name)

    def whole(self, name: str) -> bool:
        """Whether nothing was found there that keeps a session from starting."""
        return name not in self._failed

    def verdict(self) -> int:
        """Says whether a session can start, and gives the exit code."""
        tell("")
        if self._failed:
            tell(f"No session can start yet. To mend: {', '.join(self._failed)}.")
        else:
            tell("A session can start.")
        if self._offered:
            tell(f"`{FIXING}` can see to {self._offered} of what stands above; it asks before each.")
        return 1 if self._failed else 0

    def _seen(self, look: Look) -> bool:
        """Whether it keeps nobody from beginning, once it was mended if that was wished."""
        error = self._told(look)
        if isinstance(error, Mendable) and error.fix:
            if self._agreed is None:
                self._offered += 1
                tell(f"         `{FIXING}` can {error.fix.offer}")
            elif self._agreed(error.fix) and self._mended(look.name, error.fix):
                error = self._told(look)
        return error is None or isinstance(error, Better)

    @staticmethod
    def _told(look: Look) -> CoachError | None:
        try:
            tell(f"ok       {look.name}: {look.see()}")
        except CoachError as error:
            tell(f"{'better ' if isinstance(error, Better) else 'to mend'}  {look.name}: {error}")
            return error
        return None

    @staticmethod
    def _mended(name: str, fix: Fix) -> bool:
        try:
            tell(f"mended   {name}: {fix.mend()}")
        except CoachError as error:
            tell(f"to mend  {name}: that didn't work. {error}")
            return False
        return True


def asked(fix: Fix) -> bool:
    """Whether the person at the keyboard wants it. Enter and y: yes. Nobody there: no."""
    try:
        answer = input(f"         Shall I {fix.offer}? Enter for yes, n for no: ").strip().lower()
    except EOFError:
        tell("")
        return False
    return answer in ("", "y", "yes")


def agreed(fix: Fix) -> bool:
    """With --yes: everything that is offered."""
    tell(f"         I {fix.offer} …")
    return True
