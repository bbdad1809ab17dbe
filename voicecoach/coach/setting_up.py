"""The script of the first run, from "do you hear me" to the units. Nobody is asked to move but to lie down, to try the two words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from voicecoach.coach.course import LOUDEST_DB, QUIETEST_DB, Course
from voicecoach.coach.placing import LINE_OF, UNSAFE, Flaw
from voicecoach.coach.put_off import put_off
from voicecoach.coach.requests import Ask, Await, Expects, Finish, Note, Request, Script, Speak
from voicecoach.coach.steps import MOST_TIMES, READY_WORDS
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line

DEVICES, LEVELS, LOUDNESS, MAT, LOCALE, UNITS = "devices", "levels", "loudness", "mat", "locale", "units"
STEPS: Final = (DEVICES, LEVELS, LOUDNESS, MAT, LOCALE, UNITS)
"""In this order; each is kept as soon as it is done."""
BY_EAR: Final = frozenset({DEVICES, LEVELS, MAT})
"""Those that say something about a microphone."""
DONE = "set_up"
"""The event of a step that is done, with what was chosen in it."""
READY = "first_run.lie_down"
QUIET_S = 2.5
"""For the room's noise: the ears want a second of it, and 0.7 s after the last word."""
LEVEL_LINES = ("first_run.levels", "greeting.words", "greeting.limits", "first_run.levels_again")


@dataclass(slots=True)
class Todo:
    """What is still to do, and what is to know for it. `flaws`: what the ears found; None before they have."""

    steps: tuple[str, ...]
    emergencies: tuple[tuple[str, str], ...]
    """Locales with their emergency numbers, the likeliest first."""
    usual_db: float = 0.0
    """How loud the coach is set already."""
    flaws: tuple[Flaw, ...] | None = field(default=None)


def setting_up(course: Course, todo: Todo) -> Script:
    """Each step that is still to do, in order."""
    yield Speak(Line("first_run.hello"))
    steps = {DEVICES: _devices, LEVELS: _levels, LOUDNESS: _loudness, MAT: _mat, LOCALE: _locale, UNITS: _units}
    for name in todo.steps:
        yield from steps[name](course, todo)
    yield Speak(Line("first_run.done"))
    yield Finish("finished")


def _devices(_: Course, __: Todo) -> Script:
    """Whoever is heard to say yes is heard, and hears."""
    answer = yield _question("first_run.devices")
    if answer is not Intent.YES:
        yield Speak(Line("first_run.unheard"))
        yield Finish("silence")
    yield from _done(DEVICES)


def _levels(_: Course, todo: Todo) -> Script:
    """Talks until the ears have their figures; then says what they ask for, the gravest last."""
    for line in LEVEL_LINES:
        yield Speak(Line(line))
        yield Await(frozenset(), Line(line), (QUIET_S,))
        if todo.flaws is not None:
            break
    flaws = todo.flaws
    if flaws is None:
        yield Speak(Line("first_run.levels_unknown"))
        return
    for flaw in flaws:
        yield Speak(Line(LINE_OF[flaw]))
    if UNSAFE.intersection(flaws):
        yield Speak(Line("first_run.levels_bad"))
        yield Finish("not_cleared")
    yield Speak(Line("first_run.levels_good" if not flaws else "first_run.levels_noted"))
    yield from _done(LEVELS)


def _loudness(course: Course, todo: Todo) -> Script:
    """Louder and quieter, said at any time of it, change it at once; yes keeps it."""
    for _ in range(MOST_TIMES):
        answer = yield _question("first_run.loudness")
        if answer is Intent.YES:
            loudness_db = min(max(todo.usual_db + course.gain_db, QUIETEST_DB), LOUDEST_DB)
            yield from _done(LOUDNESS, loudness_db=round(loudness_db))
            return
        if answer is None:
            break
        yield Speak(Line("first_run.louder_or_quieter"))
    yield Speak(Line("first_run.later"))


def _mat(course: Course, _: Todo) -> Script:
    """The two words, said lying face down. It is for the place of the microphone: a session tries them again with whoever is there."""
    ready = yield Ask(READY, Expects.PHRASE, Line(READY), window_s=course.numbers.mat.get_down_s, accepts=READY_WORDS)
    if ready is None:
        yield Speak(Line("first_run.later"))
        return
    for test in course.curriculum.mat:
        ask = Ask(test.id, Expects.PHRASE, Line(test.id), moment="mat", options="options.mat", rehearses=test.word)
        if (yield ask) is None:
            yield Speak(Line("first_run.mat_unheard"))
            return
    yield from put_off(course)
    yield Speak(Line("first_run.mat_heard"))
    yield from _done(MAT)


def _locale(_: Course, todo: Todo) -> Script:
    """By its emergency number: that is what matters most of it."""
    for locale, number in todo.emergencies:
        line = Line("first_run.emergency", (("emergency", " ".join(number)),))
        answer = yield Ask("first_run.emergency", Expects.YES_NO, line)
        if answer is Intent.YES:
            yield from _done(LOCALE, locale=locale, emergency=number)
            return
        if answer is not Intent.NO:
            break
    yield Speak(Line("first_run.no_emergency"))


def _units(_: Course, __: Todo) -> Script:
    answer = yield _question("first_run.units")
    if answer in (Intent.YES, Intent.NO):
        yield from _done(UNITS, units="metric" if answer is Intent.YES else "imperial")
    else:
        yield Speak(Line("first_run.later"))


def _question(name: str) -> Ask:
    return Ask(name, Expects.YES_NO, Line(name))


def _done(step: str, **chosen: str | int) -> Iterator[Request]:
    yield Note(DONE, {"step": step, **chosen})
