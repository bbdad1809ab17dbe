"""Seeded lives: no rule is ever broken; a seed tells the same story again; what goes wrong is shown as short as it can be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.life import digest, evenings, lives, replay
from tests.simulation.shrinking import shrunk
from tests.simulation.test_rules import DeafToCries, ForgetsSuspicions
from tests.simulation.watched import Coach

SESSIONS, SHARES = 2000, 8
APART = 10_000
"""So far are the seeds of one share from those of the next."""
TOLD = (0, 3, 7, 11)
ROOT = Path(__file__).resolve().parents[2]
DIGESTS = f"from tests.simulation.life import digest; print(*map(digest, {TOLD}))"


@pytest.mark.parametrize("share", range(SHARES))
def test_whoever_comes_and_whatever_breaks_no_rule_is_broken(share: int) -> None:
    for seed, evening in lives(share * APART, SESSIONS // SHARES):
        assert evening.broken is None, f"python -m tests.simulation --seed {seed}: {evening.broken}"


def test_a_seed_tells_the_same_story_twice_whatever_the_hashes_are() -> None:
    here = [digest(seed) for seed in TOLD]
    assert here == [digest(seed) for seed in TOLD]
    for hashes in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hashes}
        command = [sys.executable, "-c", DIGESTS]
        told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert told.stdout.split() == here


def test_the_script_of_an_evening_tells_its_story_again() -> None:
    for seed in range(12):
        for evening in evenings(seed):
            played = replay(evening.script)
            assert played.evening
            assert evening.story.startswith(f"{played.evening.happened[0][0]:.6f}")
            assert str(played.evening.outcome) in (evening.ending, "None")
            assert "\n".join(f"{at_s:.6f} {text}" for at_s, text in played.evening.happened) in evening.story


@pytest.mark.parametrize(
    ("coach", "rule", "left"),
    [(DeafToCries, "ASafetyWordHushesAndStops", 1), (ForgetsSuspicions, "ASuspicionHushesAndHolds", 2)],
)
def test_what_goes_wrong_is_shown_as_short_as_it_can_be(coach: Coach, rule: str, left: int) -> None:
    script = next(
        evening.script for seed in range(500) for evening in evenings(seed, coach) if evening.broken and evening.broken.rule == rule
    )
    short = shrunk(script, rule, coach)
    broken = replay(short, coach).broken
    assert broken is not None
    assert broken.rule == rule
    assert len([line for line in short if line[0] in ">!"]) == 1
    assert len(short) <= left + 1 < len(script)


def test_years_go_by_and_one_evening_is_what_the_next_one_knows() -> None:
    life = next(list(evenings(seed)) for seed in range(100) if len(list(evenings(seed))) > 20)
    assert {"finished", "killed"} < {evening.ending for evening in life}
    assert "with id=1" not in "\n".join(life[0].script)
    assert life[-1].script[-1]
    past = [line for line in life[-1].script if line.startswith("their ")]
    assert len(life) // 2 < len(past) < len(life)  # the two halves of one that was cut off are one
