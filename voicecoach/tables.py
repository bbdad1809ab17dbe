"""Reads the TOML files that people edit, and says in one sentence what is wrong with them: the file, the line and what is allowed."""

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from voicecoach import places
from voicecoach.durable import read_whole
from voicecoach.errors import Unreadable

LOCALE_FILE = "locale.toml"
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
"""What stands before the "=" of a line that begins an entry."""

MOST_BYTES = 500_000
"""Five times the longest of them. What is larger is another file."""
MOST_DEEP = 20
"""Tables within tables: four are needed."""
LARGEST = 2**63
"""Of a whole number, by TOML's own rule."""
Way = tuple[str | int, ...]
"""From the top of a file to an entry: the names of its tables, and in a list of tables its number, from 0."""


class Placed(dict[str, object]):
    """A table that knows where it stands. `files` are those that it is made of, the uppermost first, with their text."""

    def __init__(self, entries: Mapping[str, object], files: tuple[tuple[Path, str], ...], way: Way = ()) -> None:
        super().__init__({key: _placed(value, files, (*way, key)) for key, value in entries.items()})
        self._files = files
        self._way = way

    def at(self, key: str = "", text: str = "") -> str:
        """Where that is, to begin a sentence with: the file, the line, the header and the key. `text` is an item of the list there."""
        way = (*self._way, key) if key else self._way
        found = [(_nearest(content, way), path, content) for path, content in self._files] or [((0, 0, "", 0), Path(), "")]
        (_, line, head, inside), path, content = max(found, key=lambda one: one[0][0])  # of equals the first, which is the uppermost
        if text:
            line = next((number for number, words in _lines(content) if number >= line and f'"{text}"' in words), line)
        rest = ".".join(str(name) for name in way[inside:] if not isinstance(name, int))
        return ", ".join([str(path), *([f"line {line}"] if line else []), *([f"{head} {rest}".strip()] if head or rest else [])])


def read_table(path: Path) -> Placed:
    """The whole file. Raises Unreadable, naming the file and, where TOML is broken, the line."""
    entries, content = _read(path)
    return Placed(entries, ((path, content),))


def read_prompts(folder: Path, name: str) -> Placed:
    """The file `name` of the locale in `folder`, over what lies under it, entry by entry. Raises Unreadable.

    Under a folder of somebody's own lies the one of the same name that came along; under both lies the locale that their locale.toml names
    as its base. What is somebody's own comes first, whichever of these it was changed in, but for what belongs to a country. A file that
    one of them doesn't have is that of the next.
    """
    paths = [path for layer in layers(folder) if os.path.lexists(path := layer / name)] or [folder / name]
    if name != LOCALE_FILE:
        paths.sort(key=lambda path: path.parent.parent != folder.parent)
    files = [(path, *_read(path)) for path in paths]
    entries: dict[str, object] = {}
    for _, above, _ in reversed(files):
        entries = _over(entries, above)
    return Placed(entries, tuple((path, content) for path, _, content in files))


def place_of(folder: Path, names: Iterable[str], word: str) -> str:
    """The file, among `names` of the locale in `folder`, and the line with a text in it that has `word`."""
    quoted = re.compile(rf"""^[^#]*["'][^"']*\b{re.escape(word)}\b""")
    paths = (path for name in names for layer in layers(folder) if (path := layer / name).is_file())
    found = (f"{path}, line {n}" for path in paths for n, line in _lines(_read(path)[1]) if quoted.match(line))
    return next(found, str(folder))


def layers(folder: Path) -> list[Path]:
    """The folders that the locale in `folder` is made of, the uppermost first; empty if there is none. Raises Unreadable."""
    found: list[Path] = []
    passed: list[str] = []
    name: object = folder.name
    while name:
        roots = (folder.parent, places.prompts()) if Path(str(name)).name == name != ".." else ()
        here = [path for path in dict.fromkeys(root / str(name) for root in roots) if path.is_dir()]
        about = [path for one in here if (path := one / LOCALE_FILE).is_file()]
        if passed and (not here or name in passed):
            raise Unreadable(f'{found[-1] / LOCALE_FILE}: the base "{name}" is no other locale.', f"Allowed: {', '.join(known(folder))}.")
        passed.append(str(name))
        found += here
        name = next((base for path in about if (base := read_table(path).get("base"))), None)
    return found


def known(folder: Path) -> list[str]:
    """The names of the locales that there are beside `folder`, and that came along."""
    return sorted({path.parent.name for root in (folder.parent, places.prompts()) for path in root.glob(f"*/{LOCALE_FILE}")})


def only_keys(table: Placed, allowed: Iterable[str]) -> None:
    """Raises Unreadable when `table` has a key that isn't allowed there."""
    names = sorted(set(allowed))
    for key in table:
        if key not in names:
            raise Unreadable(f'{table.at(key)}: there is an unknown key "{key}".', f"Allowed are: {', '.join(names)}.")


