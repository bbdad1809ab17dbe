"""A pause, and the faults that make one. Nothing here starts a movement: only a word of the person's ends the wait."""

from voicecoach.coach.course import Course
from voicecoach.coach.phases import MOVING, Phase, scripted
from voicecoach.coach.requests import Await, Enter, Finish, Script, Speak
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

GO_ON = frozenset({Intent.RESUME})

DOUBTS = {"standstill": "fault.standstill", "inaudible": "fault.inaudible"}
"""What makes nothing impossible, but nobody knows what the person did meanwhile, or heard: a pause, and a word tells. In the screening
questions that word is waited for anyway."""


def paused(line: str, back_to: Phase, course: Course) -> Script:
    """Waits for "resume", reminds twice, and gives the session up in the end."""
    wait = course.numbers.pause
    yield Speak(Line(line))
    word = yield Await(GO_ON, Line("paused.reminder"), (wait.reminder_s, wait.again_s, wait.over_s))
    if word is None:
        yield Speak(Line("paused.over"))
        yield Finish("silence")
    yield Enter(back_to)


def into_pause(line: str, phase: Phase, course: Course) -> Script:
    """Goes there from `phase`, and back to it; to a hold by its lift."""
    yield Enter(Phase.PAUSED)
    yield from paused(line, scripted(phase), course)


def pausing(phase: Phase, course: Course) -> Script:
    """A pause that was asked for."""
    return into_pause("paused.moving" if phase in MOVING else "paused.begin", phase, course)


def unsure(phase: Phase, course: Course) -> Script:
    """It may have been a safety phrase: a pause, and the words that tell."""
    return into_pause("unsure.moving" if phase in MOVING else "unsure.still", phase, course)


def without_a_voice() -> Script:
    """Sentences can't be made any more: says so where that one still sounds, and ends."""
    yield Speak(Line("fault.voice"))
    yield Finish("fault")


def out_of_order(line: str, course: Course) -> Script:
    """A part has failed: says so, waits for the part to come back, and ends the session if it doesn't."""
    yield Speak(Line(line))
    yield Await(frozenset(), Line(line), (course.numbers.pause.fault_reminder_s, course.numbers.pause.fault_over_s))
    yield Speak(Line("fault.over"))
    yield Finish("fault")
