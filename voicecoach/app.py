"""Builds the stages from the settings and joins them. Where sound comes from and goes to is the commands' business."""

import datetime as dt
import difflib
import hashlib
import importlib.metadata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from voicecoach import curriculum, places, speech_model
from voicecoach.coach.amounts import level_set
from voicecoach.coach.session import Session
from voicecoach.ears.calibration import Calibration
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.errors import Missing, Unreadable
from voicecoach.journal.store import Journal
from voicecoach.loop import Conductor
from voicecoach.messages.intents import URGENT
from voicecoach.messages.memory import Memory, Person
from voicecoach.own_voice import GuardedEars, OwnWords
from voicecoach.settings import PROMPTS, Settings, read_settings
from voicecoach.speech import Voice
from voicecoach.tables import layers, place_of, read_prompts, subtable
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import Tones

LANGUAGE = "en"
"""The locale that has every line there is, and every place that is filled."""
COUNTED = ("set.count", "set.count_stay", "set.count_long", "set.squeeze", "countdown", "warm_up.squeeze")
"""Cues that have nothing but a number in them."""
IN_THE_AIR = (
    "set.", "theme.", "practice.", "warm_up.tilt", "warm_up.squeeze", "warm_up.release", "warm_up.half_lift",
    "breath.", "lead_in", "countdown",
)  # fmt: skip
"""How lines begin that are said while the legs move: the coach must not hear itself command something."""
PACKAGES = ("voicecoach", "vosk", "pyopen-wakeword", "pyttsx3", "sounddevice", "transitions")


@dataclass(frozen=True, slots=True)
class House:
    """Where a session lives, and what it is set to."""

    home: Path
    settings: Settings

    @property
    def prompts(self) -> Path:
        """The words of this locale: the folder for what this home has changed, whether or not it is there, over what came along."""
        return self.home / PROMPTS / self.settings.locale

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
        self.phrasebook = _safe(Phrasebook.load(house.prompts), house.prompts)
        self.curriculum = curriculum.load(house.prompts)
        if house.settings.plan.level:
            level_set(self.curriculum.training, house.settings.plan.level)
        self.script = _whole(Script.load(house.prompts), self.phrasebook)
        self.tones = Tones.load(house.prompts)
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
        voice = Voice(self.script, self.tones, self.shelf_of, self.speaker, self._own, self.curriculum.locale.units)
        return Conductor(coach, voice, self.phrasebook, scope, log)

    def stock(self) -> None:
        """Renders the sentences that need no values, and the counting, so that no cue has to wait for its sound in a session."""
        texts = [text for _, text in self.script.every_sentence() if "{" not in text]
        counted = [text for line, text in self.script.every_sentence() if line in COUNTED]
        training = self.curriculum.training
        most = max(self.house.settings.plan.reps or 0, training.most_counted, *(level.reps for level in training.levels))
        texts += [text.format(n=n) for n in range(1, most + 1) for text in counted]
        for _ in self.shelf.stock(texts):
            pass


def _safe(phrasebook: Phrasebook, folder: Path) -> Phrasebook:
    """The phrasebook, if it has every safety phrase of what lies under all changes: more may be added, none taken away."""
    lowest = Phrasebook.load(layers(folder)[-1])
    for intent in sorted(URGENT):
        if missing := [phrase for phrase in lowest.phrases(intent) if phrase not in phrasebook.phrases(intent)]:
            place = subtable(subtable(read_prompts(folder, "hears.toml"), "intents"), intent).at("phrases")
            raise Unreadable(f'{place}: "{missing[0]}" is missing.', "Safety phrases may be added, but none may be taken away.")
    return phrasebook


def _whole(script: Script, phrasebook: Phrasebook) -> Script:
    """The script, if it has the lines that a session may need and no others; better told now than on the mat."""
    shipped = Script.load(places.prompts() / LANGUAGE)
    own = {f"{kind}.{topic}" for topic in phrasebook.topics for kind in ("answer", "more")}
    commands = phrasebook.grammar("set").phrases
    for line in sorted(shipped.ids() | own):
        script.entry(line)
    for line in sorted(script.ids()):
        if line not in shipped.ids() | own:
            near = ", ".join(difflib.get_close_matches(line, sorted(shipped.ids()), 3, 0.0))
            raise Unreadable(
                f'{script.at(line)}: no part of a session says "{line}".', f"Allowed are only the lines there are; nearest: {near}."
            )
        if line.startswith(IN_THE_AIR) and (word := next((one for one in commands if script.says(line, one)), "")):
            raise Unreadable(
                f'{script.at(line)} has "{word}" in it, which is also a command.', "It is said while the legs move: find another word."
            )
        filled = shipped.places(line) if line in shipped.ids() else frozenset()
        strange = sorted(script.places(line) - filled)
        if strange:
            allowed = ", ".join(f"{{{place}}}" for place in sorted(filled)) or "none"
            raise Unreadable(f"{script.at(line)} has a place {{{strange[0]}}} that nothing fills.", f"Allowed there: {allowed}.")
    return script


def about(settings: Settings, started_at: str, level: str) -> dict[str, object]:
    """What the log begins with; `level`: the one that it begins at."""
    return {"plan": settings.plan.settings, "level": level, "versions": versions(settings), "started_at": started_at}


def versions(settings: Settings) -> dict[str, str]:
    """The versions of what can change a session, with the names of its model, voice and locale."""
    words = hashlib.sha256(places.word_model().read_bytes()).hexdigest()[:12] if places.word_model().is_file() else "none"
    chosen = {"model": places.MODEL_NAME, "word_model": words, "voice": settings.voice, "locale": settings.locale}
    return {name: importlib.metadata.version(name) for name in PACKAGES} | chosen


def check_vocabulary(house: House, phrasebook: Phrasebook, model: SpeechModel) -> None:
    """Raises Unreadable if a phrase has a word that the model can't hear: that phrase could be said for ever."""
    if unknown := model.unknown(phrasebook.every_phrase()):
        where = place_of(house.prompts, ("hears.toml", "questions.toml"), unknown[0])
        raise Unreadable(f"{where}: the speech model doesn't know these words: {', '.join(unknown)}.", "Replace them by others.")


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
