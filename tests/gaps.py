"""Which lines, and which ways of a branch, no test goes in what is decided, understood and kept: python -m tests.gaps

Runs the pure tests of those three, but for the LONG ones. Prints each gap with its lines, and where to go on: a claim about the coach that
needs the line, or the line goes. Exit code 1 when there is a gap, or a test fails.
"""

import sys

import coverage
import pytest

TESTS = ("tests/coach", "tests/understanding", "tests/journal", "tests/curriculum")
LONG = (
    "tests/coach/test_cues.py",  # whole sessions for every kind of person; they reach nothing that others don't
    "tests/coach/test_duration.py::test_before_it_begins_the_answer_is_right_at_every_level",  # the same
    "tests/coach/test_safety.py::test_a_safety_word_at_any_moment_ends_all_movement_at_once",  # a session for each of its moments
    "tests/coach/test_safety.py::test_a_suspicion_hushes_and_counts_nothing_until_it_is_withdrawn",  # the same
    "tests/coach/test_safety.py::test_pain_is_always_answered_with_advice_to_see_a_professional",  # the same
)
"""Under coverage these alone take a minute. A file is left out, or what begins like this."""


def main() -> int:
    """The command."""
    found = coverage.Coverage(data_file=None, config_file="pyproject.toml")
    left_out = [word for one in LONG for word in ("--deselect" if "::" in one else "--ignore", one)]
    with found.collect():
        failed = pytest.main(["-q", *left_out, *TESTS])
    return int(failed or found.report() < 100)


if __name__ == "__main__":
    sys.exit(main())
