"""Whether a live session is alive, for the heartbeat and for the service manager, and what is done when it isn't."""

import os
from collections.abc import Sequence

from voicecoach.anew import begin_anew
from voicecoach.app import Parts
from voicecoach.coach.session import Session
from voicecoach.commands.options import exit_code
from voicecoach.ears.listener import Listener
from voicecoach.heartbeat import Heartbeat, Pulse
from voicecoach.live import Inbox, Typed
from voicecoach.messages.events import Input, Interrupted
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import URGENT, Intent, Meant
from voicecoach.messages.sound import BLOCK_MS
from voicecoach.notify import ALIVE, READY, STOPPING, told
from voicecoach.understanding.interpret import interpret
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.meaning import GRAVE, Meaning
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.voice.speaker import Speaker

BEHIND_BLOCKS = 2000 // BLOCK_MS
"""Ears that are two seconds behind hear nothing in time."""
ANYWHERE = "set"
"""Safety words mean the same at every moment."""
GRAVER = (*(Meaning(intent) for intent in (Intent.STOP, Intent.DISTRESS, Intent.PAIN, Intent.NERVE)), GRAVE)
"""By what becomes of a session in which nothing more was written than that word."""


class Vitals:
    """What the heartbeat looks at."""

    def __init__(self, inbox: Inbox, speaker: Speaker, listener: Listener | None) -> None:
        self._inbox = inbox
        self._speaker = speaker
        self._listener = listener

    @property
    def steps(self) -> int:
        """Of the main loop."""
        return self._inbox.looks

    @property
    def samples(self) -> int:
        """Of the sound."""
        return self._speaker.position_samples

    @property
    def deaf(self) -> bool:
        """Whether the ears are far behind."""
        return self._listener is not None and self._listener.waiting > BEHIND_BLOCKS


class Guard:
    """From `begin` to `end` of a session: tells the service manager that it is alive, silences it when it hangs, and has it begin anew."""

    def __init__(self, parts: Parts, coach: Session, inbox: Inbox, listener: Listener | None) -> None:
        self._parts = parts
        self._coach = coach
        self._inbox = inbox
        self._ready = False
        self._heartbeat = Heartbeat(Pulse(Vitals(inbox, parts.speaker, listener), self._silence, self._renew, self._alive))

    def begin(self) -> None:
        """The session begins."""
        self._heartbeat.start()

    def end(self) -> None:
        """It is over, and what is left to do may take its time."""
        self._heartbeat.stop()
        told(STOPPING)

    def _alive(self) -> None:
        if not self._ready:
            self._ready = True
            told(f"{READY}\nSTATUS=A session is going on.")
        told(ALIVE)

    def _silence(self) -> None:
        self._parts.speaker.hush()
        self._parts.speaker.tone(self._parts.tones.tone("broken"))

    def _renew(self) -> None:
        if self._coach.outcome is not None:
            os._exit(exit_code(self._coach.outcome))  # all is said and written: there is nothing to begin anew
        told(f"{ALIVE}\nSTATUS=The program hung, and begins anew.")
        left = self._inbox.left()
        word = urgent_in(left, self._parts.phrasebook)
        if word is None and any(isinstance(item, Interrupted) for item in left):
            os._exit(exit_code("interrupted"))  # somebody wanted it to end
        begin_anew(word)


def urgent_in(left: Sequence[Input | Heard | Typed], phrasebook: Phrasebook) -> Meaning | None:
    """The gravest safety word in what is `left` in the inbox, or at which the loop hangs: it may not have been obeyed."""
    heard = [typed(item, phrasebook, 0.0) if isinstance(item, Typed) else item for item in left]
    meant = [interpret(one, ANYWHERE, phrasebook) for one in heard if isinstance(one, Heard) and one.stage is Stage.CONFIRMED]
    words = [Meaning(one.intent, one.topic) for one in meant if isinstance(one, Meant) and one.intent in URGENT]
    return max(words, key=GRAVER.index, default=None)
