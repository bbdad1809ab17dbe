"""The real program, live, against a sound server; a person answers from recordings. For tests and benchmarks."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import soundfile

from tests.sound_server import SoundServer
from voicecoach.house import open_house
from voicecoach.messages.memory import TODAY
from voicecoach.messages.sound import EARS_RATE_HZ, Pcm, Samples
from voicecoach.notes import now, open_journal
from voicecoach.rehearsal.levels import active_rms, gain
from voicecoach.sound.resampling import resampled

ROOT = Path(__file__).resolve().parents[1]
PERSON_DBFS = -22.0
"""How loud the person is while speaking; the coach has -20."""
ROOM_DBFS = -65.0
BREATH_S = 0.5
TAIL_S = 1.0
"""Silence after a word: a player that ended with it would cut its end."""
PARDONS = ("Pardon?", "Sorry, say that again?")
"""No questions of their own: the one that was not understood follows, in its short form."""
EVENINGS = 3
"""At most: of one in which the machine was too busy to move the sound, nobody can tell what was heard."""

Evening = TypeVar("Evening", bound=tuple[Any, ...])


@contextmanager
def living(server: SoundServer, home: Path, plan: Sequence[str]) -> Iterator["subprocess.Popen[str]"]:
    """A live session of `plan` (values of --set) in `home`. What it prints is its stdout; it is waited for."""
    command = [sys.executable, "-m", "voicecoach", "coach", "--home", str(home)]
    settings = [word for value in plan for word in ("--set", value)]
    environment = {**server.env, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    with subprocess.Popen([*command, *settings], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as session:
        yield session


def acquainted(home: Path, *, screened: bool = False) -> Path:
    """`home`, whose journal knows somebody: taught, and heard from the mat. Only the safety questions come before movement.

    `screened`: they were all answered today, so that only the shortest are asked.
    """
    journal = open_journal(open_house(home))
    number = journal.begin(now() if screened else "2026-11-01T18:00:00+00:00", {})
    for fact, value in (("name", ""), ("heard_on_mat", True), ("taught", True), *([("screened_on_day", TODAY)] if screened else [])):
        journal.append(number, {"at_s": 0.0, "event": "remembered", "fact": fact, "value": value})
    journal.end(number, "not_cleared")
    journal.close()
    return home


def undisturbed(lived: Callable[[], Evening]) -> Evening:
    """The first evening that is `lived` without a piece of sound missing; its first part is its events."""
    for _ in range(EVENINGS):
        evening = lived()
        if not any(event["event"] == "sound_gap" for event in evening[0]):
            return evening
    raise RuntimeError(f"This machine lost sound in each of {EVENINGS} sessions: it has too much else to do.")


@contextmanager
def quiet_room(server: SoundServer, folder: Path, minutes: int) -> Iterator[None]:
    """The hiss of a room for so long, as a microphone has it: exact zeros for minutes are a fault."""
    wav = folder / "quiet.wav"
    hiss = np.random.default_rng(0).standard_normal(minutes * 60 * EARS_RATE_HZ, np.float32) * np.float32(gain(ROOM_DBFS))
    soundfile.write(wav, hiss, EARS_RATE_HZ)
    playing = server.play_into_room(wav)
    try:
        yield
    finally:
        playing.kill()
        playing.wait()


def sentence(line: str) -> str:
    """What the coach begins to say in a line of the transcript, or ""."""
    found = re.fullmatch(r"\s*[\d:.]+  coach {5}(.*)", line.rstrip())
    return found[1] if found else ""


def kept_events(home: Path) -> list[dict[str, Any]]:
    """The log of the last session in the journal of `home`."""
    journal = open_journal(open_house(home))
    try:
        return journal.events(journal.sessions()[-1].id)
    finally:
        journal.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """`word` is said `after_s` after the coach's sentence has ended; negative: in the middle of it. `nth`: only then; 0: always."""

    word: str
    after_s: float = BREATH_S
    nth: int = 0


class Person:
    """Says things into the room: to sentences by how they begin, and "no" to every other question.

    `length_s` tells how long the coach takes for a sentence, `spoken` how a word sounds. A recording that is played begins with as much
    silence as has to pass.
    """

    def __init__(
        self,
        server: SoundServer,
        folder: Path,
        replies: Mapping[str, Reply],
        length_s: Callable[[str], float],
        spoken: Callable[[str], Pcm],
    ) -> None:
        self._server = server
        self._folder = folder
        self._replies = replies
        self._length_s = length_s
        self._spoken = spoken
        self._times = dict.fromkeys(replies, 0)
        self._speaking: list[subprocess.Popen[bytes]] = []

    def hears(self, sentence: str) -> None:
        """The coach begins to say `sentence`."""
        if sentence in PARDONS:
            return
        for beginning, reply in self._replies.items():
            if sentence.startswith(beginning):
                self._times[beginning] += 1
                if reply.nth in (0, self._times[beginning]):
                    self.say(reply.word, self._length_s(sentence) + reply.after_s)
                return
        if sentence.endswith("?"):
            self.say("no", self._length_s(sentence) + BREATH_S)

    def say(self, word: str, after_s: float, dbfs: float = PERSON_DBFS) -> None:
        """Say `word`, from now on in `after_s`, so loud by the RMS of its speech."""
        samples = resampled(self._spoken(word), EARS_RATE_HZ).samples
        quiet = [np.zeros(round(seconds * EARS_RATE_HZ), np.float32) for seconds in (after_s, TAIL_S)]
        loud: Samples = np.asarray(samples * (gain(dbfs) / active_rms(samples)), np.float32)
        path = self._folder / f"{word.replace(' ', '_')}_{len(self._speaking)}.wav"
        soundfile.write(path, np.concatenate([quiet[0], loud, quiet[1]]), EARS_RATE_HZ)
        self._speaking.append(self._server.play_into_room(path))

    def finish(self) -> None:
        """Wait until all has been said."""
        for said in self._speaking:
            said.wait()
