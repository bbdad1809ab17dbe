"""What the broker is told of a session: no more than the settings share. Pure."""

import json
from collections.abc import Mapping

from voicecoach.onlookers.broker.terms import Terms
from voicecoach.outbox import LAST_SESSION, Post, new_id

IDLE, SESSION, PAUSED = "idle", "session", "paused"
FIRST = 1
"""Who is taken to be there as long as nobody was asked."""
ENDED = {"outcome": ("outcome",), "reps": ("reps", "sets"), "pain": ("pain_before", "pain_after")}
"""The fields of session_ended that go with each of what can be shared."""


class Telling:
    """Follows one session. `event` is shown all of it."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._session = new_id()
        self._started: Mapping[str, object] = {}
        self._people: list[int] = []
        self._forgotten: set[int] = set()
        self.state = IDLE
        """What is going on now."""
        self.posts: tuple[Post, ...] = ()
        """What is to be sent of it, once it is over."""

    @property
    def forgotten(self) -> frozenset[int]:
        """Who asked to be forgotten."""
        return frozenset(self._forgotten)

    def event(self, event: Mapping[str, object]) -> None:
        """One event of the log."""
        match event["event"]:
            case "session_started":
                self._started, self.state = event, SESSION
            case "phase":
                to = str(event["to"])
                self.state = PAUSED if to == PAUSED else to if "phase" in self._terms.share else SESSION
            case "person" if isinstance(number := event.get("id"), int):
                self._people.append(number)
            case "remembered" if event.get("fact") == "forgotten" and event.get("value"):
                self._forgotten.add(self._person)
            case "session_ended":
                self.state = IDLE
                self.posts = () if self._forgotten & {self._person, *self._people} else self._summary(event)
            case _:
                pass

    @property
    def _person(self) -> int:
        return self._people[-1] if self._people else FIRST

    def _summary(self, ended: Mapping[str, object]) -> tuple[Post, ...]:
        share = self._terms.share
        told: dict[str, object] = {"id": self._session, "speaker": self._terms.id, "started_at": self._started.get("started_at")}
        told["minutes"] = round(float(str(ended["at_s"])) / 60, 1)
        told |= {field: ended.get(field) for item, fields in ENDED.items() if item in share for field in fields}
        if "level" in share:
            told["level"] = ended.get("level") or self._started.get("level")
        if "person" in share:
            told["person"] = self._person
        people = tuple(sorted({self._person, *self._people}))
        receipt = self._terms.receipts
        summary = Post(self._session, f"sessions/{self._session}", json.dumps(told | {"receipt": receipt}), receipt=receipt, people=people)
        return summary, Post(new_id(), LAST_SESSION, json.dumps(told), kept=True, people=people)
