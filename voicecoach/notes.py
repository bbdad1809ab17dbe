"""What is kept of a session, and what is remembered from those before it."""

import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Mapping
from contextlib import suppress

from voicecoach import places
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.journal.left_off import LOOKED_AT, left_off
from voicecoach.journal.recall import day_of
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import CutOff, Memory, Person
from voicecoach.settings import Settings

PACKAGES = ("voicecoach", "vosk", "pyopen-wakeword", "pyttsx3", "sounddevice", "transitions")


def about(settings: Settings, started_at: str, level: str) -> dict[str, object]:
    """What the log begins with; `level`: the one that it begins at."""
    return {"plan": settings.plan.settings, "level": level, "versions": versions(settings), "started_at": started_at}


def versions(settings: Settings) -> dict[str, str]:
    """The versions of what can change a session, with the names of its model, voice and locale."""
    words = hashlib.sha256(places.word_model().read_bytes()).hexdigest()[:12] if places.word_model().is_file() else "none"
    chosen = {"model": places.MODEL_NAME, "word_model": words, "voice": settings.voice, "locale": settings.locale}
    return {name: importlib.metadata.version(name) for name in PACKAGES} | chosen


def open_journal(house: House) -> Journal:
    """The journal of the house, without those who asked to be forgotten when there was no time for it."""
    journal = Journal(house.journal)
    journal.forget_who_asked()
    return journal


def remembered(house: House, journal: Journal | None, *, rehearsed: bool = False) -> Memory:
    """What a session may know from before it: whom the journal knows, what is set of them, and what was cut off. Without a journal: nobody.

    `rehearsed`: it is a rehearsal, which goes on with none but a rehearsal.
    """
    settings = house.settings
    people: tuple[Person, ...] = ()
    cut_off: CutOff | None = None
    if journal is not None:
        with suppress(Unreadable):
            people = tuple(person for person in journal.people() if not person.forgotten)
            last = [(row, journal.events(row.id)) for row in journal.sessions()[-LOOKED_AT:]]
            cut_off = left_off(last, dt.datetime.now().astimezone(), rehearsed=rehearsed)
        people = settings.known(people)
    return Memory(today(), people, settings.voice, settings.words_per_minute, cut_off)


def now() -> str:
    """The wall clock, for the journal's dates; nothing in a session is timed by it."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def today() -> float:
    """Local time in days, as Memory counts them; to the second before, so that a session begun after it never counts as an earlier one."""
    return day_of(dt.datetime.now().astimezone().replace(microsecond=0))


class Notes:
    """One session's place in the journal; without a journal nothing is kept."""

    def __init__(self, journal: Journal | None, settings: Settings, started_at: str) -> None:
        self._journal = journal
        self._session = journal.begin(started_at, versions(settings)) if journal else 0
        self._leaving = False
        self.started_at = started_at

    def keep(self, event: Mapping[str, object]) -> str | None:
        """Keeps one event. Returns a sentence when it could not be written and waits in memory."""
        if self._journal is None:
            return None
        self._journal.append(self._session, event)
        self._leaving = self._leaving or (event["event"] == "remembered" and event.get("fact") == "forgotten")
        if event["event"] == "session_ended":
            self._journal.end(self._session, str(event["outcome"]))
        return "The journal can't be written just now; it is kept in memory." if self._journal.behind else None

    def refuse(self, refused: bool) -> None:
        """Has the journal behave as on a full disk, for rehearsals."""
        if self._journal is not None:
            self._journal.refuse(refused=refused)

    def close(self) -> None:
        """Lets go of the journal's file, after forgetting whoever asked for it in this session."""
        if self._journal is not None:
            if self._leaving:
                self._journal.forget_who_asked()
            self._journal.close()
