"""What phrases stand for, and which of them counts most."""

from dataclasses import dataclass

from voicecoach.messages.intents import URGENT, Intent


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase stands for."""

    intent: Intent
    topic: str = ""


GRAVE = Meaning(Intent.DISTRESS, "grave")
GRAVITY = {(intent, ""): n for n, intent in enumerate((Intent.STOP, Intent.PAIN, Intent.NERVE, Intent.DISTRESS))} | {
    (GRAVE.intent, GRAVE.topic): len(URGENT)
}
"""Which of several things in one typed line counts."""


@dataclass(frozen=True, slots=True)
class NoPhrases:
    """What is no phrase: words that mean nothing, those among them that are written for almost any sound, and pieces of safety phrases."""

    decoys: tuple[str, ...]
    vague: frozenset[str]
    worrying: frozenset[str]
