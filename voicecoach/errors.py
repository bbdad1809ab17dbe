"""What can go wrong: one sentence that says what, one that says what to do, and the exit code that belongs to it."""

LONGEST = 480
"""Letters of a sentence. What is longer quotes something that no screen needs in full."""


class CoachError(Exception):
    """Something went wrong that the person at the keyboard can mend. `str()` is the whole message."""

    exit_code = 1

    def __init__(self, what: str, next_step: str) -> None:
        self.what = shown(what)
        self.next_step = shown(next_step)
        super().__init__(f"{self.what} {self.next_step}".strip())


class CheckFailed(CoachError):
    """A check found something that has to be mended before a session."""

    exit_code = 1


class Unreadable(CoachError):
    """Wrong usage, or input that can't be read: a file, a setting, a scenario."""

    exit_code = 2


class Missing(CoachError):
    """Something a session needs isn't there: model, voice, sound device, library."""

    exit_code = 3


class Broken(CoachError):
    """A fault ended the session."""

    exit_code = 4


def shown(sentence: str) -> str:
    """As it can be printed anywhere: what a file smuggled in neither moves a cursor nor turns a line round, and is cut in its middle."""
    plain = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in sentence)
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST * 3 // 4]} … {plain[-LONGEST // 5 :]}"
