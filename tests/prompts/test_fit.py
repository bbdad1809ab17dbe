"""Cues fit their place on the tempo grid, spoken by the real voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach.stage import PROMPTS
from voicecoach.coach.plan import Plan
from voicecoach.messages.lines import Line
from voicecoach.settings import Settings
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf

PLAN = Plan()
N = (("n", 12),)
SLOTS = (
    ("set.brace", (), PLAN.settle_s, 1),
    ("set.lift", (), PLAN.lift_s, 3),
    ("set.up", (), PLAN.lift_s, 2),
    ("set.lift_left", (), PLAN.lift_s, 1),
    ("set.lift_right", (), PLAN.lift_s, 1),
    ("set.count", N, PLAN.settle_s, 1),
    ("set.count_stay", N, PLAN.top_s, 2),
    ("set.lower", (), PLAN.lower_s, 2),
    ("set.form", (), PLAN.lower_s, 5),
    ("set.half_way", (), PLAN.lower_s, 1),
    ("set.last_two", (), PLAN.lower_s, 1),
    ("set.last_one", (), PLAN.lower_s, 1),
    ("lead_in", (), PLAN.lead_in_s - 3, 1),
    ("countdown", (("n", 3),), 1.0, 1),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    settings = Settings()
    with Renderer(settings.voice, settings.words_per_minute) as renderer:
        yield Shelf(tmp_path_factory.mktemp("shelf"), renderer)


@pytest.mark.parametrize(("line", "values", "slot_s", "variants"), SLOTS)
def test_every_variant_of_a_cue_fits_at_the_usual_tempo(
    line: str, values: tuple[tuple[str, int], ...], slot_s: float, variants: int, shelf: Shelf
) -> None:
    script = Script.load(Path(PROMPTS))
    for turn in range(variants):
        text = script.sentence(Line(line, values), turn)
        assert shelf.pcm(text).duration_s <= slot_s, text
