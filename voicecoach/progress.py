"""How far something long is: a bar on a terminal that can draw one, elsewhere a line for each tenth, or nothing."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

Thing = TypeVar("Thing")
Done = Callable[[int], None]
"""Is told how much more is done."""
STDERR = 2


@contextmanager
def fetched(of_bytes: int, say: Callable[[str], None]) -> Iterator[Done]:
    """For a download: without a terminal each tenth is a line to `say`."""
    if draws():
        with _bar("", of_bytes, DownloadColumn()) as done:
            yield done
        return
    total = 0

    def told(more: int) -> None:
        nonlocal total
        before, total = total * 10 // of_bytes, total + more
        if (tenth := total * 10 // of_bytes) > before:
            say(f"{tenth * 10}% of {of_bytes // 1_000_000} MB")

    yield told


def counted(things: Iterable[Thing], of: int, what: str) -> Iterator[Thing]:
    """Hands on `things`, and shows on a terminal how many of so many are done; elsewhere nothing is shown."""
    if not draws():
        yield from things
        return
    with _bar(what, of, MofNCompleteColumn()) as done:
        for thing in things:
            yield thing
            done(1)


def draws(descriptor: int = STDERR, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether it is a terminal on which a line can be drawn again. Bars are on stderr, so that what a command prints can be piped."""
    return os.isatty(descriptor) and environment.get("TERM", "dumb") not in ("dumb", "unknown")


@contextmanager
def _bar(what: str, of: int, how_many: ProgressColumn) -> Iterator[Done]:
    columns = (TextColumn("{task.description}"), BarColumn(), how_many, TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(what, total=of)
        yield lambda more: progress.advance(task, more)
