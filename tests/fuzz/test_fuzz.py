"""Whatever lies in the place of a file that the program reads: it is used, or refused in a sentence with a next step.

Never a traceback, never a hang; and what is accepted makes an evening that a safety word ends. `python -m tests.fuzz 1000` does more of it.
"""

from functools import cache

import pytest

from tests.fuzz.end_to_end import ENDED, ran
from tests.fuzz.kinds import KINDS
from tests.fuzz.trial import Kind, Verdict, tried

FILES = 50
THROUGH_THE_PROGRAM = 2


@cache
def verdicts(kind: Kind) -> tuple[Verdict, ...]:
    return tuple(tried(kind, seed) for seed in range(FILES))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_spoilt_file_is_used_or_refused_in_a_sentence(kind: Kind) -> None:
    assert [verdict for verdict in verdicts(kind) if verdict.wrong] == []


@pytest.mark.parametrize("kind", ENDED, ids=lambda kind: kind.name)
def test_so_it_is_through_the_program(kind: Kind) -> None:
    assert [verdict for seed in range(THROUGH_THE_PROGRAM) if (verdict := ran(kind, seed)).wrong] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_some_files_are_accepted_and_some_refused(kind: Kind) -> None:
    """A fuzzer whose files are all refused at their first byte, or all pass, finds nothing."""
    refused = {bool(verdict.said) for verdict in verdicts(kind)}
    assert refused == ({False} if kind.name == "calibrations" else {True, False})
