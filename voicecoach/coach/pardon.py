"""What is said to speech that means nothing."""

from voicecoach.messages.lines import Line


class Pardon:
    """Pardon once, then what can be said here, then nothing before a word is understood: it may be a radio."""

    def __init__(self) -> None:
        self._times = 0

    def reply(self, pardon: Line, options: Line) -> Line | None:
        """One of the two, or nothing."""
        self._times += 1
        return {1: pardon, 2: options}.get(self._times)

    def understood(self) -> None:
        """The person is being heard after all."""
        self._times = 0
