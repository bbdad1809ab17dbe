"""What reaches the coach, through one inbox."""

from dataclasses import dataclass

from voicecoach.messages.calibration import Figures
from voicecoach.messages.heard import Trouble
from voicecoach.messages.intents import Meant


@dataclass(frozen=True, slots=True)
class Started:
    """The session may begin. `recorded`: its sound is kept, and whoever is there is told so."""

    recorded: bool = False


@dataclass(frozen=True, slots=True)
class Wake:
    """The moment that the coach asked to be woken at has come."""


@dataclass(frozen=True, slots=True)
class LineStarted:
    """The speaker began to play what was asked for under `say_id`."""

    say_id: int


@dataclass(frozen=True, slots=True)
class LineEnded:
    """The speaker finished with `say_id`. `cut_short`: it was hushed, or never played at all."""

    say_id: int
    cut_short: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody spoke and nothing that can be said now was recognised."""

    text: str
    worrying: bool = False
    """It may have been a safety phrase."""


@dataclass(frozen=True, slots=True)
class HardToHear:
    """Somebody was understood, and the level of their voice asks for something to be done."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The coach's first words have told how microphone and speaker do; `last`: what they told on these devices last time, if ever."""

    figures: Figures
    last: Figures | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A part failed. `what` is microphone, speaker, recognizer, voice, sound, disk, clock or recording; `detail` is one sentence.

    "voice": a sentence could not be made; "sound": nothing can be played any more, and the audio clock stands.
    Or "standstill": nothing happened for a while, and nobody knows what the person did. Or "inaudible": the microphone hears, but the
    coach's own voice no longer.
    """

    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A failed part works again. `detail` says what is different now, in one sentence, or ""."""

    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Ctrl-C, or the service is being stopped."""


Input = Started | Meant | LineStarted | LineEnded | Unclear | HardToHear | Calibrated | Fault | Recovered | Interrupted
"""What happened, so that it stands in the log."""

Event = Input | Wake
