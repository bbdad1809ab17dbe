"""The work of collecting lessons, in pieces for several processes."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.hearing.recordings import load
from benchmarks.hearing.tasks import TALK
from benchmarks.words.lessons import Lesson, of_saying, of_talk
from benchmarks.words.sayings import FOLDS, Saying, fold, sayings, speakers
from voicecoach.messages.sound import Samples

TAUGHT_TALK = frozenset({"librispeech", "arctic"})
"""The coffee orders are never learned from."""

SAYINGS_A_TASK = 40
Work = tuple[Path, str, list[Saying] | list[Path], int]


@cache
def _sounds(data: Path) -> tuple[list[Samples], list[Samples], list[Samples]]:
    noises, rooms = ([load(path) for path in sorted((data / name).glob("*.*"))] for name in ("noise", "rooms"))
    talk = sorted(path for name in TAUGHT_TALK for path in (data / "talk" / name).rglob("*.*") if path.is_file())
    return noises, rooms, [load(path) for path in talk[::40]]


def learned_from(work: Work) -> list[Lesson]:
    """One piece of the collecting, in any process."""
    data, kind, items, number = work
    if kind != "sayings":
        return of_talk([item for item in items if isinstance(item, Path)], number, kind)
    noises, rooms, before = _sounds(data)
    found = [of_saying(item, noises, rooms, before, number + n) for n, item in enumerate(items) if isinstance(item, Saying)]
    return [lesson for lessons in found for lesson in lessons]


def work(data: Path, scratch: Path) -> Iterator[Work]:
    """All pieces."""
    everything = list(sayings(data, scratch))
    for at in range(0, len(everything), SAYINGS_A_TASK):
        yield data, "sayings", everything[at : at + SAYINGS_A_TASK], at
    who = speakers(data)
    for kind in TALK:
        files = sorted(path for path in (data / "talk" / kind).rglob("*.*") if path.is_file())
        for number in range(FOLDS):
            yield data, kind, [path for path in files if fold(who[str(path.relative_to(data))]) == number], number
