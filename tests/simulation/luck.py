"""An evening made up from a seed: somebody answers, is silent, mumbles, cries out or changes their mind, and things break around them.

Whatever happens from outside is a line of a session script, so that an evening that went wrong is a text, and can be made shorter.
"""

import random
from collections.abc import Iterator

from tests.coach.stage import CURRICULUM, PHRASEBOOK
from tests.simulation.played import Played
from tests.simulation.watched import Watched
from voicecoach.coach.plan import CHOICES
from voicecoach.messages.heard import Trouble
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.messages.memory import CutOff, Memory, PastSession, Person

RARELY, SELDOM = 0.3, 0.03
STEPS = 300
LONGEST_S = 3 * 3600.0
FAULTS = ("microphone", "speaker", "recognizer", "voice", "sound", "disk", "recording", "clock", "standstill", "inaudible")
"""Every `what` of a Fault; ENDING come less often."""
_WELL = {"coach_dbfs": -30.0, "echo_loss_db": 30.0, "delay_ms": 80.0, "drift_ppm": 0.0}
_FLAWS: dict[str, dict[str, float]] = {
    "fine": {},
    "silent": {"zero_share": 1.0},
    "clipped": {"clipped_share": 0.01},
    "loud": {"coach_dbfs": -10.0},
    "noisy": {"noise_dbfs": -35.0},
    "late": {"delay_ms": 400.0},
    "drowned": {"echo_loss_db": 0.0, "coach_dbfs": -20.0},
}
FIGURES = tuple(" ".join(f"{name}={value}" for name, value in (_WELL | flaw).items()) for flaw in _FLAWS.values())
"""What the first words may have told, one flaw at a time."""
ENDING = ("voice", "sound")
LEVELS = tuple(level.id for level in CURRICULUM.training.levels)
NUMBERS = tuple(PHRASEBOOK.numbers.words)
CRIES = tuple(phrase for intent in sorted(URGENT) for phrase in PHRASEBOOK.phrases(intent))
ANSWERS = (Intent.YES, Intent.NO, Intent.RESUME, Intent.UNSURE)
WAITS_S = (0.1, 0.4, 1.0, 1.0, 5.0, 5.0, 20.0)


def plan_of(luck: random.Random) -> str:
    """The settings of a session, mostly a short one."""
    settings = {"warm_up_s": luck.choice((0, 0, 60)), "cool_down_s": luck.choice((0, 20)), "rest_s": luck.choice((10, 30))}
    if luck.random() > RARELY:
        settings |= {"sets": luck.choice((1, 2)), "reps": luck.choice((2, 4))}
        given = {"legs": luck.choice(("one", "both"))} if luck.random() < RARELY else {}
    else:
        given = {"level": luck.choice(LEVELS)} if luck.random() < RARELY else {}
    for wish in ("routine", "kind", "talk"):
        given |= {wish: luck.choice(CHOICES[wish])} if luck.random() < RARELY else {}
    return " ".join(f"{name}={value}" for name, value in (settings | given).items())


class Stranger:
    """How somebody is tonight, and what befalls them."""

    def __init__(self, luck: random.Random) -> None:
        self._luck = luck
        self._answers = luck.choice((0.0, 0.8, 0.95, 1.0, 1.0, 1.0))
        self._talks = luck.choice((0.0, 0.05, 0.05, 0.3))
        self._contrary = luck.choice((0.0, 0.0, 0.01, 0.3))
        self._cries = luck.choice((0.0, 0.0, 0.005, 0.05))
        self._mumbles = luck.choice((0.0, 0.02, 0.2))
        self._breaks = luck.choice((0.0, 0.01, 0.01, 0.1))
        self._sulks = luck.choice((0.0, 0.02, 0.2))
        self._dies = luck.choice((0.0, 0.0, 0.0, 0.01))

    def steps(self, played: Played) -> Iterator[str]:
        """What happens, until the session is over or STEPS things have; after that the person is well again, or silent for good."""
        yield "~ 0"
        for _ in range(STEPS):
            evening = played.evening
            if evening is None or evening.outcome is not None or played.killed:
                return
            yield from self._turn(evening)
        yield self._luck.choice(("person healthy", "person silent"))

    def _turn(self, evening: Watched) -> Iterator[str]:
        luck = self._luck
        healthy = luck.random() < self._answers
        if healthy is not evening.healthy:
            yield "person healthy" if healthy else "person silent"
        what = luck.random()
        for share, happening in (
            (self._cries, self._cry),
            (self._talks, self._talk),
            (self._contrary, self._answer),
            (self._mumbles, self._mumble),
            (self._breaks, self._break),
            (self._sulks, self._sulk),
            (self._dies, self._die),
        ):
            if what < share:
                yield from happening(evening)
                return
            what -= share
        yield f"~ {luck.choice(WAITS_S)}"

    def _cry(self, evening: Watched) -> Iterator[str]:
        """A safety word; often suspected first, sometimes cut off by the ears before they say why, sometimes taken back, or left open."""
        luck = self._luck
        phrase = luck.choice(CRIES)
        if luck.random() < RARELY:
            yield "! cut"
        if luck.random() < 2 * RARELY:
            yield f"> ? {phrase}"
            yield f"~ {luck.choice((0.1, 0.6, 3.0, 6.0))}"
            if luck.random() < RARELY:
                yield f"> - {phrase}"
                return
            if luck.random() < RARELY:
                return
        yield f"> {luck.choice((phrase, phrase, luck.choice(CRIES)))}"

    def _talk(self, evening: Watched) -> Iterator[str]:
        """Anything that can be said just now; it may be somebody else who says it."""
        intents = sorted(PHRASEBOOK.intents_at(evening.moment) - URGENT)
        yield f"> {self._words(self._luck.choice(intents))}"

    def _answer(self, evening: Watched) -> Iterator[str]:
        """Another answer than a healthy person's, and sometimes another one after that."""
        for _ in range(1 + (self._luck.random() < RARELY)):
            can_count = Intent.NUMBER in PHRASEBOOK.intents_at(evening.moment)
            yield f"> {self._luck.choice(NUMBERS) if can_count else self._words(self._luck.choice(ANSWERS))}"

    def _words(self, intent: Intent) -> str:
        return self._luck.choice(NUMBERS) if intent is Intent.NUMBER else self._luck.choice(PHRASEBOOK.phrases(intent))

    def _mumble(self, evening: Watched) -> Iterator[str]:
        yield self._luck.choice(("! unclear", "! unclear", "! worrying", f"! hard_to_hear {self._luck.choice(list(Trouble)).value}"))

    def _break(self, evening: Watched) -> Iterator[str]:
        """A part fails, or is back; what failed may stay so."""
        luck = self._luck
        what = luck.choice(FAULTS)
        if what in ENDING and luck.random() > SELDOM:
            what = "microphone"
        fault, recovered = f"! fault {what}", f"! recovered {what}"
        yield luck.choice((fault, recovered, recovered))
        if luck.random() < RARELY:
            yield f"~ {luck.choice(WAITS_S)}"
            yield recovered
        if luck.random() < SELDOM:
            yield "! interrupted"

    def _sulk(self, evening: Watched) -> Iterator[str]:
        """The speaker: lines cut, lost or late; and what the first words told of the room."""
        luck = self._luck
        yield luck.choice(("! cut", "! cut", "! unplayed", f"! late {luck.choice((0.5, 2, 20))}", f"! calibrated {luck.choice(FIGURES)}"))

    def _die(self, evening: Watched) -> Iterator[str]:
        """The power fails, at any event."""
        yield "! killed"


