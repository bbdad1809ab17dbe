"""Seeded sessions through the real loop, with a voice that is made up: everything that can reach the coach does, sooner or later.

`python -m tests.replay.lived COUNT [FIRST]` lives through many more than the tests do, replays them, and prints those that differ.
"""

import json
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from tests.coach.stage import CURRICULUM, HEALTHY, PHRASEBOOK, SCRIPT, TODAY, plan
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.errors import Broken
from voicecoach.loop import Conductor
from voicecoach.messages.actions import Action, Form, Loudness, Manner, Say
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Event, Fault, Interrupted, Recovered
from voicecoach.messages.heard import Heard, Level, Stage, Trouble
from voicecoach.messages.intents import URGENT
from voicecoach.messages.memory import Memory, PastSession, Person
from voicecoach.messages.sound import VOICE_RATE_HZ
from voicecoach.replay.replaying import Difference, Replay, steps_of
from voicecoach.speech import Voice
from voicecoach.voice.speaker import SpeakerEvent

SECONDS_A_LETTER = 0.02
GAP_S = 0.2
LONGEST_S = 2400.0
FOR_REPLAY = ("asked", "say_id", "by", "figures", "last")
FAULTS = ("microphone", "speaker", "recognizer", "standstill", "inaudible", "disk")
FIGURES = Figures(-61.37, -31.2, 25.4, 81.25, None, -9.9, 0.0, 0.01)
"""What one room told."""


def nothing_of(_: Plan) -> Mapping[str, object]:
    """What the log of a session begins with that nobody looks up."""
    return {}


class Witness(Session):
    """A coach that keeps what it got, and what it decided."""

    def __init__(self, plan: Plan, memory: Memory) -> None:
        super().__init__(plan, CURRICULUM, memory)
        self.seen: list[tuple[Event, float, list[Action]]] = []

    def handle(self, event: Event, now_s: float) -> list[Action]:
        over = self.outcome is not None
        actions = super().handle(event, now_s)
        if not over:
            self.seen.append((event, now_s, actions))
        return actions


class MadeUpVoice:
    """Lines that last as long as their words suggest, on the sample; some fail, some come too late. Stands for Voice and its Speaker."""

    def __init__(self, luck: random.Random, failing: float) -> None:
        self._luck = luck
        self._failing = failing
        self._lines: list[tuple[int, int, int, bool]] = []
        self._events: list[SpeakerEvent] = []
        self._free_at_s = 0.0
        self.now_s = 0.0
        self.speaker = self

    def events(self, until_sample: int | None = None) -> list[SpeakerEvent]:
        """Up to now, in order."""
        found = [SpeakerEvent("started", one, begin, cut_short=False, late=False) for one, begin, _, begun in self._lines if not begun]
        found += [SpeakerEvent("ended", one, end, cut_short=False, late=False) for one, _, end, _ in self._lines]
        due = [event for event in found if event.at_sample <= self.now_s * VOICE_RATE_HZ]
        begun = {event.say_id for event in due if event.kind == "started"}
        ended = {event.say_id for event in due if event.kind == "ended"}
        self._lines = [(one, a, b, was or one in begun) for one, a, b, was in self._lines if one not in ended]
        told, self._events = [*self._events, *due], []
        return sorted(told, key=lambda event: event.at_sample)

    def say(self, say: Say, now_s: float) -> str:
        if self._luck.random() < self._failing:
            raise Broken("The voice fails.", "")
        text = SCRIPT.why(say.line.id) if say.form is Form.WHY else SCRIPT.sentence(say.line, say.turn, brief=say.form is Form.BRIEF)
        text = text or "There is no reason."
        length_s = SECONDS_A_LETTER * len(text)
        begin_s = max(now_s, self._free_at_s + GAP_S) if say.at_s is None else say.at_s
        late = begin_s < now_s or (say.by_s is not None and begin_s + length_s > say.by_s) or self._luck.random() < 0.01
        if late or (say.at_s is not None and (begin_s < self._free_at_s or (say.room_s is not None and length_s > say.room_s))):
            return ""
        self._free_at_s = begin_s + length_s
        begin, end = (round(at_s * VOICE_RATE_HZ) for at_s in (begin_s, begin_s + length_s))
        self._lines.append((say.say_id, begin, max(end, begin + 1), False))
        return text

    def hush(self, now_s: float) -> None:
        at = round(max(now_s, self.now_s) * VOICE_RATE_HZ)
        self._events += [SpeakerEvent("ended", one, at, cut_short=True, late=False) for one, *_ in self._lines]
        self._lines.clear()
        self._free_at_s = now_s

    def heed(self, hushes: int | None = None) -> None:
        """Nobody else hushes it."""

    def duck(self) -> None:
        playing = next((one for one, _, _, begun in self._lines if begun), 0)
        self._events.append(SpeakerEvent("ducked", playing, round(self.now_s * VOICE_RATE_HZ), cut_short=False, late=False))

    def tone(self, name: str, at_s: float | None) -> None:
        """Nobody hears it."""

    def turn_to(self, how: Loudness | Manner) -> None:
        """Nobody hears it."""

    def cut(self, line: str, text: str, played_s: float) -> None:
        """The rest of it sounds as the whole does."""


