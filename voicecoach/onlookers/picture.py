"""What of a session fits on a few lines: where it is, what is heard, what comes next."""

from collections.abc import Callable, Mapping

PHASES = {
    "screen": ("safety questions", "onto the mat"),
    "teach": ("the lift, explained", "the warm-up"),
    "warm_up": ("warm-up", ""),
    "set": ("set", ""),
    "hold": ("set", ""),
    "check_in": ("how it was", ""),
    "rest": ("rest", ""),
    "cool_down": ("quiet breathing, and up from the floor", "the end"),
    "paused": ("paused", "nothing, until you say “continue”"),
    "stopped": ("stopped: nothing moves any more", "its advice, and the end"),
    "finished": ("finished", "nothing"),
}
"""What each is called, and what follows it wherever that is always the same."""
EXPECTED = {"yes_no": "for yes or no", "number": "for a number from 0 to 10"}
NO_SETS = ("warm_up", "cool_down")
"""Kinds of session."""
STOP = "say “stop” or “pain”; Ctrl-C ends it too"


class Picture:
    """One session, kept up to date by its events. One thread."""

    def __init__(self, heard: Callable[[Mapping[str, object]], str]) -> None:
        """`heard` says in words what was heard and what was made of it; "" of an event that is about something else."""
        self._heard_in = heard
        self._phase = "screen"
        self._course: Mapping[str, object] = {}
        self._rep: Mapping[str, object] = {}
        self._heard = "nothing yet"
        self._does = ""
        self._broken: dict[str, str] = {}

    def event(self, event: Mapping[str, object]) -> None:
        """One more event."""
        self._heard = self._heard_in(event) or self._heard
        match str(event.get("event")):
            case "phase":
                self._phase, self._does = str(event.get("to")), ""
            case "course":
                self._course = event
            case "rep":
                self._rep = event
            case "line_started":
                self._does = "speaks"
            case "line_ended" | "answer":
                self._does = "listens"
            case "question":
                self._does = f"waits {EXPECTED.get(str(event.get('expects')), 'for an answer')}"
            case "fault":
                self._broken[str(event.get("what"))] = str(event.get("detail"))
            case "recovered":
                self._broken.pop(str(event.get("what")), None)
            case _:
                pass

    def rows(self) -> tuple[tuple[str, str], ...]:
        """A name and what there is to say about it, each."""
        broken = [("broken", detail) for detail in self._broken.values()]
        where = (("phase", self._where()), ("coach", self._does or "listens"), ("heard", self._heard))
        return (("to stop", STOP), *broken, *where, ("next", self._next()))

    def _where(self) -> str:
        name = PHASES.get(self._phase, (self._phase.replace("_", " "), ""))[0]
        if self._phase not in ("set", "hold"):
            return name
        of_sets = f"set {self._course.get('set')} of {self._course.get('sets')}"
        if self._rep.get("set") != self._course.get("set"):
            return of_sets
        return f"{of_sets}, lift {self._rep.get('n')} of {self._rep.get('of')}: {self._rep.get('moment')}"

    def _next(self) -> str:
        always = PHASES.get(self._phase, ("", ""))[1]
        if always:
            return always
        done, sets, lifts = (self._number(name) for name in ("set", "sets", "lifts"))
        last = done >= sets or self._course.get("kind") in NO_SETS
        if self._phase == "warm_up":
            return "quiet breathing" if self._course.get("kind") in NO_SETS else f"set {done} of {sets}, {lifts} lifts"
        if self._phase == "rest":
            return f"set {done + 1} of {sets}, {lifts} lifts"
        if self._phase == "check_in":
            return "quiet breathing" if last else "a rest"
        left = lifts - self._number("done")
        return f"{left} more {'lift' if left == 1 else 'lifts'}, then how it was" if left > 0 else "how it was"

    def _number(self, name: str) -> int:
        number = self._course.get(name)
        return number if isinstance(number, int) else 0
