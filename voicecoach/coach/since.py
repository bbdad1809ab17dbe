"""Which sessions came after something, by clocks that may have been wrong. Pure.

A small computer without a clock of its own starts in the year it was made, or in the one it was switched off. A day that is still to come
tells nothing; nor does the day of a session that is earlier than that of one before it. What isn't sure counts as later: then more is
asked.
"""

from voicecoach.messages.memory import PastSession, Person


def since(day: float | None, person: Person, today: float) -> list[PastSession]:
    """The sessions of `person` from `day` on, with those of which nobody knows; all of them when there is no such day."""
    if day is None or day > today:
        return list(person.sessions)
    later: list[PastSession] = []
    latest = float("-inf")
    for past in person.sessions:
        if past.on_day >= day or past.on_day < latest:
            later.append(past)
        if past.on_day <= today:
            latest = max(latest, past.on_day)
    return later
