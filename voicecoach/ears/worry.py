"""When nothing was understood, but it may have been a safety phrase: somebody has to ask. Pure."""

from collections.abc import Collection

from voicecoach.messages.heard import has_any

KEPT_S = 3.0
"""An utterance is over by then, be it of a few words more."""


class Worry:
    """What gives rise to it. `signs` are pieces of safety phrases."""

    def __init__(self, signs: Collection[str]) -> None:
        self._signs = frozenset(signs)
        self._until_s = 0.0
        self.pending = False
        """A safety phrase was suspected lately, and withdrawn on no more than a guess."""

    def pass_to(self, at_s: float) -> None:
        """Time passes."""
        self.pending = self.pending and at_s < self._until_s

    def suspected(self, at_s: float) -> None:
        """A safety phrase was withdrawn so."""
        self.pending, self._until_s = True, at_s + KEPT_S

    def forget(self) -> None:
        """Something was understood, or it has been told."""
        self.pending = False

    def about(self, *texts: str) -> bool:
        """Whether the utterance, which is over and was taken for these, may have been a safety phrase."""
        return self.pending or any(has_any(text, self._signs) for text in texts)
