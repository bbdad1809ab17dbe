"""events.jsonl, as a rehearsal leaves it, to be replayed."""

import argparse
import contextlib
import io
import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.journals import TEXTS, VALUES
from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from tests.replay.homes import days_ago, lived_in
from voicecoach.commands.replay import run


@cache
def _seeds() -> tuple[tuple[dict[str, object], ...], ...]:
    """The logs of a few sessions of people whom nobody had met."""
    with TemporaryDirectory(prefix="voicecoach-fuzz-") as folder:
        return tuple(tuple(map(dict, lived_in(Path(folder, str(n)), n, days_ago(2)).log)) for n in range(4))


def _spoil(luck: Luck, folder: Path) -> None:
    path = folder / "events.jsonl"
    if once_in(luck, 20):
        placed(luck, path)
        return
    events = [deepcopy(event) for event in luck.choice(_seeds())]
    for _ in range(luck.choice((0, 1, 1, 1, 2, 8))):
        n = luck.choice((0, luck.randrange(len(events))))
        luck.choice((_another_value, _another_value, _inner_value, _lost_field, _lost_line, _doubled_line, _swapped))(luck, events, n)
    lines = [json.dumps(event) for event in events]
    if once_in(luck, 6):
        lines.insert(luck.randrange(len(lines)), luck.choice(TEXTS))
    content = "\n".join(lines).encode("utf-8", "replace")
    path.write_bytes(mangled(luck, content) if once_in(luck, 5) else content)


def _another_value(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    events[n][luck.choice((*events[n], "at_s", "event"))] = luck.choice(VALUES)


def _inner_value(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    """One of the values of a table in it: of the plan, of what was heard."""
    tables = [value for value in events[n].values() if isinstance(value, dict) and value]
    if tables:
        table = luck.choice(tables)
        table[luck.choice(sorted(table))] = luck.choice(VALUES)


def _lost_field(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    events[n].pop(luck.choice((*events[n], "at_s")), None)


def _lost_line(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    if len(events) > 1:
        del events[n]


def _doubled_line(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    events.insert(n, dict(events[n]))


def _swapped(luck: Luck, events: list[dict[str, object]], n: int) -> None:
    other = luck.randrange(len(events))
    events[n], events[other] = events[other], events[n]


def _use(luck: Luck, folder: Path) -> None:
    """The same, or where it differs."""
    said = io.StringIO()
    export = folder / "evening.session" if once_in(luck, 3) else None
    options = argparse.Namespace(session=str(folder / "events.jsonl"), export=export, names=False, home=folder)
    with contextlib.redirect_stdout(said):
        assert run(options) in (0, 1)
    said.getvalue().encode()


def _named(folder: Path) -> str:
    return "events.jsonl"


KIND = Kind("logs", _spoil, _use, _named)
