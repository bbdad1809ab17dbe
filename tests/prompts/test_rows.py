"""prompts/rows.toml: every row of what the coach has to carry is carried by lines, intents and tests that exist."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.rows import TABLE, Row, problems, read_rows, table, there

ROWS = read_rows()
NAMES = there()
WHOLE = Row("brace", "The exercise", "Draw the navel in.", "[S]", ("set.brace",), ("question.brace",), ("sessions/stop_in_a_lift",))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_is_carried_by_lines_intents_and_tests_that_exist(row: Row) -> None:
    assert problems(row, NAMES) == []


def test_every_row_says_what_it_is_and_where_it_comes_from() -> None:
    assert [row.id for row in ROWS if not (row.fact and row.source and row.part)] == []
    assert [name for name, count in Counter(row.id for row in ROWS).items() if count > 1] == []


def test_the_table_is_made_from_the_rows() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(ROWS), "run: python -m tests.rows"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param(replace(WHOLE, lines=("set.embrace",)), "set.embrace is no line", id="a line that is gone"),
        pytest.param(replace(WHOLE, intents=("question.embrace",)), "question.embrace is no intent", id="an intent that is gone"),
        pytest.param(replace(WHOLE, tests=("sessions/never_written",)), "sessions/never_written is no test", id="a test that is gone"),
        pytest.param(replace(WHOLE, tests=()), "has no test", id="untested"),
        pytest.param(replace(WHOLE, lines=(), intents=()), "has no line and no intent", id="empty"),
    ],
)
def test_a_row_that_is_not_carried_is_told(row: Row, problem: str) -> None:
    assert problems(row, NAMES) == [problem]


def test_of_a_row_that_is_carried_nothing_is_told() -> None:
    assert problems(WHOLE, NAMES) == []