class Lived:
    """One evening, from a seed, over: its `log` as JSON gives it back, what it began from, and what its coach saw."""

    def __init__(self, seed: int, memory: Memory | None = None, about: Callable[[Plan], Mapping[str, object]] = nothing_of) -> None:
        self.seed = seed
        luck = self._luck = random.Random(seed)  # noqa: S311 - the same seed has to give the same evening
        self.plan = plan(warm_up_s=luck.choice([0, 0, 60]), cool_down_s=luck.choice([0, 20]), rest_s=10, answer_s=luck.choice([4, 8]))
        self.plan = replace(self.plan, sets=luck.choice([None, 1, 2]), reps=luck.choice([2, 3]))
        self.memory = memory or people_met(luck)
        self.log: list[dict[str, Any]] = []
        self.coach = Witness(self.plan, self.memory)
        self._voice = MadeUpVoice(luck, luck.choice([0.0, 0.0, 0.0, 0.002]))
        self._conductor = Conductor(self.coach, cast("Voice", self._voice), PHRASEBOOK, self._scope, self._keep)
        self._answers = luck.choice([0.6, 0.9, 0.98])
        self._talks = luck.choice([0.0, 0.01, 0.03])
        self._jitter_s = luck.choice([0.02, 0.05, 0.4])
        self._due: list[tuple[float, str]] = []
        self._moment = "screen"
        self._about = about(self.plan)
        self._live()

    @property
    def lifts(self) -> int:
        """How many times somebody was told to lift."""
        return sum(event["event"] == "rep" and event["moment"] == "lift" for event in self.log)

    def _live(self) -> None:
        self._conductor.begin(self._about)
        while self._conductor.outcome is None and self._voice.now_s < LONGEST_S:
            self._voice.now_s += 0.02 * self._luck.randrange(1, 1 + max(1, round(self._jitter_s / 0.02))) + self._luck.choice([0, 0, 1e-7])
            self._answer()
            if self._luck.random() < self._talks:
                self._happens()
            self._conductor.advance(self._voice.now_s)
        if self._conductor.outcome is None:
            self._conductor.tell(Interrupted(), self._voice.now_s)

    def _answer(self) -> None:
        for at_s, phrase in [one for one in self._due if one[0] <= self._voice.now_s]:
            self._due.remove((at_s, phrase))
            self._hear(phrase, at_s)

    def _hear(self, phrase: str, at_s: float, stage: Stage = Stage.CONFIRMED) -> None:
        level = Level(-23.4, 31.5, self._luck.choice([None, None, *Trouble])) if stage is Stage.CONFIRMED else None
        self._conductor.hear(Heard(stage, phrase if PHRASEBOOK.knows(phrase) else "", phrase, at_s, level))

    def _happens(self) -> None:
        luck, now_s = self._luck, self._voice.now_s
        what = luck.randrange(12)
        if what <= 4:
            intents = sorted(PHRASEBOOK.intents_at(self._moment) - (URGENT if luck.random() < 0.9 else frozenset()))
            phrases = PHRASEBOOK.phrases(luck.choice(intents))
            self._hear(luck.choice(phrases) if phrases else luck.choice(("one", "four", "nine")), now_s - luck.choice([0.0, 0.03]))
        elif what <= 7:
            self._suspect()
        elif what == 8:
            self._conductor.tell(luck.choice([Fault, Recovered])(luck.choice(FAULTS), "by luck"), now_s - luck.choice([0.0, 0.5]))
        elif what == 9:
            self._conductor.tell(Calibrated(FIGURES, luck.choice([None, replace(FIGURES, coach_dbfs=-52.125)])), now_s)
        elif what == 10:
            self._conductor.hear(Heard(Stage.CONFIRMED, "", "mumble", now_s, worrying=luck.random() < 0.3))
        else:
            self._voice.duck()

    def _suspect(self) -> None:
        """The ears hush before they tell; later they take it back, or mostly so."""
        luck = self._luck
        word = luck.choice(("stop", "pain"))
        if luck.random() < 0.5:
            self._voice.hush(self._voice.now_s)
        self._hear(word, self._voice.now_s, Stage.SUSPECTED)
        self._voice.now_s += luck.choice([0.1, 1.0, 5.0])
        self._hear(word, self._voice.now_s, Stage.CONFIRMED if luck.random() < 0.05 else Stage.WITHDRAWN)

    def _scope(self, moment: str) -> None:
        self._moment = moment

    def _keep(self, event: Mapping[str, object]) -> None:
        self.log.append(json.loads(json.dumps(event)))
        if event["event"] == "question" and self._luck.random() < self._answers:
            self._due.append((self._voice.now_s + self._luck.choice([0.3, 0.51, 1.2345678]), HEALTHY(str(event["id"]))))


