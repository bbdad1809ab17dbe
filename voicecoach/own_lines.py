"""The lines of somebody's own exercises and teaching: where each is said, and so what may be filled in."""

from collections.abc import Callable, Iterator, Mapping

from voicecoach.coach.curriculum import Curriculum

ONCE = "_once"
"""Behind the line of a level that is done in one set."""


def own_lines(learned: Curriculum, shipped: Callable[[str], frozenset[str] | None]) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """The lines that `learned` names and that didn't come along, with the places that may be in them; and which are said in the air.

    `shipped`: the places of a line that came along; None for another. A line of one's own may have those of the ones said in its place.
    """
    found: dict[str, frozenset[str]] = {}
    moving: set[str] = set()
    for lines, in_the_air in _said_alike(learned):
        known = {line: shipped(line) for line in lines}
        fill = frozenset[str]().union(*(places for places in known.values() if places))
        for line, places in known.items():
            if places is None:
                found[line] = fill | found.get(line, frozenset())
                moving |= {line} if in_the_air else set()
    return found, frozenset(moving)


def _said_alike(learned: Curriculum) -> Iterator[tuple[set[str], bool]]:
    """Lines that are said in the same place, and whether the legs may be up then."""
    training, teaching = learned.training, learned.teaching
    parts = (*training.warm_up, *training.cool_down)
    yield {f"{level.say}{how}" for level in training.levels for how in ("", ONCE)}, False
    yield {level.offer for level in training.levels if level.offer}, False
    yield {part.say for part in parts if part.say}, False
    for part in parts:
        yield {beat.say for beat in part.beats if beat.say}, True
    yield {beat.counts for part in parts for beat in part.beats if beat.counts}, True
    yield {line for step in teaching.steps for line in (step.line, step.one_leg) if line}, False
    for kind in ("theme", "set.form"):
        yield {f"{kind}.{theme}" for theme in teaching.themes}, True
