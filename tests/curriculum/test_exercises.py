"""exercises.toml can be added to by somebody who doesn't program, and says what is wrong with it."""

from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM, PROMPTS, SCRIPT
from voicecoach.coach.plan import CHOICES
from voicecoach.curriculum.exercises import NAME, load_training
from voicecoach.errors import Unreadable

LIMITS = CURRICULUM.numbers.plan.limits
SHIPPED = (PROMPTS / NAME).read_text(encoding="utf-8")
MORE = """
[[level]]
id = "weights_2x12"
legs = "both"
sets = 2
reps = 12
top_s = 2
weight = { imperial = "one pound", metric = "half a kilo" }
say = "level.weights"
offer = "offer.more"

[[warm_up]]
id = "rocking"
say = "warm_up.tilts"
count = 6
beats = [{ takes = 4, say = "breath.in" }]
"""


def changed(folder: Path, old: str, new: str) -> Path:
    assert old in SHIPPED
    (folder / NAME).write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return folder


def test_a_level_and_a_part_are_added_without_programming(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(SHIPPED + MORE, encoding="utf-8")
    training = load_training(tmp_path, SCRIPT.ids(), LIMITS)
    assert training.levels[-1].reps == 12
    assert training.warm_up[-1].beats[0].say == "breath.in"


def test_the_ladder_has_the_rungs_that_it_should() -> None:
    rungs = [(level.legs, level.sets, level.reps, level.top_s, bool(level.weight)) for level in CURRICULUM.training.levels]
    assert rungs == [
        ("none", 2, 10, 3, False),
        ("one", 2, 8, 2, False),
        ("one", 2, 12, 2, False),
        ("both", 2, 10, 2, False),
        ("both", 3, 10, 2, False),
        ("both", 3, 15, 2, False),
        ("both", 3, 15, 4, False),
        ("both", 2, 10, 2, True),
    ]


def test_warm_up_and_cool_down_take_what_the_file_says_they_take() -> None:
    training, plan = CURRICULUM.training, CURRICULUM.numbers.plan
    takes = {"settle": plan.settle_s, "lift": plan.lift_s, "top": 2.0, "lower": plan.lower_s}
    for parts, full_s in ((training.warm_up, training.warm_up_full_s), (training.cool_down, training.cool_down_full_s)):
        beats = [(part.count, beat.takes) for part in parts for beat in part.beats]
        assert sum(count * (takes[time] if isinstance(time, str) else time) for count, time in beats) == full_s


def test_every_routine_and_kind_that_can_be_set_is_there() -> None:
    training = load_training(PROMPTS, SCRIPT.ids(), LIMITS)
    assert tuple(style.id for style in training.routines) == CHOICES["routine"]
    assert {style.id for style in training.kinds} == set(CHOICES["kind"])


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("reps = 15", "reps = 31", "1 to 30"),
        ("top_s = 4", "top_s = 6", "0 to 5"),
        ('legs = "none"', 'legs = "three"', '"both"'),
        ('offer = "offer.both"', 'offer = "offer.bath"', "a line of says.toml"),
        ('say = "level.both"', 'say = "set.lift"', "_once"),
        ('id = "longer_top"', 'id = "both_2x10"', "its own id"),
        ('start = "both_2x10"', 'start = "hardest"', "both_2x10"),
        ("count = 20", "count = 1", "2 to 30"),
        ("takes = 3,", "takes = 60,", "0.5 to 20"),
        ('tone = "lift"', 'tone = "gong"', '"lower"'),
        ('parts = ["lifts"]', 'parts = ["jumps"]', "breaths"),
        ('heaviest = "both_2x10"', 'heaviest = "moon"', "both_2x10"),
        ("rest = 1.5", "rest = 9", "0.5 to 2"),
        ('[[routine]]\nid = "usual"', '[[routine]]\nid = "unusual"', "usual"),
        ('[[kind]]\nid = "strength"\n', "", "Add it"),
        ("most_sets = 1", "most_sets = 1\ncolour = 3", "most_reps"),
        ('weight = { imperial = "one pound", metric = "half a kilo" }', "weight = 1", "imperial"),
    ],
)
def test_what_is_wrong_is_refused_with_what_is_allowed(old: str, new: str, allowed: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        load_training(changed(tmp_path, old, new), SCRIPT.ids(), LIMITS)
    assert NAME in refused.value.what
    assert allowed in refused.value.next_step
