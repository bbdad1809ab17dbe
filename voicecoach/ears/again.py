"""A few words that stand alone or between two pauses, heard again by themselves. Pure: the only time is the stream's.

In the middle of talk the recognisers weigh each word with those before it: "and that's all, it hurts" becomes one sentence of neither.
New ones that hear nothing but the last words tell them apart.
"""

from voicecoach.ears.evidence import SPARE_WORDS, Moment, Opinions, Tracks, last_word, said_once, without_unknown
from voicecoach.messages.heard import Grammar

PAUSE_S = 0.3
"""Longer than the closures within a phrase, and than most pauses within a sentence."""

AT_LEAST_S = 0.2
AT_MOST_S = 1.6
"""The shortest safety phrase and the longest: of less sound recognisers make anything."""

BEFORE_S = 0.2
"""So much calm before the first word, which may begin quietly, is heard along."""


class Again:
    """The safety phrase that was said between the last two pauses, or alone in a room. For one grammar; one thread."""

    def __init__(self, grammar: Grammar) -> None:
        self._urgent = grammar.urgent
        self._endings = {last_word(phrase) for phrase in grammar.urgent}
        self._talked_at_s = float("-inf")
        self._looked = False
        self._phrase = ""

    def phrase(self, tracks: Tracks, now: Moment, ask: Opinions) -> str:
        """That phrase, or "". A second look costs as much as the sound it looks at: one a pause, and none at what may be the coach."""
        if now.talking:
            self._talked_at_s = now.at_s
        if now.talking or now.calm_s < PAUSE_S:
            self._looked, self._phrase = False, ""
        elif not self._looked:
            short = AT_LEAST_S <= now.begun_s - now.calm_s <= AT_MOST_S and now.at_s - now.begun_s > self._talked_at_s
            if short and (now.alone or not self._endings.isdisjoint(_last_words(tracks))):
                self._looked = True
                self._phrase = self._look(now, ask)
        return self._phrase

    def forget(self) -> None:
        """It has been acted upon."""
        self._phrase = ""

    def _look(self, now: Moment, ask: Opinions) -> str:
        wide, dictated = ask.heard_again(now.begun_s + BEFORE_S)
        known = said_once(without_unknown(wide))
        phrase = " ".join(known)
        if phrase not in self._urgent or len(dictated) > len(known) + SPARE_WORDS:
            return ""
        # Amid talk one word is too little by itself: "praise" was "pain", "grandpa" was "cramp".
        return phrase if now.alone or len(known) > 1 or phrase in dictated else ""


def _last_words(tracks: Tracks) -> set[str]:
    return {words[-1] for track in (tracks.wide, tracks.narrow) if (words := without_unknown(track.words))}
