"""Which script belongs to which phase."""

from collections.abc import Callable
from typing import Final

from voicecoach.coach.arriving import arriving
from voicecoach.coach.cooling_down import cool_down
from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Script
from voicecoach.coach.resting import check_in, rest
from voicecoach.coach.teaching import walk_through
from voicecoach.coach.warming_up import warm_up
from voicecoach.coach.working import work

SCRIPTS: Final[dict[Phase, Callable[[Course], Script]]] = {
    Phase.SCREEN: arriving,
    Phase.TEACH: walk_through,
    Phase.WARM_UP: warm_up,
    Phase.SET: work,
    Phase.CHECK_IN: check_in,
    Phase.REST: rest,
    Phase.COOL_DOWN: cool_down,
}
"""Those phases that have one of their own; what is said in the others depends on what led there."""
