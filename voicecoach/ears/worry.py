"""When nothing was understood, but it may have been a safety phrase: somebody has to ask. Pure."""

from collections.abc import Collection


class Worry:
    """What gives rise to it in one utterance. `signs` are words, or a few in a row, that safety phrases begin or end with."""

    def __init__(self, signs: Collection[str]) -> None:
        self._signs = frozenset(signs)
        self._suspected = False

    def suspected(self) -> None:
        """A safety phrase was suspected in this utterance, and withdrawn on no more than a guess."""
        self._suspected = True

    def forget(self) -> None:
        """Another utterance begins."""
        self._suspected = False

    def about(self, text: str) -> bool:
        """Whether the utterance, which is over and was taken for `text`, may have been a safety phrase."""
        return self._suspected or any(f" {sign} " in f" {text} " for sign in self._signs)
