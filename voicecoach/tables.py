"""Reads the TOML files that people edit, and says in one sentence what is wrong with them."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from voicecoach.errors import Unreadable

LOCALE_FILE = "locale.toml"


def read_table(path: Path) -> dict[str, object]:
    """The whole file. Raises Unreadable, naming the file and, where TOML is broken, the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}.", "Check the name, or put it back from the version that you installed.") from None
    except IsADirectoryError:
        raise Unreadable(f"{path} is a folder, not a file.", "Name the TOML file itself.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} can't be read ({error}).", "Check that it is a text file that you may read.") from None
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path} is not valid TOML: {error}.", "Mend that place.") from None


def read_prompts(folder: Path, name: str) -> dict[str, object]:
    """The file `name` of the locale in `folder`, over that of the locale which its locale.toml names as its base, entry by entry.

    A file that a locale with a base doesn't have is the base's. Raises Unreadable.
    """
    about = folder / LOCALE_FILE
    base = read_table(about).get("base", "") if about.is_file() else ""
    if not base:
        return read_table(folder / name)
    below = read_prompts(folder.parent / str(base), name)
    return _over(below, read_table(folder / name)) if (folder / name).is_file() else below


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def only_keys(table: Mapping[str, object], allowed: Iterable[str], place: str) -> None:
    """Raises Unreadable when `table` has a key that isn't allowed there. `place` is the file and the part of it, for the sentence."""
    known = sorted(allowed)
    for key in table:
        if key not in known:
            raise Unreadable(f'{place} has an unknown key "{key}".', f"Allowed are: {', '.join(known)}.")


def subtable(table: Mapping[str, object], key: str, place: str) -> dict[str, object]:
    """The table under `key`, empty when absent. Raises Unreadable when something else stands there."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise Unreadable(f"{place}: {key} has to be a table.", f"Write it as [{key}].")
    return value


def words(table: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty when absent. Raises Unreadable when something else stands there."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise Unreadable(f"{place}: {key} has to be a list of texts.", f'Write {key} = ["one", "another"].')
    return tuple(value)
