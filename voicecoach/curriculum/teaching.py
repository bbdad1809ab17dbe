"""Reads teaching.toml: the steps of the walk-through and the themes of the sets."""

from collections.abc import Collection
from pathlib import Path

from voicecoach.coach.curriculum import Step, Teaching
from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, only_keys, read_prompts, subtable, text, words

FILE = "teaching.toml"


def load_teaching(folder: Path, lines: Collection[str]) -> Teaching:
    """The file of `folder`, a locale's; `lines` are the ids of all lines. Raises Unreadable."""
    table = read_prompts(folder, FILE)
    only_keys(table, ("steps", "one_leg", "themes"))
    steps, themes = words(table, "steps"), words(table, "themes")
    if not steps or not themes:
        raise Unreadable(f"{folder / FILE} has no {'themes' if steps else 'steps'}.", "Name at least one.")
    instead = subtable(table, "one_leg")
    only_keys(instead, steps)
    one_leg = {step: text(instead, step) for step in instead}
    _known(table, "steps", steps, lines)
    _known(table, "one_leg", one_leg.values(), lines)
    _known(table, "themes", [f"{kind}.{theme}" for theme in themes for kind in ("theme", "set.form")], lines)
    return Teaching(tuple(Step(step, one_leg.get(step, "")) for step in steps), themes)


def _known(table: Placed, key: str, names: Collection[str], lines: Collection[str]) -> None:
    for name in names:
        if name not in lines:
            raise Unreadable(
                f'{table.at(key)} needs the line "{name}", which says.toml doesn\'t have.', f'Add ["{name}"] there, or correct the name.'
            )
