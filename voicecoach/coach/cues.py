"""Which cue comes when: less from set to set and from session to session, and one theme a set, chosen by count and never by luck."""

from voicecoach.coach.course import Course
from voicecoach.messages.lines import Line

HALF_WAY_FROM_REPS = 6
"""A shorter set needs no half-time."""
REMINDED_SESSIONS = 3
"""So many sessions begin with all the reminders; then one a session is enough. [J]"""
THEME_EVERY_REPS = 3
"""Where little is said, the theme of the set comes with every third lift."""
REMINDERS = ("remind.brace", "remind.height", "remind.breath")


def sets_before(course: Course) -> int:
    """The sets that this person has done before the one that is going on."""
    return sum(session.sets for session in course.person.sessions) + course.set_n - 1


def theme(course: Course) -> str:
    """Which of the usual mistakes this set is about."""
    themes = course.curriculum.teaching.themes
    return themes[sets_before(course) % len(themes)]


def reminders(course: Course) -> tuple[Line, ...]:
    """What is said of the exercise before a session of somebody who has been taught."""
    sessions = course.practised
    if sessions < REMINDED_SESSIONS and course.talk != "less":
        return tuple(Line(name) for name in REMINDERS)
    return (Line(REMINDERS[sessions % len(REMINDERS)]),)


def themed(course: Course) -> tuple[Line, ...]:
    """The theme, said before a set that has no full cues any more."""
    return () if course.detail == "full" else (Line(f"theme.{theme(course)}"),)


def brace_cue(course: Course) -> Line | None:
    """What to do before the lift."""
    return Line("set.brace") if course.detail == "full" else None


def lift_cue(course: Course, n: int) -> Line:
    """The lift of repetition `n`; with its side, where the legs take turns."""
    if course.legs == "one":
        return Line(f"set.lift_{('left', 'right')[(n - 1) % 2]}")
    return Line({"full": "set.lift", "brief": "set.up"}.get(course.detail, "set.lift_short"))


def top_cue(course: Course, n: int) -> Line:
    """The count."""
    return Line("set.count_stay" if course.detail == "full" else "set.count", (("n", n),))


def lower_cue(course: Course, n: int) -> Line:
    """Where the set stands when that's news, otherwise a cue as detailed as this set asks for."""
    left = course.reps - n
    if left in (1, 2):
        return Line("set.last_one" if left == 1 else "set.last_two")
    if course.reps >= HALF_WAY_FROM_REPS and n == course.reps // 2:
        return Line("set.half_way")
    if course.detail == "full":
        return Line("set.lower")
    if course.detail == "brief" or n % THEME_EVERY_REPS == 0:
        return Line(f"set.form.{theme(course)}")
    return Line("set.lower_short")
