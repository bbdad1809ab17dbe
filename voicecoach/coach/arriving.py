"""From the first word to the mat: the script of Phase.SCREEN. Its order is the rule, and what is answered before a pause stays answered."""

from voicecoach.coach.agreeing import agreeing
from voicecoach.coach.check_ins import check_in_before, permission
from voicecoach.coach.coming_back import coming_back, interrupted
from voicecoach.coach.course import Course
from voicecoach.coach.mat_check import mat_check, onto_the_mat
from voicecoach.coach.people import named, who
from voicecoach.coach.phases import Phase
from voicecoach.coach.requests import Enter, Script
from voicecoach.coach.screening import screening
from voicecoach.coach.welcome import greeting, introduction, timing


def arriving(course: Course) -> Script:
    """Each part ends the session itself, or lets the next one begin."""
    if cut := interrupted(course):
        yield from coming_back(course, cut)
        return
    yield from greeting(course)
    yield from who(course)
    yield from introduction(course)
    yield from permission(course)
    yield from timing(course)
    yield from screening(course)
    yield from check_in_before(course)
    yield from named(course)
    yield from agreeing(course)
    yield from onto_the_mat(course)
    yield from mat_check(course)
    yield Enter(Phase.TEACH)
