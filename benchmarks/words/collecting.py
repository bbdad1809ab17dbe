"""The work of collecting lessons, in pieces for several processes."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.hearing.recordings import load
from benchmarks.words.lessons import Lesson, of_saying, of_talk
from benchmarks.words.sayings import FOLDS, TAUGHT_TALK, Saying, fold, recordings_of_talk, sayings, speakers, talk_before
from voicecoach.messages.sound import Samples

SAYINGS_A_TASK = 40
Work = tuple[Path, str, list[Saying] | list[Path], int]


@cache
def _sounds(data: Path) -> tuple[list[Samples], list[Samples], list[Samples]]:
    noises, rooms = ([load(path) for path in sorted((data / name).glob("*.*"))] for name in ("noise", "rooms"))
    return noises, rooms, [load(path) for path in talk_before(data)]


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
    for kind in (*TAUGHT_TALK, "coffee_orders"):
        files = recordings_of_talk(data, kind)
        for number in range(FOLDS):
            yield data, kind, [path for path in files if fold(who[str(path.relative_to(data))]) == number], number
