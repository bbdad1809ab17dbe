"""A mat in virtual time: the real evening, conductor, coach and speaker in a simulated room.

Only the voices are made up, and the ears, which understand whatever reaches their microphone loud enough. The coach hums 10 ms a letter.
Waits for a word or for a plug are shorter than they are in a session, so that many evenings can be lived through.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tests.coach.stage import CURRICULUM, HEALTHY, PHRASEBOOK, PROMPTS, SCRIPT, TODAY, TONES, plan
from tests.rehearsal.sounds import burst
from voicecoach.coach.phases import MOVING
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.coach.turns import LEAD_S
from voicecoach.loop import Conductor
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import URGENT
from voicecoach.messages.lines import IN_THE_AIR, Line
from voicecoach.messages.memory import Memory, Person
from voicecoach.messages.sound import EARS_RATE_HZ, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.own_voice import OwnWords
from voicecoach.rehearsal.evening import Evening, Keep
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.person import Person as Somebody
from voicecoach.rehearsal.results import Results
from voicecoach.rehearsal.room import Room
from voicecoach.rehearsal.scenario import FaultPlan, PersonPlan, RoomPlan, Saying
from voicecoach.rehearsal.shelf_only import ShelfOnly
from voicecoach.rehearsal.trigger import Logged, Trigger
from voicecoach.speech import Voice
from voicecoach.voice.script import Script
from voicecoach.voice.speaker import Speaker

Event = Mapping[str, Any]

WORD_S = 0.3
"""How long the person speaks, whatever is said."""
SUSPECTED_AFTER_S = 0.12
"""Of a safety word."""
LOUD = 10 ** (-36 / 20)
"""10 dB below the person, 10 dB above the coach's echo."""
ROOM = RoomPlan(near_db=-26)
ECHOING = RoomPlan(near_db=-26, echo_db=-20)
"""Where the microphone hears the coach: only there can it be missed."""
WAIT_S = 5.0
"""Each of the waits of a pause."""
PAUSES = replace(CURRICULUM.numbers.pause, reminder_s=WAIT_S, again_s=WAIT_S, over_s=WAIT_S, fault_reminder_s=WAIT_S, fault_over_s=WAIT_S)
SHORT = replace(CURRICULUM, numbers=replace(CURRICULUM.numbers, pause=PAUSES))
TAUGHT = Person(name="", heard_on_mat=True, taught=True, screened_on_day=TODAY - 3)
UNTAUGHT = replace(TAUGHT, taught=False)
PLAN = plan(sets=2, reps=2, rest_s=5, warm_up_s=0, cool_down_s=5)
WITH_WARM_UP = replace(PLAN, warm_up_s=20)
SAFETY = frozenset(phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent))


class Humming:
    """A voice that hums any sentence."""

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        return Pcm(burst(max(len(text) * 0.01, 0.05), VOICE_RATE_HZ, seed=len(text)), VOICE_RATE_HZ)


