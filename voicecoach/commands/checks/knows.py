"""What it knows to say: the program's own packages, the settings, the words."""

import importlib.metadata
from functools import partial
from pathlib import Path

from packaging.requirements import Requirement

from voicecoach import places
from voicecoach.app import Parts
from voicecoach.commands.checks.looks import Fix, Look, Mendable
from voicecoach.commands.say import in_numbers
from voicecoach.durable import set_aside
from voicecoach.errors import CheckFailed, CoachError, Missing, Unreadable
from voicecoach.house import open_house
from voicecoach.settings import FILE_NAME, PROMPTS
from voicecoach.wording import no_strangers

AGAIN = "Install voicecoach again: sh voicecoach/start.sh"


def looks(home: Path | None) -> tuple[Look, ...]:
    """All of them."""
    return (
        Look("packages", packages),
        Look("settings", lambda: _settings(home)),
        Look("prompts", lambda: _prompts(home), ("settings",)),
    )


def packages() -> str:
    """Whether every Python package is there in a version that the program was made for."""
    needed = [Requirement(line) for line in importlib.metadata.requires("voicecoach") or ()]
    mine = [one for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    for one in mine:
        try:
            version = importlib.metadata.version(one.name)
        except importlib.metadata.PackageNotFoundError:
            raise Missing(f"The Python package {one.name} is missing.", AGAIN) from None
        if not one.specifier.contains(version, prereleases=True):
            raise CheckFailed(f"The Python package {one.name} has the version {version}, and {one.specifier} is needed.", AGAIN)
    return f"all {len(mine)} that are needed"


def _settings(home: Path | None) -> str:
    path = places.home(home) / FILE_NAME
    try:
        open_house(home)
    except Unreadable as error:
        if str(path) in error.what:
            fix = Fix("set your settings aside and go on with the usual ones (the emergency number too)", partial(_aside, path))
            raise Mendable(error.what, error.next_step, fix) from None
    return str(path) if path.exists() else f"as usual, without a {path}"


def _prompts(home: Path | None) -> str:
    try:
        with Parts(open_house(home)) as parts:
            no_strangers(places.home(home) / PROMPTS)
            return in_numbers(parts)
    except CoachError as error:
        own = places.home(home) / PROMPTS
        fix = Fix("set your own words aside and go on with those that came along", partial(_aside, own))
        raise Mendable(error.what, error.next_step, fix if str(own) in error.what else None) from None


def _aside(path: Path) -> str:
    try:
        aside = set_aside(path)
    except OSError as error:
        raise Missing(f"{path} can't be moved ({error.strerror}).", "Look at the folder's permissions.") from None
    return f"{path} is kept as {aside.name}, and counts no more"
