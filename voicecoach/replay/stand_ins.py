"""Names that stand for those of people, so that a session can be shown to somebody."""

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.coach.names import Names
from voicecoach.messages.events import Input
from voicecoach.messages.intents import Intent, Meant
from voicecoach.messages.memory import Memory


class StandIns:
    """Another name for each, always the same; one that the ears know for one that they know."""

    def __init__(self, names: Names, real: Iterable[str]) -> None:
        self._known = names.known
        self._others: dict[str, str] = {}
        real = {name for name in real if name and not name.isdecimal()}
        free = iter(sorted(names.known - real))
        for n, name in enumerate(sorted(real), 1):
            self._others[name] = next(free, f"Name{n}") if name in names.known else f"Name{n}"

    def of(self, memory: Memory) -> Memory:
        """What is remembered, with other names."""
        people = (replace(person, name=self._others.get(person.name or "", person.name)) for person in memory.people)
        return replace(memory, people=tuple(people))

    def said(self, event: Input) -> Input:
        """What was heard, with another name in the place of one; of what else was said no word more than its meaning takes."""
        if not isinstance(event, Meant):
            return event
        other = self._others.get(event.topic) if event.intent is Intent.NAME else None
        phrase = event.phrase if other is None else other.lower()
        text = phrase if event.text == event.phrase else MORE
        return replace(event, phrase=phrase, text=text, topic=other or event.topic)


MORE = "…"
"""Stands for more words than the phrase itself: a word that is tried on the mat has to come alone."""


def names_in(memory: Memory, events: Iterable[Input | None]) -> set[str]:
    """Everybody's, as remembered and as said."""
    said = {event.topic for event in events if isinstance(event, Meant) and event.intent is Intent.NAME}
    return said | {person.name for person in memory.people if person.name}
