"""The table of phases, the drawing of it, and the numbers of the plan."""

from itertools import product
from pathlib import Path

import pytest

from tests.coach.stage import CURRICULUM
from voicecoach.coach.machine import ForbiddenMove, PhaseMachine
from voicecoach.coach.phases import MOVES, Phase, diagram
from voicecoach.coach.plan import tempo_of
from voicecoach.errors import Unreadable

WAYS = {(source, to) for _, sources, to in MOVES for source in sources}
PLAN, PACE = CURRICULUM.numbers.plan, CURRICULUM.numbers.tempo
README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize(("source", "to"), list(product(Phase, Phase)))
def test_a_move_that_the_table_lacks_raises_and_changes_nothing(source: Phase, to: Phase) -> None:
    machine = PhaseMachine(source)
    assert machine.may_enter(to) == ((source, to) in WAYS)
    if (source, to) in WAYS:
        machine.enter(to)
        assert machine.phase is to
    else:
        with pytest.raises(ForbiddenMove):
            machine.enter(to)
        assert machine.phase is source


def test_stopped_can_be_reached_from_everywhere_and_leads_only_to_the_end() -> None:
    assert {source for source, to in WAYS if to is Phase.STOPPED} == set(Phase) - {Phase.STOPPED, Phase.FINISHED}
    assert {to for source, to in WAYS if source is Phase.STOPPED} == {Phase.FINISHED}


def test_readme_shows_the_table() -> None:
    assert f"```mermaid\n{diagram()}\n```\n" in README.read_text(encoding="utf-8")


def test_a_repetition_takes_eight_seconds_and_slower_and_faster_have_ends() -> None:
    tempo = tempo_of(PLAN, 2.0)
    assert tempo.repetition_s == 8
    assert tempo.slower(PACE).repetition_s == 10
    slowest = tempo
    for _ in range(9):
        slowest = slowest.slower(PACE)
    assert slowest.repetition_s == pytest.approx(12, abs=0.01)
    fastest = tempo
    for _ in range(9):
        fastest = fastest.faster(PACE)
    assert (fastest.lift_s, fastest.lower_s) == (1.5, 2.0)
    assert fastest.faster(PACE) == fastest
    assert slowest.slower(PACE) == slowest


@pytest.mark.parametrize("name", PLAN.limits)
def test_a_value_beyond_its_limits_is_refused_with_the_limit(name: str) -> None:
    limits = PLAN.limits[name]
    assert getattr(PLAN.with_value(name, limits.least), name) == limits.least
    assert getattr(PLAN.with_value(name, str(limits.most)), name) == limits.most
    for value in (limits.least - 1, limits.most + 1, "nan", "inf", "many", None, True):
        with pytest.raises(Unreadable, match=f"{limits.most:g}|Write for example"):
            PLAN.with_value(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("wings", 2), ("legs", "three"), ("talk", ""), ("reps", 2.5), ("emergency", "11"), ("emergency", 112)],
)
def test_a_setting_that_makes_no_sense_is_refused(name: str, value: object) -> None:
    with pytest.raises(Unreadable):
        PLAN.with_value(name, value)
