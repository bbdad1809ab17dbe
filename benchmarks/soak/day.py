"""Hours of audio in one process, faster than real time: a session now and then, and a room in which the ears wait for a word.

Somebody says "stop" some seconds before every tenth minute is over, when Vosk would rebuild itself. The word model has heard these
speakers: this is about time, benchmarks.hearing is about voices.

A live session is a process of its own, and its memory ends with it. Here they all are in one, and what a session's speech model gives back
stays with malloc, in pieces: the second session takes some 50 MB more than the first, which the third and all later ones find free.
"""

import argparse
import io
import os
import sys
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.hearing.recordings import floor, load
from benchmarks.latency.table import Row
from benchmarks.soak.footprint import Footprint, footprint, slopes
from voicecoach import places
from voicecoach.commands.demo import SCENARIO
from voicecoach.commands.rehearse import rehearse
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.house import House, open_house
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples
from voicecoach.notes import open_journal
from voicecoach.rehearsal.scenario import read_scenario
from voicecoach.understanding.phrasebook import Phrasebook

SESSION_EVERY_H = 4
"""Several people on one speaker have no more."""
STRETCH_S = 600
EDGE_S = 5.0
TAIL_S = 1.5
NOISE_DB = -30.0


@dataclass(slots=True)
class Told:
    """What the waiting ears made of the words."""

    said: int = 0
    right: int = 0
    wrong: int = 0


def day(options: argparse.Namespace, folder: Path) -> tuple[list[Row], list[Footprint]]:
    """Lives through the hours, tells of each on stderr, and says what was measured."""
    room = _WaitingRoom(options)
    samples: list[Footprint] = []
    outcomes: list[str] = []
    session_s = 0.0
    began_s = time.process_time()
    for hour in range(1, options.hours + 1):
        length_s = 0.0
        if hour % SESSION_EVERY_H == 1:
            outcome, length_s = _session(folder / "home", hour)
            outcomes.append(outcome)
            session_s += length_s
        for _ in range(round((3600 - length_s) / STRETCH_S)):
            room.wait()
        samples.append(footprint(os.getpid(), float(hour)))
        print(f"hour {hour}: sessions {outcomes}, {room.told}, {samples[-1]}", file=sys.stderr, flush=True)
    share = (time.process_time() - began_s) / (3600 * options.hours)
    told = room.told
    return [
        (
            f"day of {options.hours} h: sessions that ended as they should",
            "all",
            f"{outcomes.count('finished')} of {len(outcomes)}, {session_s / 3600:.1f} h",
        ),
        ('day: "stop" at the ten-minute edges of the waiting room', "all", f"{told.right} of {told.said}; {told.wrong} other safety words"),
        *slopes("day", samples, filling_h=SESSION_EVERY_H + 1),
        ("day: the process's share of real time", "", f"{share:.3f}"),
    ], samples


def _session(home: Path, seed: int) -> tuple[str, float]:
    """The demo's evening, kept in the journal of `home`: its outcome, and how long it took."""
    settings = open_house(home).settings
    journal = open_journal(House(home, settings))
    with redirect_stdout(io.StringIO()):
        outcome = rehearse(House(home, settings), read_scenario(SCENARIO), None, seed, journal)
    journal = open_journal(House(home, settings))
    length_s = journal.sessions()[-1].duration_s
    journal.close()
    return outcome, length_s


class _WaitingRoom:
    """One pair of ears that hears a quiet or a noisy room for all the hours."""

    def __init__(self, options: argparse.Namespace) -> None:
        phrasebook = Phrasebook.load(options.prompts)
        self._ears = Ears(SpeechModel(options.model), WordModel.load(places.word_model()), EchoCanceller(), phrasebook.emphasis)
        self._grammar = phrasebook.grammar("set")
        self._ears.scope(self._grammar)
        self._words = sorted((options.data / "command_words" / "stop").glob("*"))
        self._noise = load(next((options.data / "noise").glob(f"{options.noise}.*"))) if options.noise else None
        self.told = Told()

    def wait(self) -> None:
        """One stretch."""
        number = self.told.said
        samples, word_at_s = stretch(load(self._words[number % len(self._words)]), self._noise, number)
        word_at_s += self._ears.at_s
        silence = np.zeros(EARS_BLOCK, np.float32)
        heard = [one for at in range(0, len(samples), EARS_BLOCK) for one in self._ears.feed(samples[at : at + EARS_BLOCK], silence)]
        safety = [one.at_s for one in heard if one.stage is Stage.CONFIRMED and one.phrase in self._grammar.urgent]
        hits = [at_s for at_s in safety if at_s > word_at_s]
        self.told.said += 1
        self.told.right += bool(hits)
        self.told.wrong += len(safety) - bool(hits)


def stretch(word: Samples, noise: Samples | None, number: int) -> tuple[Samples, float]:
    """Ten minutes of a room, in whose end somebody says the word, TAIL_S to EDGE_S before it is over; and when it begins, in seconds."""
    rng = np.random.default_rng(number)
    samples = floor(STRETCH_S * EARS_RATE_HZ, rng)
    if noise is not None:
        samples += np.resize(noise, len(samples)) * np.float32(10 ** (NOISE_DB / 20) / (np.sqrt(np.mean(noise**2)) + 1e-9))
    at = len(samples) - len(word) - round(rng.uniform(TAIL_S, EDGE_S) * EARS_RATE_HZ)
    samples[at : at + len(word)] += word / np.float32(2 * np.abs(word).max())
    return samples, at / EARS_RATE_HZ
