"""locale.toml: the voices that can be chosen, and in which units lengths and weights are said."""

from pathlib import Path

from voicecoach.errors import Unreadable
from voicecoach.tables import LOCALE_FILE, read_prompts, words

UNITS = ("imperial", "metric")


def voices(folder: Path) -> tuple[str, ...]:
    """The voices to choose from. Raises Unreadable."""
    return words(read_prompts(folder, LOCALE_FILE), "voices", str(folder / LOCALE_FILE))


def units(folder: Path) -> str:
    """The word "imperial" or "metric". Raises Unreadable."""
    found = read_prompts(folder, LOCALE_FILE).get("units", UNITS[0])
    if found not in UNITS:
        raise Unreadable(f'{folder / LOCALE_FILE}: units can\'t be "{found}".', f"Choose one of: {', '.join(UNITS)}.")
    return str(found)