def people_met(luck: random.Random, today: float) -> tuple[Person, ...]:
    """Whom the speaker knows, from a past that this version of the coach need not have written."""
    return tuple(_somebody(luck, n, today) for n in range(1, luck.choice((1, 2, 2, 2, 3))))


def _somebody(luck: random.Random, n: int, today: float) -> Person:
    return Person(
        id=n,
        name=luck.choice((None, "", "anna", "ben")),
        screened_on_day=luck.choice((None, today - 3, today - 3, today - 400, today + 40)),
        heard_on_mat=luck.random() < 0.6,
        taught=luck.random() < 0.6,
        level=luck.choice(("", "", *LEVELS)),
        units=luck.choice(("", "metric")),
        seen_on_day=luck.choice((None, None, today - 2)),
        usual_pain=luck.choice((None, 0, 2, 4)),
        gain_db=luck.choice((0.0, 0.0, 3.0, -12.0)),
        talk=luck.choice(("", "", "less", "more")),
        sessions=tuple(_session(luck, today - 2 * days) for days in range(luck.randrange(4), 0, -1)),
    )


def _session(luck: random.Random, on_day: float) -> PastSession:
    return PastSession(
        on_day=on_day,
        outcome=luck.choice(("finished", "finished", "finished", "pain", "stopped", "emergency", "interrupted")),
        level=luck.choice(("", "both_2x10", *LEVELS)),
        reps=luck.choice((20, 20, 0)),
        sets=2,
        failed_sets=luck.choice((0, 0, 2)),
        pain_before=luck.randrange(5),
        pain_after=luck.randrange(6),
        spare_reps=luck.choice((None, 0, 2, 4)),
        morning=luck.choice(("", "same", "worse", "better")),
    )


def given(settings: str, memory: Memory) -> list[str]:
    """What stands before the first step: the settings, and everybody with every fact that isn't the usual one."""
    lines = [f"plan {settings}", "person new"]
    for person in memory.people:
        lines.append(f"with id={person.id} {_facts(person, Person(), memory.today)}".strip())
        lines += [f"their {_facts(past, PastSession(0.0, ''), memory.today)}" for past in person.sessions]
    return [*lines, _cut_off(memory.cut_off)] if memory.cut_off else lines


def _cut_off(cut_off: CutOff) -> str:
    """What there is to go on with."""
    before = cut_off.reached
    reached = {name: getattr(before, name) for name in before.__dataclass_fields__} if before else {"nothing": True}
    reached |= {"failed_sets": ",".join(map(str, before.failed_sets))} if before else {}
    about = {name: getattr(cut_off, name) for name in ("person", "ago_s", "outcome", "pain") if getattr(cut_off, name) is not None}
    return "cutoff " + " ".join(f"{name}={_text(value, 0.0)}" for name, value in (about | reached).items())


def _facts(of: Person | PastSession, usual: Person | PastSession, today: float) -> str:
    names = [name for name in of.__dataclass_fields__ if name not in ("id", "sessions")]
    told = {name: getattr(of, name) for name in names if getattr(of, name) != getattr(usual, name)}
    return " ".join(f"{name}={_text(value, today if name.endswith('on_day') else 0.0)}" for name, value in told.items())


def _text(value: object, today: float) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value - today) if isinstance(value, float) else str(value)