class Ears:
    """Hear what the person says, as far as all of it comes through. `now_s` is the clock of what was played."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._blocks = 0
        self._saying: list[tuple[str, float, float]] = []
        self._loud: list[bool] = []
        self._suspected = ""

    def notice(self, event: Event) -> None:
        """What the person begins to say."""
        if event["event"] == "user_spoke":
            self._saying.append((str(event["text"]), float(event["from_s"]), float(event["to_s"])))

    def forget(self) -> None:
        """What was half heard is gone, and a suspicion with it: the real ears begin anew without a word too."""
        self._loud, self._suspected = [], ""
        self._saying = [one for one in self._saying if one[1] > self._now_s()]

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        self._blocks += 1
        if not self._saying:
            return []
        text, from_s, to_s = self._saying[0]
        now_s = self._now_s()
        if now_s > from_s + 0.02:
            self._loud.append(bool(np.sqrt(np.mean(microphone**2)) > LOUD))
        return list(self._found(text, from_s, to_s, now_s))

    def _found(self, text: str, from_s: float, to_s: float, now_s: float) -> Iterator[Heard]:
        clear = len(self._loud) > 0 and float(np.mean(self._loud)) > 0.8
        if text in SAFETY and clear and not self._suspected and from_s + SUSPECTED_AFTER_S < now_s < to_s:
            self._suspected = text
            yield self._heard(Stage.SUSPECTED, text)
        if now_s >= to_s:
            self._saying.pop(0)
            suspected, self._suspected, self._loud = self._suspected, "", []
            if clear:
                yield self._heard(Stage.CONFIRMED, text)
            elif suspected:
                yield self._heard(Stage.WITHDRAWN, suspected)

    def _heard(self, stage: Stage, text: str) -> Heard:
        return Heard(stage, text if PHRASEBOOK.knows(text) else "", text, self._blocks * 0.02)


def says(text: str, after_s: float = 0.1, *, nth: int = 1, every: bool = False, **event: str) -> Saying:
    """The person says `text` on an event."""
    return Saying("[[say]]", Trigger(tuple(event.items()), nth, every), after_s, text, "en-us")


def breaks(what: str, after_s: float = 0.3, for_s: float | None = None, **event: str) -> FaultPlan:
    """`what` breaks on an event."""
    return FaultPlan(what, on=Trigger(tuple(event.items())), after_s=after_s, for_s=for_s)


GOES_ON = tuple(
    says("resume", 0.2, every=True, event="line_ended", line=line, cut_short="false")
    for line in ("fault.recovered", "fault.standstill", "fault.inaudible", "paused.*")
)
"""Somebody who goes on whenever it is offered."""


class Mat:
    """One evening, lived through by `live`; `events` is its log."""

    def __init__(
        self,
        *faults: FaultPlan,
        said: Sequence[Saying] = (),
        answers: str = "healthy",
        person: Person = TAUGHT,
        agreed: Plan = PLAN,
        keep: Keep = lambda _: None,
        kept_sentences: Sequence[str] | None = None,
        refuse: Callable[[bool], None] | None = None,
    ) -> None:
        self.events: list[Event] = []
        self.outcome = ""
        self.speaker = Speaker()
        self._keep = keep
        self._full = False
        self._ears = Ears(lambda: self.speaker.position_samples / VOICE_RATE_HZ)
        made = [SCRIPT.sentence(Line("fault.voice"))] if kept_sentences is None else kept_sentences
        shelf_only = ShelfOnly(lambda *_: Humming(), made)
        somebody = Somebody(PersonPlan(answers=answers), said, HEALTHY, lambda *_: Pcm(burst(WORD_S, EARS_RATE_HZ, seed=1), EARS_RATE_HZ))
        missed = any(fault.what in ("microphone_faint", "speaker_off") for fault in faults)
        room = Room(ECHOING if missed else ROOM, Humming().pcm("a sentence of the usual length"), seed=1)
        switches = {"voice_lost": shelf_only.refuse, "disk_full": refuse or self._refuse}
        self.evening = Evening(room, somebody, Breakages(faults), Results(None, lambda _: None), self._journal, switches)
        script = Script.load(PROMPTS)
        voice = Voice(script, TONES, shelf_only, self.speaker, OwnWords({}), "imperial")
        self.coach = Session(agreed, SHORT, Memory(TODAY, (person,)))
        self.conductor = Conductor(self.coach, voice, PHRASEBOOK, lambda _: None, self.evening.log)

    def live(self, bound_s: float = 400.0) -> "Mat":
        """To the end of the evening."""
        self.outcome = self.evening.run(self.conductor, self._ears, self.speaker, {}, bound_s)
        return self

    def named(self, name: str, **fields: object) -> list[Event]:
        """All events of a name with such fields, in order."""
        return [event for event in self.events if event["event"] == name and all(event.get(key) == value for key, value in fields.items())]

    def lines(self) -> list[str]:
        """The lines that were begun, in order."""
        return [event["line"] for event in self.named("line_started")]

    def _journal(self, event: Logged) -> str | None:
        self.events.append(event)
        self._ears.notice(event)
        return self._keep(event) or ("The disk is full." if self._full else None)

    def _refuse(self, refused: bool) -> None:
        self._full = refused


def moved(event: Event) -> bool:
    """Whether it asks for a movement, or is one."""
    name = event["event"]
    return (
        name == "rep"
        or (name == "line_started" and event["line"].startswith(IN_THE_AIR))
        or (name == "phase" and event["to"] in {*MOVING, "rest", "check_in", "cool_down"})
    )


def moved_without_a_word(events: Sequence[Event]) -> list[Event]:
    """What moved between a pause and the word that ends it, or after a stop. A cue that was handed over before it may have begun."""
    wrong, held, since_s = [], False, 0.0
    for event in events:
        if event["event"] == "phase" and event["to"] in ("paused", "stopped"):
            held, since_s = True, event["at_s"]
        elif event["event"] == "heard" and event["intent"] == "resume":
            held = False
        elif held and moved(event) and event["at_s"] > since_s + LEAD_S:
            wrong.append(event)
    return wrong
