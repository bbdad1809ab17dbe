"""A conductor with a coach, words and a speaker, in samples; only the sentences' sound is made up."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.coach.stage import CURRICULUM, HEALTHY, KNOWN, PHRASEBOOK, PROMPTS, TONES, plan
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.errors import Broken
from voicecoach.loop import Conductor
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.sound import BLOCK_MS, VOICE_BLOCK, VOICE_RATE_HZ, Pcm, Samples
from voicecoach.own_voice import OwnWords
from voicecoach.speech import Voice
from voicecoach.voice.script import Script
from voicecoach.voice.speaker import Speaker

PLAN = plan(sets=1, reps=2, warm_up_s=0, cool_down_s=0)


class Humming:
    """Sentences as a hum, 50 ms a letter. `meanwhile` is what happens while one is made."""

    def __init__(self) -> None:
        self.broken = False
        self.kept: frozenset[str] = frozenset()
        """Sentences that were made earlier, and sound though it is broken."""
        self.meanwhile: Callable[[str], None] = lambda _: None

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        self.meanwhile(text)
        if self.broken and text not in self.kept:
            raise Broken("The voice fails.", "Try again.")
        return Pcm(np.full(round(len(text) * 0.05 * VOICE_RATE_HZ), 0.1, np.float32), VOICE_RATE_HZ)


class Room:
    """A conductor, stepped block by block by somebody who answers."""

    def __init__(self, plan: Plan = PLAN, coach: type[Session] = Session) -> None:
        self.events: list[dict[str, Any]] = []
        self.log: Callable[[Mapping[str, object]], None] = lambda event: self.events.append(dict(event))
        self.speaker = Speaker()
        self.voice = Humming()
        self.played: list[Samples] = []
        self.own = OwnWords({})
        self.moment = ""
        script = Script.load(PROMPTS)
        voice = Voice(script, TONES, lambda *_: self.voice, self.speaker, self.own, "imperial")
        self.conductor = Conductor(coach(plan, CURRICULUM, KNOWN), voice, PHRASEBOOK, self._scope, self._log)
        self.conductor.begin({"plan": "quick"})

    @property
    def now_s(self) -> float:
        return self.speaker.position_samples / VOICE_RATE_HZ

    def until(self, name: str, within_s: float = 300, **fields: object) -> dict[str, Any]:
        seen = len(self.events)
        for _ in range(round(within_s * 1000 / BLOCK_MS)):
            self.step()
            for event in self.events[seen:]:
                if event["event"] == name and all(event.get(key) == value for key, value in fields.items()):
                    return event
        raise AssertionError(f"no {name} {fields} in {within_s} s; last: {self.events[-3:]}")

    def step(self) -> None:
        seen = len(self.events)
        self.pull()
        self.conductor.advance(self.now_s)
        for event in self.events[seen:]:
            if event["event"] == "question":
                self.say(HEALTHY(event["id"]))

    def pull(self) -> None:
        """Only the sound goes on."""
        self.played.append(self.speaker.pull(VOICE_BLOCK))

    def lines(self, kind: str = "line_started") -> list[str]:
        """The lines that have started, or ended, in order."""
        return [event["line"] for event in self.events if event["event"] == kind]

    def say(self, text: str, stage: Stage = Stage.CONFIRMED) -> None:
        if stage is Stage.SUSPECTED:
            self.speaker.hush()
        self.conductor.hear(Heard(stage, text if PHRASEBOOK.knows(text) else "", text, self.now_s))

    def _scope(self, moment: str) -> None:
        self.moment = moment

    def _log(self, event: Mapping[str, object]) -> None:
        self.log(event)
