"""Cues fit their place on the tempo grid, spoken by the real voice."""

from collections.abc import Iterator

import pytest

from tests.coach.stage import CURRICULUM, PROMPTS, SCRIPT
from tests.prompts.sentences import ANSWERED
from voicecoach.coach.amounts import level_set
from voicecoach.coach.cues import LONG_TOP_S
from voicecoach.coach.personal import SLOWEST_WPM
from voicecoach.coach.plan import tempo_of
from voicecoach.curriculum import locale
from voicecoach.messages.lines import Line
from voicecoach.speech import BREATH_S
from voicecoach.tables import known
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.shelf import Shelf
from voicecoach.voice.speaker import GAP_MS

PLAN = CURRICULUM.numbers.plan
N = (("n", 12),)
MOST_VARIANTS = 12
FORM = tuple(f"set.form.{theme}" for theme in CURRICULUM.teaching.themes)
SQUEEZES = CURRICULUM.training.levels[0]
USUAL = level_set(CURRICULUM.training, CURRICULUM.training.start)
TAKES = {"settle": PLAN.settle_s, "lift": PLAN.lift_s, "lower": PLAN.lower_s}
PARTS = tuple(
    (line, N if line == moment.counts else (), TAKES[moment.takes] if isinstance(moment.takes, str) else moment.takes)
    for part in (*CURRICULUM.training.warm_up, *CURRICULUM.training.cool_down)
    for moment in part.beats
    for line in (moment.say, moment.counts)
    if line
)
SLOTS = (
    ("set.brace", (), PLAN.settle_s),
    ("set.lift", (), PLAN.lift_s),
    ("set.up", (), PLAN.lift_s),
    ("set.lift_short", (), PLAN.lift_s),
    ("set.count_long", N, LONG_TOP_S),
    ("set.squeeze", N, SQUEEZES.top_s),
    ("set.let_go", (), PLAN.lower_s),
    ("set.let_go_half_way", (), PLAN.lower_s),
    ("set.let_go_last_two", (), PLAN.lower_s),
    ("set.let_go_last_one", (), PLAN.lower_s),
    ("set.switch", (), CURRICULUM.numbers.set.side_switch_s - 3),
    ("set.lift_left", (), PLAN.lift_s),
    ("set.lift_right", (), PLAN.lift_s),
    ("set.count", N, PLAN.settle_s),
    ("set.count_stay", N, USUAL.top_s),
    ("set.lower", (), PLAN.lower_s),
    ("set.lower_short", (), PLAN.lower_s),
    *((form, (), PLAN.lower_s) for form in FORM),
    ("set.half_way", (), PLAN.lower_s),
    ("set.last_two", (), PLAN.lower_s),
    ("set.last_one", (), PLAN.lower_s),
    ("lead_in", (), PLAN.lead_in_s - 3),
    ("countdown", (("n", 3),), 1.0),
    ("practice.brace", (), PLAN.settle_s),
    ("practice.lift", (), PLAN.lift_s),
    ("practice.stay", (), USUAL.top_s),
    ("practice.lower", (), PLAN.lower_s),
    *PARTS,
)


def fastest_s(line: str, slot_s: float) -> float:
    """What "faster" leaves of a cue's place; nothing in a tempo shrinks by more than lift_s. The lead-in is no part of a tempo."""
    tempo = tempo_of(PLAN, USUAL.top_s)
    return slot_s * tempo.faster(CURRICULUM.numbers.tempo).lift_s / tempo.lift_s if line.startswith("set.") else slot_s


LOWERING = ("set.lower", "set.lower_short", *FORM, "set.half_way", "set.last_two", "set.last_one")
REMARKS = (
    *(line for line in ANSWERED if line != "skip.set"), "help.set",
    "set.begin", "set.only", "set.begin_one_leg", "set.only_one_leg", "set.begin_squeezes", "set.only_squeezes",
)  # fmt: skip


@pytest.fixture(scope="module", params=known(PROMPTS))
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Script, Shelf]]:
    folder = PROMPTS.with_name(request.param)
    here = locale.load(folder)
    with Renderer(here.voice, here.words_per_minute) as renderer:
        yield Script.load(folder), Shelf(tmp_path_factory.mktemp("shelf"), renderer)


@pytest.mark.parametrize(("line", "values", "slot_s"), SLOTS)
def test_every_variant_of_a_cue_fits_at_the_usual_tempo(
    line: str, values: tuple[tuple[str, int], ...], slot_s: float, spoken: tuple[Script, Shelf]
) -> None:
    script, shelf = spoken
    for text in {script.sentence(Line(line, values), turn) for turn in range(MOST_VARIANTS)}:
        assert shelf.pcm(text).duration_s <= slot_s, text


@pytest.fixture(scope="module")
def slow_shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with Renderer(CURRICULUM.locale.voice, SLOWEST_WPM) as renderer:
        yield Shelf(tmp_path_factory.mktemp("slow"), renderer)


@pytest.mark.parametrize(("line", "values", "slot_s"), SLOTS)
def test_every_cue_can_be_said_in_short_by_the_slowest_voice_at_the_fastest_tempo(
    line: str, values: tuple[tuple[str, int], ...], slot_s: float, slow_shelf: Shelf
) -> None:
    text = SCRIPT.sentence(Line(line, values), brief=True)
    assert slow_shelf.pcm(text).duration_s <= fastest_s(line, slot_s), text


@pytest.mark.parametrize("remark", REMARKS)
def test_a_remark_finds_room_between_a_lower_cue_and_the_next_lift(remark: str, spoken: tuple[Script, Shelf]) -> None:
    script, shelf = spoken
    cues = [script.sentence(Line(cue), brief=True) for cue in LOWERING]
    room_s = (
        PLAN.lower_s
        + tempo_of(PLAN, USUAL.top_s).faster(CURRICULUM.numbers.tempo).settle_s
        - max(shelf.pcm(text).duration_s for text in cues)
        - GAP_MS / 1000
        - BREATH_S
    )
    values = tuple((place, 12) for place in sorted(script.places(remark)))
    text = script.sentence(Line(remark, values), brief=True)
    assert shelf.pcm(text).duration_s <= room_s, text
