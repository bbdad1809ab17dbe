"""Which lines, and which ways of a branch, no test goes in what is decided, understood and kept: python -m tests.gaps

Runs the pure tests of those three, but for the LONG ones. Prints each gap with its lines, and where to go on: a claim about the coach that
needs the line, or the line goes. Exit code 1 when there is a gap, or a test fails.
"""

import sys

import coverage
import pytest

TESTS = ("tests/coach", "tests/understanding", "tests/journal")
LONG = (
    "tests/coach/test_cues.py",  # whole sessions for every kind of person
    "tests/coach/test_commands.py::test_a_command_is_answered_wherever_it_can_be_said",  # a session for each word in each phase
    "tests/coach/test_commands.py::test_no_remark_takes_the_place_of_a_lift_or_a_lower_cue",  # one for each moment of a lift
    "tests/coach/test_coming_back.py::test_wherever_it_is_cut_off_every_lift_of_the_plan_is_done_once",  # two for each moment of one
    "tests/coach/test_duration.py::test_before_it_begins_the_answer_is_right_at_every_level",
    "tests/coach/test_mat_check.py::test_a_safety_word_is_the_answer_to_the_question_that_asks_for_it_or_it_is_obeyed",
    "tests/coach/test_safety.py::test_a_safety_word_at_any_moment_ends_all_movement_at_once",
    "tests/coach/test_safety.py::test_a_safety_word_to_a_silent_person_ends_with_advice_and_the_truth_about_help",
    "tests/coach/test_safety.py::test_a_safety_word_while_somebody_is_taught_ends_all_movement_at_once",
    "tests/coach/test_safety.py::test_a_suspicion_hushes_and_counts_nothing_until_it_is_withdrawn",
    "tests/coach/test_safety.py::test_pain_is_always_answered_with_advice_to_see_a_professional",
    "tests/journal/test_cuts.py",  # the journal's own process, killed at every write
)
"""They go through all there is, phrase by phrase or moment by moment, and reach no line that no claim of its own reaches; under coverage
they take a minute. A file is left out, or what begins like this."""


def main() -> int:
    """The command."""
    found = coverage.Coverage(data_file=None, config_file="pyproject.toml")
    left_out = [word for one in LONG for word in ("--deselect" if "::" in one else "--ignore", one)]
    with found.collect():
        failed = pytest.main(["-q", *left_out, *TESTS])
    return int(failed or found.report() < 100)


if __name__ == "__main__":
    sys.exit(main())
