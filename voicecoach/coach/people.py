"""Who is on the mat, and what they are called.

Rules: one person is known: it is they, and nothing is asked, unless somebody says that it is somebody else. Several are: they are asked,
and what was heard is read back, since an old screening may count for whoever it is. Who isn't heard, or isn't sure, is somebody new, and
that means the whole screening. A name is asked for once, and nobody needs one.
"""

from collections.abc import Generator

from voicecoach.coach.amounts import Wish
from voicecoach.coach.course import LOUDEST_DB, QUIETEST_DB, Course, agreed_level
from voicecoach.coach.requests import Answer, Ask, Become, Expects, Remember, Request, Script, Speak
from voicecoach.coach.welcome import GREETED
from voicecoach.messages.intents import Intent
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import PAIN_STOPS, Person

TRIES = 2
"""So often a name is asked for again that was heard wrong."""
MOST_OFFERED = 4
"""More names than that nobody keeps in mind; the others can be said too."""
SOMEBODY = frozenset({Intent.NAME, Intent.SOMEBODY_ELSE, Intent.UNSURE})
A_NAME = frozenset({Intent.NAME, Intent.NO, Intent.SKIP})


def who(course: Course) -> Script:
    """Settles who is on the mat. Asks only where it isn't clear."""
    if course.met:
        return
    known = those_known(course)
    if not known:
        person = _newcomer(course)
    elif len(known) == 1 and not course.not_them:
        person = known[0]
    else:
        person = yield from _asked(course, known)
    yield Become(person)
    if person.name:
        yield Speak(Line("who.hello", (("name", person.name),)))


def those_known(course: Course) -> list[Person]:
    """Those who it may be."""
    return [person for person in course.memory.people if acquainted(person) and person.id not in course.not_them]


def become(course: Course, person: Person) -> None:
    """The session is about `person`, from its beginning: what was answered before was answered by somebody else."""
    plan = course.plan
    course.person, course.met = person, True
    course.answers.clear()
    course.arrived &= {GREETED}
    course.said.clear()
    course.steps_down = 0
    course.measure(agreed_level(plan, course.curriculum, person), Wish(plan.routine, plan.kind))
    course.talk = person.talk or plan.talk
    course.gain_db = min(max(person.gain_db, QUIETEST_DB), LOUDEST_DB)


def acquainted(person: Person) -> bool:
    """Whether anything is known of them, or anything came of a session: who never answered isn't asked for by name."""
    nobody = Person(person.id, sessions=person.sessions)
    return person != nobody or any(session.reps or session.outcome in PAIN_STOPS for session in person.sessions)


def named(course: Course) -> Script:
    """Asks once what to call them."""
    if course.person.name is None:
        yield from naming(course)


def naming(course: Course) -> Script:
    """Asks what to call them, and reads it back. Not heard, or wrong twice: the name there was, or none."""
    name: Answer = None
    for _ in range(TRIES):
        name = yield Ask("name.ask", Expects.PHRASE, Line("name.ask"), accepts=A_NAME, moment="name", options="options.name")
        if name is None or isinstance(name, Intent):
            break
        if any(name == other.name for other in course.memory.people if other.id != course.person.id):
            yield Speak(Line("name.taken", (("name", name),)))
        elif (yield from _is_right(name)):
            yield Remember("name", name)
            yield Speak(Line("name.kept", (("name", name),)))
            return
    if course.person.name and not isinstance(name, Intent):
        yield Speak(Line("setting.as_before"))
        return
    yield Remember("name", "")
    yield Speak(Line("name.none"))


def goodbye(course: Course) -> Script:
    """To whoever has a name."""
    if course.person.name:
        yield Speak(Line("who.goodbye", (("name", course.person.name),)))


def _asked(course: Course, known: list[Person]) -> Generator[Request, Answer, Person]:
    lately = sorted(known, key=lambda person: person.sessions[-1].on_day if person.sessions else 0.0, reverse=True)
    names = ", ".join(called(course, person) for person in lately[:MOST_OFFERED])
    for _ in range(TRIES):
        answer = yield Ask(
            "who.ask", Expects.PHRASE, Line("who.ask", (("names", names),)), accepts=SOMEBODY, moment="who", options="options.who"
        )
        if answer is None or isinstance(answer, Intent):
            break
        found = [person for person in known if answer in (person.name, str(person.id))]
        if not found:
            yield Speak(Line("who.unknown"))
        elif (yield from _is_right(called(course, found[0]))):
            return found[0]
    return _newcomer(course)


def _is_right(name: str | int) -> Generator[Request, Answer, bool]:
    return (yield Ask("name.right", Expects.YES_NO, Line("name.right", (("name", name),)))) is Intent.YES


def called(course: Course, person: Person) -> str:
    """Their name, if the ears know it; else their number."""
    names = course.curriculum.names
    return person.name if person.name and person.name in names.known else names.unnamed.format(n=person.id)


def _newcomer(course: Course) -> Person:
    """Somebody with the next number."""
    ids = {person.id for person in course.memory.people} | course.not_them
    return Person(max(ids, default=0) + 1)
