"""What is said once: a pause that comes later doesn't bring it again, and one that cuts it loses nothing of it."""

from voicecoach.coach.course import Course
from voicecoach.coach.requests import Script, Speak
from voicecoach.messages.actions import Form
from voicecoach.messages.lines import Line


def once(course: Course, line: Line | str, form: Form = Form.FULL) -> Script:
    """Says a line that belongs to the way through the session, or to the current set, unless it was heard to its end."""
    line = Line(line) if isinstance(line, str) else line
    if (course.set_n, line.id) not in course.said:
        yield Speak(line, form)
        course.said.add((course.set_n, line.id))
