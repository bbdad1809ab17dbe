"""Where a session lives, and what it is set to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voicecoach import outbox, places, speech_model
from voicecoach.errors import Missing
from voicecoach.settings import PROMPTS, Settings, read_settings


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
        """The speech model's folder, every byte of it read and found right: a damaged model ends Vosk, and this process with it.

        Takes a seventh of the time that loading it takes. Raises Missing when it isn't there, CheckFailed when it is damaged.
        """
        folder = places.model(self.home)
        if not speech_model.installed(folder, places.manifest()):
            raise Missing(f"There is no whole speech model in {folder}.", "Run: voicecoach model")
        speech_model.verify(folder, places.manifest())
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
    def outbox(self) -> Path:
        """What waits to be sent."""
        return outbox.beside(self.journal)

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
