"""Which cue comes when: less from set to set and from session to session, and one theme a set, chosen by count and never by luck."""

from voicecoach.coach.course import Course
from voicecoach.coach.sides import place
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import TALK

LONG_TOP_S = 2.8
"""From here on there is room for more than the count."""
DETAILS = ("full", "full", "brief", "counts")
REMINDERS = ("remind.brace", "remind.height", "remind.breath")


def sets_before(course: Course) -> int:
    """The sets that this person has done before the one that is going on."""
    return sum(session.sets for session in course.person.sessions) + course.set_n - 1


def detail(course: Course) -> str:
    """How much to say in this set: first "full" cues, then "brief" ones, then "counts"; earlier from session to session."""
    if course.talk == "less":
        return "counts"
    fading = course.numbers.fading
    earlier = sum(course.practised >= sessions for sessions in (fading.brief_from_sessions, fading.counts_from_sessions))
    return DETAILS[min(max(course.set_n - TALK.index(course.talk) + 1 + earlier, 0), len(DETAILS) - 1)]


def theme(course: Course) -> str:
    """Which of the usual mistakes this set is about."""
    themes = course.curriculum.teaching.themes
    return themes[sets_before(course) % len(themes)]


def reminders(course: Course) -> tuple[Line, ...]:
    """What is said of the exercise before a session of somebody who has been taught: all of it, and after some sessions one of it."""
    sessions = course.practised
    if sessions < course.numbers.fading.reminded_sessions and course.talk != "less":
        return tuple(Line(name) for name in REMINDERS)
    return (Line(REMINDERS[sessions % len(REMINDERS)]),)


def themed(course: Course) -> tuple[Line, ...]:
    """The theme, said before a set that has no full cues any more; whoever wants less talk hears it on the way down only."""
    return () if detail(course) == "full" or course.talk == "less" else (Line(f"theme.{theme(course)}"),)


def brace_cue(course: Course) -> Line | None:
    """What to do before the lift."""
    return Line("set.brace") if detail(course) == "full" else None


def lift_cue(course: Course, n: int) -> Line:
    """The lift of repetition `n`; with its side, where it is one leg at a time."""
    if side := place(course, n).side:
        return Line(f"set.lift_{side}")
    return Line({"full": "set.lift", "brief": "set.up"}.get(detail(course), "set.lift_short"))


def top_cue(course: Course, n: int) -> Line:
    """The count; a long stay invites to hold one's breath, so then more is said in every set."""
    long = course.tempo.top_s >= LONG_TOP_S
    return Line("set.count_long" if long else "set.count_stay" if detail(course) == "full" else "set.count", (("n", place(course, n).n),))


def lower_cue(course: Course, n: int) -> Line:
    """Where the set stands when that's news, otherwise a cue as detailed as this set asks for."""
    if news := _news(course, n):
        return Line(f"set.{news}")
    if detail(course) == "full":
        return Line("set.lower")
    if detail(course) == "brief" or n % course.numbers.set.theme_every_reps == 0:
        return Line(f"set.form.{theme(course)}")
    return Line("set.lower_short")


def let_go_cue(course: Course, n: int) -> Line:
    """After a squeeze."""
    news = _news(course, n)
    return Line(f"set.let_go_{news}" if news else "set.let_go")


def _news(course: Course, n: int) -> str:
    """Where the set stands on this side, when that is worth a word; "" otherwise."""
    at = place(course, n)
    if at.of - at.n in (1, 2):
        return "last_one" if at.of - at.n == 1 else "last_two"
    return "half_way" if at.of >= course.numbers.set.half_way_from_reps and at.n == at.of // 2 else ""
