"""Cues fit their place on the tempo grid, spoken by the real voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coach.stage import PROMPTS
from voicecoach.coach.plan import Plan, tempo_of
from voicecoach.messages.lines import Line
from voicecoach.settings import Settings
from voicecoach.speech import BREATH_S
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import GAP_MS

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


SLOWEST_SPOKEN_WPM = 120
"""The slowest that a person may ask for."""


def fastest_s(line: str, slot_s: float) -> float:
    """What "faster" leaves of a cue's place; nothing in a tempo shrinks by more than lift_s. The lead-in is no part of a tempo."""
    tempo = tempo_of(PLAN)
    return slot_s * tempo.faster().lift_s / tempo.lift_s if line.startswith("set.") else slot_s


LOWERING = ("set.lower", "set.form", "set.half_way", "set.last_two", "set.last_one")
REMARKS = (
    "tempo.slower", "tempo.slowest", "tempo.faster", "tempo.fastest", "loudness.louder", "loudness.loudest", "loudness.quieter",
    "loudness.quietest", "talk.less", "talk.more", "easier.fewer", "easier.one_leg", "easier.easiest", "harder.both_legs", "harder.later",
    "left.set", "left.last_lift", "question.later", "help.set", "set.begin", "set.only", "set.begin_one_leg", "set.only_one_leg",
    "resume.going", "not_now.other",
)  # fmt: skip


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


@pytest.fixture(scope="module")
def slow_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with Renderer(Settings().voice, SLOWEST_SPOKEN_WPM) as renderer:
        yield Shelf(tmp_path_factory.mktemp("slow"), renderer)


@pytest.mark.parametrize(("line", "values", "slot_s", "variants"), SLOTS)
def test_every_cue_can_be_said_in_short_by_the_slowest_voice_at_the_fastest_tempo(
    line: str, values: tuple[tuple[str, int], ...], slot_s: float, variants: int, slow_shelf: Shelf
) -> None:
    del variants
    text = Script.load(Path(PROMPTS)).sentence(Line(line, values), brief=True)
    assert slow_shelf.pcm(text).duration_s <= fastest_s(line, slot_s), text


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_finds_room_between_a_lower_cue_and_the_next_lift(remark: str, shelf: Shelf) -> None:
    script = Script.load(Path(PROMPTS))
    cues = [script.sentence(Line(cue), brief=True) for cue in LOWERING]
    room_s = PLAN.lower_s + tempo_of(PLAN).faster().settle_s - max(shelf.pcm(text).duration_s for text in cues) - GAP_MS / 1000 - BREATH_S
    values = tuple((place, 12) for place in sorted(script.places(remark)))
    text = script.sentence(Line(remark, values), brief=True)
    assert shelf.pcm(text).duration_s <= room_s, text
