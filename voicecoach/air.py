"""Which lines are on their way to the speaker, which one plays, and which was cut just now."""

from dataclasses import dataclass

JUST_NOW_S = 0.5
"""A line that was cut this long ago was cut by the hush that is being logged now: the ears hush before they report."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of says.toml in its words. `begun_at_s`: None before it plays."""

    line: str
    text: str
    begun_at_s: float | None = None

    @property
    def told(self) -> dict[str, object]:
        """What the log says of it: words only when they were begun."""
        return {"line": self.line} if self.begun_at_s is None else {"line": self.line, "text": self.text}


class Air:
    """The lines that were put on the speaker and have not ended."""

    def __init__(self) -> None:
        self._lines: dict[int, Spoken] = {}
        self._cut: tuple[str, float] | None = None

    def put(self, say_id: int, line: str, text: str) -> None:
        """It is on its way."""
        self._lines[say_id] = Spoken(line, text)

    def find(self, say_id: int) -> Spoken | None:
        """The line; None when it isn't there any more."""
        return self._lines.get(say_id)

    def begin(self, say_id: int, at_s: float) -> Spoken:
        """It plays."""
        before = self._lines[say_id]
        self._lines[say_id] = begun = Spoken(before.line, before.text, at_s)
        return begun

    def end(self, say_id: int, at_s: float, *, cut_short: bool) -> Spoken:
        """It has ended, or was dropped before it began."""
        ended = self._lines.pop(say_id)
        if cut_short and ended.begun_at_s is not None:
            self._cut = (ended.line, at_s)
        return ended

    def interrupted(self, now_s: float) -> str | None:
        """The id of the line that a hush at `now_s` cuts, or has cut before it is told of."""
        playing = next((spoken.line for spoken in self._lines.values() if spoken.begun_at_s is not None), None)
        return playing or (self._cut[0] if self._cut and now_s - self._cut[1] < JUST_NOW_S else None)

    def clear(self) -> dict[int, Spoken]:
        """Nothing is to end any more; gives what had not, by say_id."""
        left, self._lines = self._lines, {}
        return left
