"""Reads prompts/*/locale.toml."""

from pathlib import Path

from voicecoach.coach.curriculum import Locale
from voicecoach.coach.plan import emergency_number
from voicecoach.errors import Unreadable
from voicecoach.messages.memory import UNITS
from voicecoach.tables import LOCALE_FILE, Placed, known, layers, only_keys, read_prompts, text, whole, words
from voicecoach.voice.renderer import FASTEST_WPM, SLOWEST_WPM

KEYS = ("base", "words", *Locale.__dataclass_fields__)
"""The script reads `words`, and tables `base`."""


def load(folder: Path) -> Locale:
    """The locale in `folder`. Raises Unreadable, also where there is none."""
    if not layers(folder):
        raise Unreadable(f'There are no prompts for the locale "{folder.name}".', f"Set locale to one of: {', '.join(known(folder))}.")
    table = read_prompts(folder, LOCALE_FILE)
    only_keys(table, KEYS)
    units = text(table, "units")
    if units not in UNITS:
        raise Unreadable(f'{table.at("units")}: units can\'t be "{units}".', f"Choose one of: {', '.join(UNITS)}.")
    return Locale(
        name=text(table, "name"),
        voices=_voices(table),
        words_per_minute=_rate(table),
        emergency=_emergency(table),
        urgent=text(table, "urgent", ""),
        units=units,
    )


def _voices(table: Placed) -> tuple[str, ...]:
    voices = words(table, "voices")
    if not voices:
        raise Unreadable(f"{table.at('voices')}: there is no voice.", 'Write voices = ["en-us+f5"], the usual one first.')
    return voices


def _rate(table: Placed) -> int:
    words_per_minute = whole(table, "words_per_minute")
    if not SLOWEST_WPM <= words_per_minute <= FASTEST_WPM:
        raise Unreadable(f"{table.at('words_per_minute')} can't be {words_per_minute}.", f"Choose {SLOWEST_WPM} to {FASTEST_WPM}.")
    return words_per_minute


def _emergency(table: Placed) -> str:
    try:
        return emergency_number(table.get("emergency"))
    except Unreadable as error:
        raise Unreadable(f"{table.at('emergency')}: {error.what}", error.next_step) from None
