"""What a command may see of the session and do to it."""

from typing import Protocol

from voicecoach.coach.course import Course
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Script
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line


class Obeying(Protocol):
    """What a command may see of the session and do to it."""

    course: Course
    back_to: Phase

    @property
    def phase(self) -> Phase:
        """Where the session is."""

    @property
    def just_resumed(self) -> bool:
        """Whether a pause has ended only now: the word that ended it may be said twice."""

    @property
    def out_of_order(self) -> bool:
        """Whether a part that is needed has failed."""

    def remark(self, line: Line, form: Form = Form.FULL) -> None:
        """Says something beside what is going on."""

    def turn_to(self, script: Script, why: str) -> None:
        """Hushes, drops what is going on, and performs `script`."""

    def loudness(self, gain_db: float) -> None:
        """Changes how loud everything is."""

    def repeat(self, form: Form = Form.FULL) -> None:
        """Says again what was said last, or the reason for it."""
