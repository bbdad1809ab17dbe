"""When nothing was understood, but it may have been a safety phrase: somebody has to ask. Pure."""

from collections.abc import Collection

from voicecoach.messages.heard import has_words


class Worry:
    """What gives rise to it in one utterance. `signs` are words, or a few in a row, that safety phrases begin or end with."""

    def __init__(self, signs: Collection[str]) -> None:
        self._signs = frozenset(signs)
        self.pending = False
        """A safety phrase was suspected in this utterance, and withdrawn on no more than a guess."""

    def suspected(self) -> None:
        """That has happened."""
        self.pending = True

    def forget(self) -> None:
        """Another utterance begins."""
        self.pending = False

    def about(self, *texts: str) -> bool:
        """Whether the utterance, which is over and was taken for these, may have been a safety phrase."""
        return self.pending or any(has_words(text, sign) for sign in self._signs for text in texts)
