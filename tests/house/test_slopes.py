"""The soak's judgement of memory: what fills at first is no leak, and what goes on growing is one, however it is looked at."""

import re

from benchmarks.latency.table import Row
from benchmarks.soak.footprint import Footprint, slopes

EVERY_H = 0.01


def rows_of(resident_mb: list[float]) -> dict[str, Row]:
    """What is said of a run that held so much, by the row's name."""
    samples = [Footprint(n * EVERY_H, held_mb, 20, 9, 3, {"voicecoach": held_mb}) for n, held_mb in enumerate(resident_mb)]
    return {row[0]: row for row in slopes("run", samples)}


def slope_in(rows: dict[str, Row], name: str) -> float:
    return next(float(re.split(" an hour", row[2])[0]) for label, row in rows.items() if name in label)


def test_what_fills_in_the_first_quarter_is_told_and_not_judged() -> None:
    rows = rows_of([min(300 + n, 325) for n in range(120)])
    assert slope_in(rows, "the whole") > 5
    assert slope_in(rows, "settled (") == 0


def test_what_goes_on_growing_is_a_leak_in_both() -> None:
    rows = rows_of([300 + 2 * n * EVERY_H for n in range(120)])
    assert round(slope_in(rows, "the whole"), 1) == round(slope_in(rows, "settled ("), 1) == 2


def test_the_bar_is_for_the_settled_part() -> None:
    barred = [name for name, (_, bar, _) in rows_of([300.0] * 120).items() if "MB/h" in bar]
    assert [name for name in barred if "settled (0.3" in name] == barred != []


def test_a_step_late_in_the_run_is_seen_in_the_tenths() -> None:
    tenths = next(row[2] for name, row in rows_of([300.0] * 110 + [340.0] * 10).items() if "tenth" in name)
    assert tenths == "300, 300, 300, 300, 300, 300, 300, 300, 300, 340"


def test_the_growth_of_one_kind_of_process_has_its_own_row() -> None:
    assert slope_in(rows_of([300 + 2 * n * EVERY_H for n in range(120)]), "of it voicecoach") > 1


def test_what_takes_longer_to_fill_is_given_longer() -> None:
    samples = [Footprint(n, 300 + 50 * (n > 3), 20, 9, 1, {}) for n in range(12)]
    judged = [next(row for row in slopes("run", samples, filling_h) if "settled (" in row[0]) for filling_h in (0.25, 4)]
    assert [float(measured.split()[0]) > 1 for _, _, measured in judged] == [True, False]


def test_a_run_of_a_few_minutes_is_not_judged() -> None:
    assert list(rows_of([300.0] * 20)) == ["run: memory"]
