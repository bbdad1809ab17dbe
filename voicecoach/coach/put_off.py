"""What waits until nothing moves."""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.requests import Speak


def put_off(course: Course) -> Iterator[Speak]:
    """What had to wait, in the order in which it came up."""
    while course.put_off_lines:
        yield Speak(*course.put_off_lines.pop(0))
