"""Where in a set the person is: which leg, and how many lifts are left. Also what becomes of a set that is changed while it goes on."""

from dataclasses import dataclass

from voicecoach.coach.course import Course


@dataclass(frozen=True, slots=True)
class Place:
    """A lift of the current set: with which leg ("" for both), and its number `n` of the `of` on this side."""

    side: str
    n: int
    of: int


def place(course: Course, lift: int) -> Place:
    """Where the lift with that number is; the first is 1."""
    return placed(lift, course.left_until, course.set_lifts)


def placed(lift: int, left_until: int, lifts: int) -> Place:
    """The same in a set of so many lifts, with the right leg after `left_until` of them."""
    if not left_until:
        return Place("", lift, lifts)
    if lift <= left_until:
        return Place("left", lift, left_until)
    return Place("right", lift - left_until, lifts - left_until)


def switches_before(course: Course, lift: int) -> bool:
    """Whether the side changes before that lift."""
    return 0 < course.left_until == lift - 1


def fewer(course: Course) -> bool:
    """Two fewer on a side from now on, in this set too, but never fewer than have been begun. False when they are few already."""
    less = course.numbers.easier
    reps = max(less.fewest_reps, course.reps - less.fewer_reps)
    if reps >= course.reps:
        return False
    left_until, set_lifts = course.left_until, course.set_lifts
    _resize(course, reps)
    course.left_until = min(course.left_until, left_until)  # a set that was shared out to both sides on its way is shorter already
    course.set_lifts = min(course.set_lifts, set_lifts)
    return True


def more(course: Course) -> bool:
    """Two more again, up to what was agreed on. False when it is as much already."""
    reps = min(course.amounts.reps, course.reps + course.numbers.easier.fewer_reps)
    if reps <= course.reps:
        return False
    _resize(course, reps)
    return True


def _resize(course: Course, reps: int) -> None:
    course.reps = reps
    begun = course.done_reps + 1 if course.done_reps else 0
    if _over(course):
        return
    if course.done_reps >= course.left_until:
        course.set_lifts = max(begun, course.left_until + reps)
    else:
        course.left_until = max(begun, reps)
        course.set_lifts = course.left_until + reps


def one_leg(course: Course) -> None:
    """What is left of this set is shared out to both sides, the odd lift to each."""
    course.legs = "one"
    if _over(course):
        return
    if course.done_reps:
        share = (course.set_lifts - course.done_reps + 1) // 2
        course.left_until = course.done_reps + share
        course.set_lifts = course.left_until + share
    else:
        course.lay_out()


def both_legs(course: Course) -> None:
    """What is left on this side is done with both legs, and ends the set."""
    course.legs = "both"
    if _over(course):
        return
    if not course.done_reps:
        course.lay_out()
    elif course.done_reps < course.left_until:
        course.set_lifts, course.left_until = course.left_until, 0
    else:
        course.left_until = 0


def _over(course: Course) -> bool:
    """Whether the set is done: what is changed then is for the next one."""
    return 0 < course.set_lifts <= course.done_reps
