"""A voice that makes no new sentence for a while."""

import numpy as np
import pytest

from voicecoach.errors import Broken
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm
from voicecoach.rehearsal.shelf_only import ShelfOnly


class Sounding:
    """Any sentence, a moment long."""

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        return Pcm(np.ones(480, np.float32), VOICE_RATE_HZ)


def test_what_was_made_before_still_sounds_and_nothing_else_until_it_works_again() -> None:
    shelf_only = ShelfOnly(lambda *_: Sounding(), {"Lift."})
    usual, other = shelf_only("", 0), shelf_only("en-gb", 120)
    usual.pcm("Rest for 30 seconds.")
    shelf_only.refuse(broken=True)
    assert len(usual.pcm("Lift.").samples) == len(usual.pcm("Rest for 30 seconds.").samples) == 480
    with pytest.raises(Broken):
        usual.pcm("Rest for 60 seconds.")
    with pytest.raises(Broken):
        other.pcm("Lift.")
    shelf_only.refuse(broken=False)
    assert len(other.pcm("Lift.").samples) == 480
