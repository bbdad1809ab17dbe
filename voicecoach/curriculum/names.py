"""names.toml: what people can be called."""

from pathlib import Path

from voicecoach.coach.names import Names
from voicecoach.errors import Unreadable
from voicecoach.tables import read_prompts, text
from voicecoach.understanding.naming import NAMES_FILE, names_in

PLACE = "{n}"


def load_names(folder: Path) -> Names:
    """The names that the ears know, and what somebody without one is called. Raises Unreadable."""
    table = read_prompts(folder, NAMES_FILE)
    unnamed = text(table, "unnamed")
    if unnamed.count(PLACE) != 1 or "{" in unnamed.replace(PLACE, ""):
        raise Unreadable(f"{table.at('unnamed')}: unnamed has to be a text with {PLACE} in it.", f'Write unnamed = "number {PLACE}".')
    return Names(frozenset(names_in(table).values()), unnamed)
