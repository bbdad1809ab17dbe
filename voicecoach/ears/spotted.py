"""What the word model adds to Vosk's hypotheses, and what it denies. Pure: the only time is the stream's.

Odds are natural logarithms.
"""

import math
from collections.abc import Collection

from voicecoach.ears.evidence import STORY_S, Moment, Opinions, Words, last_word

SPOTTED = 0.0
SPOTTED_SURELY = 2.0
"""From the first odds on (one to one) the word model raises a suspicion without Vosk; from the second (seven to one) it is believed."""

PAUSE_S = 0.1
WORD_AT_MOST_S = 1.0
"""A word amid talk: no more sound than that, and so much calm after it."""

SPOTTED_IN_TALK = 2.0
SPOTTED_SURELY_IN_TALK = 3.0
"""The same for "stop" amid talk."""

NO_LIMIT = -math.inf
LEAST_ODDS = -6.0
"""Below these it has heard nothing like the phrase that Vosk has heard."""

LEAST_ODDS_IN_TALK = -2.5
ENOUGH_IN_TALK = -1.0
"""Its odds where somebody goes on talking or another word has been heard: for a suspicion, and for a word. Of real "stop" after talk one in
a hundred has less, and two."""

LEAST_ODDS_OF_ANSWER = -1.5
"""Below these a "no" is "down" or "go", of which four in five have less; of 29 real ones none had. A wrong "no" may answer a safety
question."""

LEAST_ODDS_UNRECORDED = -5.0
"""The same for words that the model has only heard from synthetic voices; how a real voice's "pain" fares is not known."""

KEPT_S = 1.5
"""Vosk ends an utterance within a second of its last word; what is older belongs to another."""


def spotted_word(words: Collection[str], urgent: Collection[str], now: Moment, ask: Opinions) -> str:
    """The likeliest of `words` if likely enough, or "".

    Amid talk, the coach's too, only a safety word that real people have taught the model counts, and only between two pauses: asking costs
    something. A mere suspicion takes such a word too.
    """
    if not now.by_itself and (now.calm_s < PAUSE_S or now.burst_s > WORD_AT_MOST_S):
        return ""
    taught = [word for word in words if word in urgent and word in ask.recorded]
    asked = words if now.by_itself else taught
    odds, word = max(((odds, word) for word in asked if (odds := ask.odds(word)) is not None), default=(-math.inf, ""))
    suspicion, belief = limits_by_itself(now)
    return word if odds >= (suspicion if word in taught else belief) else ""


def limits_by_itself(now: Moment) -> tuple[float, float]:
    """The least odds for a suspicion and for belief without Vosk."""
    return (SPOTTED, SPOTTED_SURELY) if now.by_itself else (SPOTTED_IN_TALK, SPOTTED_SURELY_IN_TALK)


def limits_beside_vosk(now: Moment, *, recorded: bool, another: bool) -> tuple[float, float]:
    """The least odds for a suspicion and for belief in what Vosk hears.

    `recorded` tells whether real people have taught the model this word: what they haven't is hardly ever denied. `another`, whether
    there is another word that it may have been.
    """
    if another:
        return LEAST_ODDS_IN_TALK, ENOUGH_IN_TALK
    if not recorded:
        least = NO_LIMIT if now.apart else LEAST_ODDS_UNRECORDED
        return least, least
    return (LEAST_ODDS, LEAST_ODDS) if now.apart or now.spoken_s <= STORY_S else (LEAST_ODDS_IN_TALK, ENOUGH_IN_TALK)


def denied(phrase: str, ask: Opinions) -> bool:
    """Whether the word model has heard nothing like the last word of what Vosk takes for an answer."""
    last = last_word(phrase)
    odds = ask.odds_lately(last) if last in ask.recorded else None
    return odds is not None and odds < LEAST_ODDS_OF_ANSWER


class SpottedNumbers:
    """Each number's best odds: they last for a moment only, and Vosk says its own number up to a second later."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = sorted(words)
        self._best: dict[str, float] = {}
        self._sure_at_s = 0.0

    def hear(self, now: Moment, ask: Opinions) -> None:
        """Ask for the odds as they stand, if a number can stand alone now; forget those that are too old."""
        for word in self._words if now.by_itself else ():
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
