"""What the coach asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.messages.lines import Line


class Form(StrEnum):
    """Which of a line's texts is meant."""

    FULL = "full"
    BRIEF = "brief"
    WHY = "why"
    """The reason for the line, instead of the line."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say `line`.

    With `at_s` (audio clock) it starts exactly there, and not at all if it is longer than `room_s`. Without, it follows what is
    queued; with `by_s` only if it is over by then, in its brief form if need be. `turn` chooses among the line's variants.
    `goes_on`: it was cut; a long line is said from the beginning of the sentence in which that was.
    """

    say_id: int
    line: Line
    at_s: float | None = None
    room_s: float | None = None
    by_s: float | None = None
    turn: int = 0
    form: Form = Form.FULL
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Tone:
    """Play the earcon `name` at `at_s`, or at once."""

    name: str
    at_s: float | None = None


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent at once and forget everything queued."""

    why: str


@dataclass(frozen=True, slots=True)
class Listen:
    """From now on listen for what may be said at `moment` (a name in hears.toml's [moments])."""

    moment: str


@dataclass(frozen=True, slots=True)
class Record:
    """Write an event into the log, stamped `at_s`. Names and fields are those of the event log's contract."""

    event: str
    fields: Mapping[str, object]
    at_s: float


@dataclass(frozen=True, slots=True)
class Loudness:
    """Play everything at `gain_db` from now on."""

    gain_db: float


@dataclass(frozen=True, slots=True)
class Manner:
    """Speak so from now on. "" and 0: as it is set; units are imperial or metric."""

    voice: str = ""
    words_per_minute: int = 0
    units: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """The session is over, with this outcome."""

    outcome: str


Action = Say | Tone | Hush | Listen | Record | Loudness | Manner | End
