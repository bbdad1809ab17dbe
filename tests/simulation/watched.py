"""The stage of tests/coach, with every rule watching, and with a speaker that has its moods."""

import heapq
from collections.abc import Callable
from typing import Protocol

from tests.coach.stage import CURRICULUM, KNOWN, Rehearsed
from tests.simulation import rules_of_order, rules_of_safety
from tests.simulation.seen import Ledger, Seen
from voicecoach.coach.curriculum import Curriculum
from voicecoach.coach.plan import Plan
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action, Hush, Record, Say
from voicecoach.messages.events import Event, Interrupted, LineEnded, LineStarted, Recovered, Started, Wake
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.memory import Memory

REPORTED_S = 0.02
"""From a hush to the speaker's word that the line has ended: one block."""
AFTERWARDS: tuple[Event, ...] = (
    Wake(),
    Meant(Intent.RESUME, Stage.CONFIRMED, "resume", "resume"),
    Meant(Intent.STOP, Stage.CONFIRMED, "stop", "stop"),
    Recovered("microphone"),
    LineEnded(1, cut_short=False),
    Started(),
    Interrupted(),
)
"""What may still arrive when the session is over."""


Coach = Callable[[Plan, Curriculum, Memory], Session]


class Rule(Protocol):
    """One rule, for one session."""

    def see(self, seen: Seen, ledger: Ledger) -> str:
        """What is wrong with it, or ""."""


EVERY_RULE: tuple[Callable[[], Rule], ...] = (*rules_of_safety.RULES, *rules_of_order.RULES)


class Broken(AssertionError):
    """A rule was broken; `rule` is its name."""

    def __init__(self, rule: str, what: str, at_s: float) -> None:
        super().__init__(f"{rule}: {what} (at {at_s:.2f} s)")
        self.rule = rule


class Watched(Rehearsed):
    """A session in which every event is shown to every rule. Raises Broken at the first that is broken.

    `logged` are the events that a journal would have been handed, in order: (name, fields). `heard` is what was said to its
    end, `taken` every event that the session was handed, with its time.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        healthy: bool = True,
        memory: Memory = KNOWN,
        coach: Coach = Session,
        curriculum: Curriculum = CURRICULUM,
    ) -> None:
        self.coach = coach
        self.logged: list[tuple[str, dict[str, object]]] = []
        self.taken: list[tuple[Event, float]] = []
        self.heard: list[Say] = []
        self._rules = [rule() for rule in EVERY_RULE]
        self._ledger = Ledger(curriculum)
        self._refused = 0
        super().__init__(plan, healthy=healthy, memory=memory, curriculum=curriculum)

    def sulks(self, words: str) -> bool:
        """What a speaker may do by itself, and whether it is that: silent before the ears have said why, one line unplayed, or late."""
        what, _, seconds = words.partition(" ")
        if words == "cut":
            self._hush()
        elif words == "unplayed":
            self._refused += 1
        elif what == "late":
            self._delay(float(seconds))
        else:
            return False
        return True

    def _delay(self, by_s: float) -> None:
        """Whatever the speaker has been given begins and ends later."""
        self._due = [(at_s + by_s * isinstance(event, LineStarted | LineEnded), n, event) for at_s, n, event in self._due]
        heapq.heapify(self._due)
        self._free_at_s += by_s

    def outlive(self) -> None:
        """Things go on happening when the session is over."""
        for event in AFTERWARDS:
            self._hand_over(event)

    def _hand_over(self, event: Event) -> None:
        before, over_before = self.session.phase, self.session.outcome is not None
        if isinstance(event, LineEnded) and not event.cut_short and event.say_id in self._ledger.open:
            self.heard.append(self._ledger.open[event.say_id])
        self.taken.append((event, self.now_s))
        if isinstance(event, Meant) and event.stage is Stage.CONFIRMED:
            self.logged.append(("heard", {"intent": event.intent.value, "topic": event.topic}))
        actions = tuple(self.session.handle(event, self.now_s))
        seen = Seen(event, self.now_s, before, over_before, actions, self.session)
        for rule in self._rules:
            if wrong := rule.see(seen, self._ledger):
                raise Broken(type(rule).__name__, wrong, self.now_s)
        self._ledger.note(seen)
        for action in actions:
            self._perform(action)

    def _perform(self, action: Action) -> None:
        if isinstance(action, Record):
            self.logged.append((action.event, dict(action.fields)))
        elif isinstance(action, Hush):
            self.logged.append(("hushed", {"why": action.why}))
        super()._perform(action)

    def _say(self, say: Say) -> None:
        if self._refused:
            self._refused -= 1
            self._hand_over(LineEnded(say.say_id, cut_short=True))
        else:
            super()._say(say)

    def _playing(self) -> list[int]:
        return [event.say_id for _, _, event in self._due if isinstance(event, LineEnded) and not event.cut_short]

    def _hush(self) -> None:
        cut = self._playing()
        reported = [entry for entry in self._due if isinstance(entry[2], LineEnded) and entry[2].cut_short]
        super()._hush()
        for at_s, _, event in reported:
            self._push(at_s, event)
        for say_id in cut:
            self._push(self.now_s + REPORTED_S, LineEnded(say_id, cut_short=True))
