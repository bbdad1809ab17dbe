"""What a command may see of the session and do to it."""

from typing import Protocol

from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.remarks import Remark
from voicecoach.coach.requests import Expects, Script
from voicecoach.messages.actions import Form


class Obeying(Protocol):
    """What a command may see of the session and do to it."""

    course: Course
    back_to: Phase

    @property
    def phase(self) -> Phase:
        """Where the session is."""

    @property
    def under_way(self) -> Phase:
        """The phase whose script is going on, or goes on after the pause."""

    @property
    def just_resumed(self) -> bool:
        """Whether a word to go on was obeyed only now: it may be said twice."""

    @property
    def out_of_order(self) -> bool:
        """Whether a part that is needed has failed."""

    @property
    def expects(self) -> Expects | None:
        """What kind of answer is waited for; None when nothing was asked."""

    @property
    def options(self) -> str:
        """The line that names what can be said to the question that is open; "" when that is just yes or no, or nothing was asked."""

    @property
    def legs_move(self) -> bool:
        """Whether the person's legs may be in the air."""

    @property
    def lifts_left(self) -> int:
        """How many lifts of this set still have to be begun, or are on their way up."""

    @property
    def rest_left_s(self) -> float:
        """How long it is at least until the next set."""

    def remark(self, remark: Remark, form: Form = Form.FULL) -> None:
        """Says something beside what is going on."""

    def turn_to(self, script: Script, why: str) -> None:
        """Hushes, drops what is going on, and performs `script`."""

    def remember(self, fact: str, value: str | float | bool | None) -> None:
        """Keeps a fact (a field of Person) about whoever is on the mat."""

    def loudness(self, gain_db: float) -> None:
        """Changes how loud everything is."""

    def repeat(self, form: Form = Form.FULL) -> None:
        """Says again what was said last, or the reason for it."""
