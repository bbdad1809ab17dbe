"""The word model's numbers in one utterance. Pure: the only time is the stream's."""

from collections.abc import Collection

from voicecoach.ears.evidence import Moment, Opinions, Words

SPOTTED_SURELY = 1.5
"""From these odds on (four to one) the word model is believed without Vosk."""

KEPT_S = 1.5
"""Vosk ends an utterance within a second of its last word; what is older belongs to another."""


class SpottedNumbers:
    """Each number's best odds: they last for a moment only, and Vosk says its own number up to a second later."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = sorted(words)
        self._best: dict[str, float] = {}
        self._sure_at_s = 0.0

    def hear(self, now: Moment, ask: Opinions) -> None:
        """Ask for the odds as they stand."""
        for word in self._words:
            odds = ask.odds(word)
            if odds is None:
                continue
            self._best[word] = max(odds, self._best.get(word, odds))
            if odds >= SPOTTED_SURELY:
                self._sure_at_s = now.at_s
        if now.at_s - self._sure_at_s > KEPT_S:
            self.forget()

    @property
    def surest(self) -> str:
        """The number that the word model believes in, or ""."""
        odds, word = max(((odds, word) for word, odds in self._best.items()), default=(0.0, ""))
        return word if odds >= SPOTTED_SURELY else ""

    def corrected(self, words: Words) -> Words:
        """What Vosk takes for an answer, unless it is one number of which the word model has heard nothing, but surely another."""
        if len(words) == 1 and self.surest and self._best.get(words[0], 0.0) < 0.0:
            return (self.surest,)
        return words

    def forget(self) -> None:
        """The utterance is over."""
        self._best.clear()
