"""What the look for gaps leaves out is there: otherwise somebody has moved it, and it is run under coverage after all."""

import pytest

from tests.gaps import LONG, TESTS
from tests.rows import ROOT


@pytest.mark.parametrize("left_out", LONG)
def test_what_is_left_out_is_there(left_out: str) -> None:
    file, _, name = left_out.partition("::")
    assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")
    assert file.startswith(TESTS)
