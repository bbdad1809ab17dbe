"""Onto the mat, and whether the safety words are heard from there.

The one place in the program where a safety word is not obeyed, so its rules are narrow. It is the answer only to the question that asks
for exactly this word, only as the bare word, only once that question has been begun long enough to be heard, and only before it is
answered. Everything else is real: any other safety phrase, the other word, the same word in the explanation before, once more after it was
taken, in a pause, or in the words after the last try. Nobody moves here, so whoever means it and is taken for the test says it again and is
obeyed. A word that is not heard twice means no session yet.
"""

from voicecoach.coach.course import Course
from voicecoach.coach.ground import get_down
from voicecoach.coach.inquiry import asked, dismissed, required
from voicecoach.coach.once import once
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Ask, Expects, Remember, Script, Speak
from voicecoach.coach.steps import READY_WORDS
from voicecoach.messages.lines import Line

READY = "screen.ready"
GETTING_DOWN, ON_THE_MAT = "getting down", "on the mat"
"""Steps of the arrival: everything was asked, and only the way down is left; that too is done."""


def onto_the_mat(course: Course) -> Script:
    """Says how to lie down, and waits for the word that it is done."""
    if ON_THE_MAT in course.arrived:
        return
    yield from put_off(course)  # the last moment at which a speaker or a microphone is moved with ease
    course.arrived.add(GETTING_DOWN)
    yield from get_down(course)
    yield from required(course, Ask(READY, Expects.PHRASE, Line(READY), window_s=course.numbers.mat.get_down_s, accepts=READY_WORDS))
    course.arrived.add(ON_THE_MAT)


def mat_check(course: Course) -> Script:
    """Once in the life of a person with this coach: the words of mat.toml, said and heard from the mat."""
    if course.person.heard_on_mat:
        return
    tests = course.curriculum.mat
    if all(test.id not in course.answers for test in tests):
        yield from once(course, "mat.begin")
    for test in tests:
        ask = Ask(test.id, Expects.PHRASE, Line(test.id), moment="mat", options="options.mat", rehearses=test.word)
        if (yield from asked(course, ask)) is None:
            yield from dismissed("mat.unheard", "silence")
    yield Remember("heard_on_mat", value=True)
    yield Speak(Line("mat.heard"))