def people_met(luck: random.Random) -> Memory:
    """Whom the speaker knows."""
    past = PastSession(TODAY - 2.25, luck.choice(["finished", "pain"]), level="both_2x10", reps=20, sets=2, spare_reps=3)
    anna = Person(1, luck.choice([None, "Anna"]), luck.choice([None, TODAY - 3.5]), heard_on_mat=True, taught=True, sessions=(past,))
    ben = Person(2, "Ben", TODAY - 9, heard_on_mat=luck.random() < 0.8, taught=luck.random() < 0.8, units="metric", gain_db=3.0)
    return Memory(TODAY, luck.choice([(), (anna,), (anna,), (anna, ben)]))


def replayed(lived: Lived, log: list[dict[str, Any]]) -> tuple[Witness, Replay, Difference | None]:
    """`log` through the coach that it began with."""
    witness = Witness(lived.plan, lived.memory)
    replay = Replay(witness, steps_of(log))
    return witness, replay, replay.run()


def main(count: int, first: int = 0) -> int:
    """Prints which evenings differ, and where the first five of them do."""
    wrong, events, actions, size, more = 0, 0, 0, 0, 0
    for seed in range(first, first + count):
        lived = Lived(seed)
        witness, replay, difference = replayed(lived, lived.log)
        events, actions = events + replay.inputs, actions + replay.actions
        size += sum(len(json.dumps(event)) for event in lived.log)
        more += sum(len(json.dumps({key: event[key] for key in FOR_REPLAY if key in event})) for event in lived.log)
        if difference or witness.seen != lived.coach.seen:
            wrong += 1
            print(f"seed {seed}: {difference}")  # noqa: T201 - a program
    print(f"{count} evenings, {events} events in, {actions} actions out, {wrong} differ")  # noqa: T201
    print(f"{size // count} bytes an evening, {more // count} of them only so that it can be replayed")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
