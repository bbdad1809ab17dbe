"""What holds of every evening, whoever comes and whatever they say."""

import pytest

from tests.coach.strangers import lived

EVENINGS = 120


@pytest.mark.parametrize("first", range(0, EVENINGS, 20))
def test_no_stranger_makes_the_coach_move_after_a_safety_word_or_talk_for_ever(first: int) -> None:
    for seed in range(first, first + 20):
        stranger = lived(seed)
        assert not stranger.wrong, f"seed {seed}\n{stranger.story()}"
