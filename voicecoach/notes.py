"""What is kept of a session, and what is remembered from those before it."""

import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voicecoach import places
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.journal.left_off import LOOKED_AT, left_off
from voicecoach.journal.recall import day_of
from voicecoach.journal.recordings import beside, recorded
from voicecoach.journal.reserve import RESERVE_BYTES
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import CutOff, Memory, Person
from voicecoach.record.beginning import as_logged
from voicecoach.settings import Settings
from voicecoach.tables import layers
from voicecoach.understanding.meaning import Meaning

UNWRITABLE = "The journal can't be written just now; it is kept in memory."
PACKAGES = ("voicecoach", "vosk", "pyopen-wakeword", "pyttsx3", "sounddevice", "transitions")


@dataclass(frozen=True, slots=True)
class Began:
    """What a session begins from. `made_up`: no journal tells of these people; `level`: the one that it begins at."""

    memory: Memory
    made_up: bool
    level: str


def about(house: House, began: Began, started_at: str) -> dict[str, object]:
    """What the log begins with: all that the session begins from, or what tells whether it is still the same."""
    settings = house.settings
    known = as_logged(began.memory, day(started_at), made_up=began.made_up)
    told = {"plan": settings.plan.settings, "level": began.level, "versions": versions(settings), "started_at": started_at}
    return {**told, "prompts": prompts_read(house), **known}


def versions(settings: Settings) -> dict[str, str]:
    """The versions of what can change a session, with the names of its model, voice and locale."""
    words = _digest([places.word_model()]) if places.word_model().is_file() else "none"
    chosen = {"model": places.MODEL_NAME, "word_model": words, "voice": settings.voice, "locale": settings.locale}
    return {name: importlib.metadata.version(name) for name in PACKAGES} | chosen | {"coach": _digest(places.coach())}


def prompts_read(house: House) -> dict[str, str]:
    """A digest of each file that the house's locale is made of, with all that lies under it."""
    found = [path for layer in layers(house.prompts) for path in layer.glob("*.toml")]
    return {name: _digest([path for path in found if path.name == name]) for name in sorted({path.name for path in found})}


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def open_journal(house: House) -> Journal:
    """The journal of the house, without those who asked to be forgotten when there was no time for it."""
    journal = Journal(house.journal, RESERVE_BYTES)
    journal.forget_who_asked()
    return journal


def troubles(journal: Journal) -> Iterator[str]:
    """What the person should read about the journal and hasn't been told yet, one sentence each."""
    while (trouble := journal.trouble()) is not None:
        yield trouble


def remembered(house: House, journal: Journal | None, started_at: str, *, rehearsed: bool = False) -> Memory:
    """What a session may know from before it: whom the journal knows, what is set of them, and what was cut off. Without a journal: nobody.

    `rehearsed`: it is a rehearsal, which goes on with none but a rehearsal.
    """
    settings = house.settings
    people: tuple[Person, ...] = ()
    cut_off: CutOff | None = None
    if journal is not None:
        with suppress(Unreadable):
            people = tuple(person for person in journal.people() if not person.forgotten)
            cut_off = cut_off_before(journal, started_at, rehearsed=rehearsed)
        people = settings.known(people)
    return Memory(day(started_at), people, settings.voice, settings.words_per_minute, cut_off)


def cut_off_before(journal: Journal, started_at: str, before: int | None = None, *, rehearsed: bool = False) -> CutOff | None:
    """What there is to go on with at `started_at`, of the sessions before the one of the number `before`. Raises Unreadable."""
    return left_off(journal.latest(LOOKED_AT, before), dt.datetime.fromisoformat(started_at), rehearsed=rehearsed)


def not_obeyed(journal: Journal, word: Meaning) -> None:
    """Writes a safety word that was heard, and lost with a program that hung, into the log of the session in which it was said."""
    with suppress(Unreadable):
        for row in journal.sessions()[-1:]:
            said = {"intent": word.intent.value, "phrase": "", "text": ""} | ({"topic": word.topic} if word.topic else {})
            journal.append(row.id, {"at_s": row.duration_s, "event": "heard", **said})


def now() -> str:
    """The wall clock, for the journal's dates; nothing in a session is timed by it."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def day(started_at: str) -> float:
    """The day of a session that began at that time, as Memory counts them."""
    return day_of(dt.datetime.fromisoformat(started_at))


def told_of_recordings(house: House) -> str:
    """One sentence on the sound that is kept; "" where there is none."""
    try:
        found = recorded(house.journal)
    except OSError as error:
        return f"The recordings can't be looked at ({error})."
    if not found:
        return ""
    size_mb = sum(size for _, size in found) / 1e6
    return f"The sound of {len({session for session, _ in found})} of them is kept, {size_mb:.0f} MB in {beside(house.journal)}."


class Notes:
    """One session's place in the journal; without a journal nothing is kept."""

    def __init__(self, journal: Journal | None, settings: Settings, started_at: str) -> None:
        self._journal = journal
        self._session = journal.begin(started_at, versions(settings)) if journal else 0
        self._leaving = self._refused = False
        self.started_at = started_at

    @property
    def number(self) -> int | None:
        """The session's number in the journal; None where it has none on disk."""
        return self._session if self._session > 0 else None

    def keep(self, event: Mapping[str, object]) -> str | None:
        """Keeps one event. Returns a sentence when it could not be written and waits in memory."""
        if self._journal is None:
            return UNWRITABLE if self._refused else None
        self._journal.append(self._session, event)
        self._leaving = self._leaving or (event["event"] == "remembered" and event.get("fact") == "forgotten")
        if event["event"] == "session_ended":
            self._journal.end(self._session, str(event["outcome"]))
        return UNWRITABLE if self._journal.behind else None

    def refuse(self, refused: bool) -> None:
        """Has the journal behave as on a full disk, for rehearsals; where none is kept, only says so."""
        self._refused = refused
        if self._journal is not None:
            self._journal.refuse(refused=refused)

    def close(self) -> None:
        """Lets go of the journal's file, after forgetting whoever asked for it in this session."""
        if self._journal is not None:
            if self._leaving:
                self._journal.forget_who_asked()
            self._journal.close()
