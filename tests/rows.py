"""The table from each row of what the coach has to carry to the lines, intents and tests that carry it: `python -m tests.rows`.

Reads prompts/rows.toml, writes prompts/COACHING.md, and says what is empty and what names nothing.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from voicecoach.tables import Placed, only_keys, read_table, words
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.script import Script

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "prompts" / "rows.toml"
TABLE = ROOT / "prompts" / "COACHING.md"
PROMPTS = ROOT / "prompts" / "en"
"""The locale that has every line."""
KEYS = ("id", "part", "fact", "source", "lines", "intents", "tests")
HEAD = """# What the coach carries, and where

Made from rows.toml by `python -m tests.rows`; change it there. Lines are in says.toml and questions.toml, intents in hears.toml,
tests under tests/. [S] is the article on reverse leg lifts, [J] our judgement, for a clinician to check.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, rule, number or phrase. `lines`, `intents` and `tests` are globs."""

    id: str
    part: str
    fact: str
    source: str
    lines: tuple[str, ...]
    intents: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class There:
    """All the names that a row's globs may find."""

    lines: frozenset[str]
    intents: frozenset[str]
    tests: frozenset[str]


def read_rows() -> list[Row]:
    """All rows, in order. Raises Unreadable."""
    rows = read_table(SOURCES)["row"]
    if not isinstance(rows, list):
        raise TypeError(rows)
    return [_row(table) for table in rows]


def _row(table: Placed) -> Row:
    only_keys(table, KEYS)
    lines, intents, tests = (words(table, key) for key in ("lines", "intents", "tests"))
    texts = {key: str(table[key]) for key in ("id", "part", "fact", "source")}
    return Row(**texts, lines=lines, intents=intents, tests=tests)


def there() -> There:
    """What exists now."""
    phrasebook, script = Phrasebook.load(PROMPTS), Script.load(PROMPTS)
    return There(
        script.ids(),
        frozenset({f"{intent}" for phrase in phrasebook.every_phrase() for intent in _meanings(phrasebook, phrase)}),
        frozenset(_tests()),
    )


def _meanings(phrasebook: Phrasebook, phrase: str) -> Iterator[str]:
    """An intent, and where it has topics each of them as intent.topic."""
    for moment in phrasebook.moments:
        if meaning := phrasebook.meaning(phrase, moment):
            yield meaning.intent.value
            yield f"{meaning.intent.value}.{meaning.topic}"


def _tests() -> Iterator[str]:
    """Every session as sessions/NAME, every test function as folder/test_module::name without its "test_"."""
    for path in (ROOT / "tests").rglob("*.session"):
        yield f"sessions/{path.stem}"
    for path in (ROOT / "tests").rglob("test_*.py"):
        module = path.relative_to(ROOT / "tests").with_suffix("").as_posix()
        yield from (f"{module}::{name}" for name in re.findall(r"^def test_(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def problems(row: Row, names: There) -> list[str]:
    """What is wrong with a row, a sentence each."""
    found = [] if row.lines or row.intents else ["has no line and no intent"]
    found += [] if row.tests else ["has no test"]
    for kind, globs, known in (("line", row.lines, names.lines), ("intent", row.intents, names.intents), ("test", row.tests, names.tests)):
        found += [f"{glob} is no {kind}" for glob in globs if not any(fnmatchcase(name, glob) for name in known)]
    return found


def table(rows: list[Row]) -> str:
    """COACHING.md."""
    parts = list(dict.fromkeys(row.part for row in rows))
    return "\n".join([HEAD, *(_part(part, [row for row in rows if row.part == part]) for part in parts)])


def _part(name: str, rows: list[Row]) -> str:
    head = [f"## {name}", "", "| row | what | source | lines | intents | tests |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *(_cells(row) for row in rows), ""])


def _cells(row: Row) -> str:
    lists = (", ".join(f"`{name}`" for name in names) or "–" for names in (row.lines, row.intents, row.tests))
    return f"| {row.id} | {' | '.join(cell.replace('|', '/') for cell in (row.fact, row.source, *lists))} |"


def main() -> None:
    """Writes the table. Exit code 1 where a row is not what it has to be."""
    rows, names = read_rows(), there()
    TABLE.write_text(table(rows), encoding="utf-8")
    wrong = [f"{row.id}: {problem}" for row in rows for problem in problems(row, names)]
    sys.stdout.write("\n".join([f"{len(rows)} rows are in {TABLE.relative_to(ROOT)}.", *wrong, ""]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
