"""Reads teaching.toml: the steps of the walk-through and the themes of the sets."""

from collections.abc import Mapping
from pathlib import Path

from voicecoach.coach.curriculum import Step, Teaching
from voicecoach.errors import Unreadable
from voicecoach.tables import only_keys, read_prompts, subtable, words

FILE = "teaching.toml"
MORE = "more."


def teaching(folder: Path) -> Teaching:
    """The file of `folder`, a locale's; its lines have to stand in says.toml. Raises Unreadable."""
    place = str(folder / FILE)
    table = read_prompts(folder, FILE)
    says = read_prompts(folder, "says.toml")
    only_keys(table, ("steps", "one_leg", "themes"), place)
    steps, themes = words(table, "steps", place), words(table, "themes", place)
    if not steps or not themes:
        raise Unreadable(f"{place} has no {'themes' if steps else 'steps'}.", "Name at least one.")
    one_leg = {step: str(line) for step, line in subtable(table, "one_leg", place).items()}
    only_keys(one_leg, steps, f"{place} [one_leg]")
    _known((*steps, *one_leg.values(), *(f"{kind}.{theme}" for theme in themes for kind in ("theme", "set.form"))), says, place)
    more = frozenset(line.removeprefix(MORE) for line in says if line.startswith(MORE) and line != f"{MORE}none")
    return Teaching(tuple(Step(step, one_leg.get(step, "")) for step in steps), themes, more)


def _known(lines: tuple[str, ...], says: Mapping[str, object], place: str) -> None:
    for line in lines:
        if line not in says:
            raise Unreadable(
                f'{place} needs the line "{line}", which says.toml doesn\'t have.', f'Add ["{line}"] there, or correct the name.'
            )
