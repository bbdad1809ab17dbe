"""What a script can ask for. A script is a generator: it yields requests, one at a time, and is sent the answer to each."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.coach.phases import Phase
from voicecoach.messages.actions import Form
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Person


class Expects(StrEnum):
    """What kind of answer a question takes."""

    YES_NO = "yes_no"
    NUMBER = "number"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Speak:
    """Say a line; done when it has ended."""

    line: Line
    form: Form = Form.FULL


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask `line` and wait `window_s` for an answer; unanswered, ask its brief form once more; then the answer is None.

    Answers: Intent.YES, NO, UNSURE; 0 to 10 for NUMBER; the intent among `accepts`, for YES_NO too, or the topic of the phrase where it
    has one: a name. The intent of `rehearses`.
    """

    id: str
    expects: Expects
    line: Line
    window_s: float | None = None
    accepts: frozenset[Intent] = frozenset()
    moment: str = ""
    """What may be said to it, a name in hears.toml's [moments]; "": by what it expects."""
    options: str = ""
    """The line that names what can be said, when the answer was not understood twice; "": by what it expects."""
    rehearses: str = ""
    """The safety phrase that, said as the answer to this, is not obeyed; every other one is."""


@dataclass(frozen=True, slots=True)
class Await:
    """Wait in silence for one of `accepts`. After each of `waits_s` say `line` as a reminder; after the last of them the answer is None."""

    accepts: frozenset[Intent]
    line: Line
    waits_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Beat:
    """A stretch of the tempo grid, exactly `duration_s` long.

    At its first sample `enters` is entered, `moment` of the current repetition is recorded, `tone` is played and `line` is said. The
    line is left out when it's longer than the beat, unless `overruns`. What is said beside it has to be over `clear_s` after that sample,
    when the next cue comes that may not be lost; None: there is none.
    """

    duration_s: float
    line: Line | None = None
    tone: str = ""
    enters: Phase | None = None
    moment: str = ""
    overruns: bool = False
    form: Form = Form.FULL
    clear_s: float | None = None


@dataclass(frozen=True, slots=True)
class Enter:
    """Go to another phase, now."""

    phase: Phase
    back_to: Phase | None = None
    """Of a pause: where it leads back to, if that isn't where it came from."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep `fact` (a field of Person) about whoever is on the mat."""

    fact: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Become:
    """From now on the session is about `person`."""

    person: Person


@dataclass(frozen=True, slots=True)
class Note:
    """Write an event into the log."""

    event: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Over:
    """The script has nothing more to ask for. Never yielded: it stands for the end of the generator."""


Answer = Intent | int | str | None
Request = Speak | Ask | Await | Beat | Enter | Remember | Become | Note | Finish | Over
Script = Generator[Request, Answer, None]
Asking = Generator[Request, Answer, Answer]
"""A part of a script that comes back with an answer."""
