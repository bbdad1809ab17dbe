"""Builds the stages from the settings and joins them. Where sound comes from and goes to is the commands' business."""

import datetime as dt
import hashlib
import importlib.metadata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from voicecoach import curriculum, places, speech_model
from voicecoach.coach.exercise import MOST_IN_WARM_UP
from voicecoach.coach.session import Session
from voicecoach.ears.calibration import Calibration
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.errors import Missing, Unreadable
from voicecoach.journal.store import Journal
from voicecoach.loop import Conductor
from voicecoach.messages.memory import Memory, Person
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.settings import Settings, read_settings
from voicecoach.speech import Voice
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import Speaker

LANGUAGE = "en"
"""The locale that has every line there is, and every place that is filled."""
COUNTED = ("set.count", "set.count_stay", "countdown", "warm_up.squeeze")
"""Cues that have nothing but a number in them."""
PACKAGES = ("voicecoach", "vosk", "pyopen-wakeword", "pyttsx3", "sounddevice", "transitions")


@dataclass(frozen=True, slots=True)
class House:
    """Where a session lives, and what it is set to."""

    home: Path
    settings: Settings

    @property
    def prompts(self) -> Path:
        """The words of this locale: the home's own, if it has any, else those that came along. Raises Unreadable when there are none."""
        own = self.home / "prompts" / self.settings.locale
        folder = own if own.is_dir() else places.prompts() / self.settings.locale
        if not folder.is_dir():
            there = ", ".join(sorted(path.name for path in places.prompts().glob("*") if path.is_dir())) or "none"
            raise Unreadable(f'There are no prompts for the locale "{self.settings.locale}".', f"Set locale to one of: {there}.")
        return folder

    @property
    def model(self) -> Path:
        """The speech model's folder. Raises Missing when it isn't there, or not whole."""
        folder = places.model(self.home)
        if not speech_model.installed(folder, places.manifest()):
            raise Missing(f"There is no whole speech model in {folder}.", "Run: voicecoach model")
        return folder

    @property
    def cache(self) -> Path:
        """Rendered sentences."""
        return self.home / "voice"

    @property
    def journal(self) -> Path:
        """The journal's file."""
        return self.home / "journal.db"

    @property
    def calibrations(self) -> Path:
        """What the greeting told of the sound devices."""
        return self.home / "calibrations.json"


def open_house(home: Path | None) -> House:
    """The house in `home`, or in its usual place."""
    where = places.home(home)
    return House(where, read_settings(where))


def ensure_model(house: House, say: Callable[[str], None]) -> None:
    """Brings the speech model when it is missing: the first run does this by itself. Raises as `install_model` does."""
    folder = places.model(house.home)
    if not speech_model.installed(folder, places.manifest()):
        say(speech_model.install_model(folder, places.manifest(), None, say))


