"""What waits until nothing moves."""

from collections.abc import Iterator

from voicecoach.coach.course import Course
from voicecoach.coach.requests import Speak
from voicecoach.messages.lines import Line

ANSWER = "answer."


def put_off(course: Course) -> Iterator[Speak]:
    """What had to wait, in the order in which it came up."""
    course.topic = "" if course.put_off_lines else course.topic
    while course.put_off_lines:
        line, form = course.put_off_lines.pop(0)
        if line.id.startswith(ANSWER):
            course.topic = line.id.removeprefix(ANSWER)  # before it is said: what is asked meanwhile is the later question
        yield Speak(line, form)


def put_off_and_more(course: Course) -> Iterator[Speak]:
    """The same where "more?" can be answered; it is asked after the last of the answers."""
    waited = [line.id for line, _ in course.put_off_lines]
    yield from put_off(course)
    for line in offered(course) if f"{ANSWER}{course.topic}" in waited else ():
        yield Speak(line)


def offered(course: Course) -> tuple[Line, ...]:
    """Asks whether more is wanted, where something was asked; questions.toml has more to every answer."""
    return (Line("answer.more"),) if course.topic else ()
