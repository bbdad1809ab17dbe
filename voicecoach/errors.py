"""What can go wrong: one sentence that says what, one that says what to do, and the exit code that belongs to it."""


class CoachError(Exception):
    """Something went wrong that the person at the keyboard can mend. `str()` is the whole message."""

    exit_code = 1

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(f"{what} {next_step}".strip())
        self.what = what
        self.next_step = next_step


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