class Parts:
    """The stages of one session, built once and closed once: a context manager."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.phrasebook = Phrasebook.load(house.prompts)
        self.curriculum = curriculum.load(house.prompts)
        self.script = _whole(Script.load(house.prompts), self.phrasebook, house.prompts)
        self.speaker = Speaker()
        self.calibration = Calibration()
        self._own = OwnWords({value: word for word, value in self.phrasebook.numbers.words.items()})
        self._renderers: dict[tuple[str, int], Renderer] = {}
        self.shelf = self.shelf_of()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for renderer in self._renderers.values():
            renderer.close()

    def shelf_of(self, voice: str = "", words_per_minute: int = 0) -> Shelf:
        """Sentences spoken by `voice`, at that rate, kept on disk; "" and 0: as it is set."""
        manner = (voice or self.house.settings.voice, words_per_minute or self.house.settings.words_per_minute)
        if manner not in self._renderers:
            self._renderers[manner] = Renderer(*manner)
        return Shelf(self.house.cache, self._renderers[manner])

    def ears(self, model: SpeechModel, drift_ppm: float = 0.0) -> GuardedEars:
        """Ears on a loaded model, deaf to the coach's own words; who speaks over the coach lowers its voice. Unreadable: unknown words.

        `drift_ppm`: what is known of the clocks of microphone and speaker.
        """
        check_vocabulary(self.house, self.phrasebook, model)
        words = WordModel.load(places.word_model())
        ears = Ears(model, words, EchoCanceller(drift_ppm=drift_ppm), self.phrasebook.emphasis, calibration=self.calibration)
        return GuardedEars(ears, self._own, self.speaker.duck)

    def conductor(self, coach: Session, scope: Callable[[str], None], log: Callable[[Mapping[str, object]], None]) -> Conductor:
        """The loop for one session."""
        voice = Voice(self.script, self.shelf_of, self.speaker, self._own, self.curriculum.units)
        return Conductor(coach, voice, self.phrasebook, scope, log)

    def stock(self) -> None:
        """Renders the sentences that need no values, and the counting, so that no cue has to wait for its sound in a session."""
        texts = [text for _, text in self.script.every_sentence() if "{" not in text]
        counted = [text for line, text in self.script.every_sentence() if line in COUNTED]
        texts += [text.format(n=n) for n in range(1, max(self.house.settings.plan.reps, MOST_IN_WARM_UP) + 1) for text in counted]
        for _ in self.shelf.stock(texts):
            pass


def _whole(script: Script, phrasebook: Phrasebook, folder: Path) -> Script:
    """The script, if it has every line that a session may need; better told now than on the mat."""
    path, shipped = folder / "says.toml", Script.load(places.prompts() / LANGUAGE)
    for line in (*sorted(shipped.ids()), *(f"answer.{topic}" for topic in sorted(phrasebook.topics))):
        if line not in script.ids():
            raise Unreadable(f'{path} has no line "{line}".', f'Add ["{line}"] with a say = "…".')
        filled = shipped.places(line) if line in shipped.ids() else frozenset()
        strange = sorted(script.places(line) - filled)
        if strange:
            allowed = ", ".join(f"{{{place}}}" for place in sorted(filled)) or "none"
            raise Unreadable(f'{path}, ["{line}"] has a place {{{strange[0]}}} that nothing fills.', f"Allowed there: {allowed}.")
    return script


def about(settings: Settings, started_at: str) -> dict[str, object]:
    """What the log begins with."""
    return {"plan": asdict(settings.plan), "level": settings.plan.legs, "versions": versions(settings), "started_at": started_at}


def versions(settings: Settings) -> dict[str, str]:
    """The versions of what can change a session, with the names of its model, voice and locale."""
    words = hashlib.sha256(places.word_model().read_bytes()).hexdigest()[:12] if places.word_model().is_file() else "none"
    chosen = {"model": places.MODEL_NAME, "word_model": words, "voice": settings.voice, "locale": settings.locale}
    return {name: importlib.metadata.version(name) for name in PACKAGES} | chosen


def check_vocabulary(house: House, phrasebook: Phrasebook, model: SpeechModel) -> None:
    """Raises Unreadable if a phrase has a word that the model can't hear: that phrase could be said for ever."""
    if unknown := model.unknown(phrasebook.every_phrase()):
        raise Unreadable(
            f"The speech model doesn't know these words of {house.prompts / 'hears.toml'}: {', '.join(unknown)}.", "Replace them by others."
        )


def open_journal(house: House) -> Journal:
    """The journal of the house, without those who asked to be forgotten when there was no time for it."""
    journal = Journal(house.journal)
    journal.forget_who_asked()
    return journal


def remembered(house: House, journal: Journal | None) -> Memory:
    """What a session may know from before it: whom the journal knows, and what is set of them. Without a journal: nobody."""
    settings = house.settings
    people: tuple[Person, ...] = ()
    if journal is not None:
        with suppress(Unreadable):
            people = tuple(person for person in journal.people() if not person.forgotten)
        people = settings.known(people)
    return Memory(today(), people, settings.voice, settings.words_per_minute)


def now() -> str:
    """The wall clock, for the journal's dates; nothing in a session is timed by it."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def today() -> float:
    """Local time in days, as Memory counts them."""
    at = dt.datetime.now().astimezone()
    return at.toordinal() + (at - at.replace(hour=0, minute=0, second=0, microsecond=0)) / dt.timedelta(days=1)


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