def subtable(table: Placed, key: str) -> Placed:
    """The table under `key`, empty when absent. Raises Unreadable when something else stands there."""
    value = table.get(key)
    if value is None:
        return Placed({}, table._files, (*table._way, key))  # noqa: SLF001 - its own module
    if not isinstance(value, Placed):
        raise Unreadable(f"{table.at(key)}: {key} has to be a table.", f"Write it as [{key}], or as {key} = {{ … }}, with its keys.")
    return value


def subtables(table: Placed, key: str) -> list[Placed]:
    """The list of tables under `key`, empty when absent. Raises Unreadable when something else stands there."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, Placed) for one in value):
        raise Unreadable(f"{table.at(key)}: {key} has to be a list of tables.", f"Write [[{key}]] above each.")
    return value


def words(table: Placed, key: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty when absent. Raises Unreadable when something else stands there."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise Unreadable(f"{table.at(key)}: {key} has to be a list of texts.", f'Write {key} = ["one", "another"].')
    return tuple(value)


def whole(table: Placed, key: str) -> int:
    """The whole number under `key`. Raises Unreadable when something else stands there, or nothing."""
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable(f"{table.at(key)}: {key} has to be a whole number.", f"Write {key} = 1, with the number that you want.")
    return value


def text(table: Placed, key: str, default: str | None = None) -> str:
    """The text under `key`; `default` when absent. Raises Unreadable when something else stands there, or nothing without a default."""
    value = table.get(key, default)
    if not isinstance(value, str) or (not value.strip() and value != default):
        raise Unreadable(f"{table.at(key)}: {key} has to be a text.", f'Write {key} = "…".')
    return value


def _read(path: Path) -> tuple[dict[str, object], str]:
    content = ""
    try:
        content = read_whole(path, MOST_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
        entries = tomllib.loads(content)
        if strange := _strange(entries, MOST_DEEP):
            raise Unreadable(f"{path} has {strange}.", "No setting needs that: take it out.")
        return entries, content
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}.", "Check the name, or put it back from the version that you installed.") from None
    except IsADirectoryError:
        raise Unreadable(f"{path} is a folder, not a file.", "Name the TOML file itself.") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"{path}, line {line}: it isn't UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from None
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}).", "Check that it is a text file that you may read.") from None
    except tomllib.TOMLDecodeError as error:
        end = f"at line {content.count(chr(10)) + 1}, the end"
        what = str(error).replace("at end of document", end)
        raise Unreadable(f"{path} is not valid TOML: {what}.", "Mend that place.") from None
    except (ValueError, RecursionError):
        raise Unreadable(f"{path} has a number or a list that is far too long.", "No setting needs that: take it out.") from None


def _strange(value: object, deep: int) -> str:
    """What no file here has a use for, and what would trouble whoever reads it; "" if there is nothing."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return next((found for one in inner if (found := _strange(one, deep - 1))), "") if deep else "tables within tables without an end"
    return "a whole number that is far too large" if isinstance(value, int) and abs(value) >= LARGEST else ""


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return both


def _placed(value: object, files: tuple[tuple[Path, str], ...], way: Way) -> object:
    if isinstance(value, dict):
        return Placed(value, files, way)
    return [_placed(item, files, (*way, n)) for n, item in enumerate(value)] if isinstance(value, list) else value


def _nearest(content: str, way: Way) -> tuple[int, int, str, int]:
    """How much of `way` has a line of its own in the file, that line, the header over it, and how much of `way` the header says."""
    found = _places(content)
    depth = next((depth for depth in range(len(way), 0, -1) if way[:depth] in found), 0)
    return (depth, *found[way[:depth]]) if depth else (0, 0, "", 0)


@cache
def _places(content: str) -> dict[Way, tuple[int, str, int]]:
    """The line of every entry, the header over it, and how many names that has."""
    found: dict[Way, tuple[int, str, int]] = {}
    numbers: Counter[Way] = Counter()
    head, way = "", Way()
    for n, line in _lines(content):
        if line.lstrip().startswith("["):
            names = _names(line)
            if names:
                head, way = line[: line.rindex("]") + 1].strip(), names
                if head.startswith("[["):
                    numbers[way] += 1
                    head, way = f"{head} {numbers[way]}", (*way, numbers[way] - 1)
                found[way] = (n, head, len(way))
        elif entry := KEY.match(line):
            found.setdefault((*way, *_names(f"{entry[1]} = 0")), (n, head, len(way)))
    return found


def _names(line: str) -> Way:
    """The names in a header, or before the "=" of an entry; none in what is neither."""
    try:
        value: object = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return ()
    names: list[str] = []
    while value and isinstance(value := value[0] if isinstance(value, list) else value, dict) and value:
        names += list(value)
        value = value[names[-1]]
    return tuple(names)


def _lines(content: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(content.split("\n"), 1)
