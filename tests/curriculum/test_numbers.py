"""Numbers as data: every one with its limits and its source, and none beyond what the program allows at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, PROMPTS
from voicecoach.coach.numbers import CEILINGS
from voicecoach.curriculum import load
from voicecoach.errors import Unreadable
from voicecoach.tables import Placed, read_prompts, subtable

FILE = read_prompts(PROMPTS, "numbers.toml")


def rows() -> Iterator[tuple[str, str, Placed]]:
    for part in FILE:
        for name in subtable(FILE, part):
            yield part, name, subtable(subtable(FILE, part), name)


@pytest.mark.parametrize(("part", "name", "row"), list(rows()))
def test_every_number_has_a_source_and_reaches_the_coach(part: str, name: str, row: Placed) -> None:
    assert row["source"]
    assert getattr(getattr(CURRICULUM.numbers, part), name) == row.get("value")


@pytest.mark.parametrize(("part", "name"), list(CEILINGS))
def test_no_file_goes_beyond_a_ceiling_not_even_by_its_limits(part: str, name: str, tmp_path: Path) -> None:
    ceiling = CEILINGS[part, name]
    folder = tmp_path / "en"
    folder.mkdir()
    for limits in (f"most = {ceiling.most + 1:g}", f"least = {ceiling.least - 1:g}"):
        (folder / "numbers.toml").write_text(f"[{part}]\n{name} = {{ {limits} }}")
        with pytest.raises(Unreadable, match=rf"line 2, \[{part}\] {name}.*from {ceiling.least:g} to {ceiling.most:g}"):
            load(folder)


def test_a_changed_number_is_the_coach_s(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "numbers.toml").write_text("[pain]\nplanned = { value = 1 }\n[plan]\nrest_s = { value = 90.0, most = 120 }")
    numbers = load(folder).numbers
    assert numbers.pain.planned == 1
    assert (numbers.plan.rest_s, numbers.plan.limits["rest_s"].most) == (90, 120)
    assert numbers.pain.easier == CURRICULUM.numbers.pain.easier
