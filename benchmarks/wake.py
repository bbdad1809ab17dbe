"""What wakes a coach that waits: false wakes an hour of talk, phrases that are missed, and what waiting costs.

DATA is the folder that benchmarks/hearing reads. The wake phrases, and what sounds nearly like them, are said by synthetic voices only
(espeak-ng, flite, hibari): nobody has recorded them. A condition is a noise with its signal-to-noise ratio in dB, or a room. Cost is
process time on this machine. The whole takes some 15 minutes of a core; --every 10 hears every tenth recording of talk, --only REGEX some
lines.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from benchmarks.command_line import add_model, add_work, parser_of, read
from benchmarks.hearing.figures import percent, poisson, wilson
from benchmarks.hearing.recordings import CLIPS_A_STREAM, floor, placed, streams
from benchmarks.hearing.voices import spoken, voices
from benchmarks.words.sayings import recordings_of_talk
from voicecoach.ears.ears import Ears
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.heard import Grammar, Stage
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples
from voicecoach.places import word_model
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.understanding.waking import wake_grammar

TALK = ("librispeech", "coffee_orders", "arctic")
MORE_VOICES = ("en-gb-x-rp+f2", "en-029+m3", "en-gb-x-gbclan+f4", "en-us-nyc+m7", "en-gb-x-gbcwmd")
CONDITIONS = ("clean", "kitchen24", "kitchen12", "kitchen6", "music10", "ir_bathroom1", "far")
NEARLY = (
    "hello", "hey", "okay", "coach", "good morning", "hello there", "hello doctor", "hello couch", "hey you", "hey what's up", "okay then",
    "okay let's go", "good morning everybody", "the coach is here",
)  # fmt: skip
"""Not one of them is meant for the coach."""
NEARLY_LINE = "nearly a phrase"
COST_S = 120.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to hear: a row of recordings of talk, or one text in one voice and condition."""

    line: str
    paths: tuple[Path, ...]
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process needs, loaded once."""

    data: Path
    model: SpeechModel
    words: WordModel
    grammar: Grammar


_bench: list[Bench] = []


def start(data: Path, model: Path, prompts: Path) -> None:
    """Make this process ready."""
    grammar = wake_grammar(prompts, Phrasebook.load(prompts))
    _bench.append(Bench(data, SpeechModel(model), WordModel.load(word_model()), grammar))


def woken_by(samples: Samples) -> list[str]:
    """The phrases that ears which wait hear in it."""
    bench, silence = _bench[-1], np.zeros(EARS_BLOCK, np.float32)
    ears = Ears(bench.model, bench.words, None, {})
    ears.scope(bench.grammar)
    return [
        heard.phrase
        for at in range(0, len(samples) - EARS_BLOCK + 1, EARS_BLOCK)
        for heard in ears.feed(samples[at : at + EARS_BLOCK], silence)
        if heard.stage is Stage.CONFIRMED and heard.phrase
    ]


def heard(piece: Piece) -> tuple[Piece, list[str], float]:
    """What one piece wakes it with, and how long the piece is, in any process."""
    said = piece.condition and placed(_bench[-1].data, piece.paths[0], piece.condition).samples
    samples = next(streams(list(piece.paths))) if isinstance(said, str) else said
    return piece, woken_by(samples), len(samples) / EARS_RATE_HZ


def cost(data: Path) -> str:
    """Share of one core, in a process of its own: a quiet room, and read speech."""
    speech = next(streams(recordings_of_talk(data, "librispeech")[:CLIPS_A_STREAM]))[: round(COST_S * EARS_RATE_HZ)]
    told = []
    for kind, samples in (("quiet room", floor(round(COST_S * EARS_RATE_HZ), np.random.default_rng(1))), ("read speech", speech)):
        began_s = time.process_time()
        woken_by(samples)
        told.append(f"{kind} {(time.process_time() - began_s) * EARS_RATE_HZ / len(samples):.4f}")
    return ", ".join(told)


def pieces(options: argparse.Namespace, phrases: Sequence[str]) -> Iterator[Piece]:
    """All that is heard; what isn't asked for is not rendered either."""

    def asked_for(line: str) -> bool:
        return re.search(options.only, line) is not None

    said = [*voices(), *MORE_VOICES]
    for condition in filter(lambda one: asked_for(missed(one)), CONDITIONS):
        for phrase, voice in product(phrases, said):
            yield Piece(missed(condition), (spoken(options.scratch, voice, phrase),), condition)
    for text, voice in product(NEARLY if asked_for(NEARLY_LINE) else (), said):
        yield Piece(NEARLY_LINE, (spoken(options.scratch, voice, text),), "clean")
    for kind in filter(lambda one: asked_for(f"talk: {one}"), TALK):
        files = recordings_of_talk(options.data, kind)[:: options.every]
        for at in range(0, len(files), CLIPS_A_STREAM):
            yield Piece(f"talk: {kind}", tuple(files[at : at + CLIPS_A_STREAM]))


def missed(condition: str) -> str:
    """The name of a line of phrases that should wake it."""
    return f"missed, {condition}"


def told(line: str, found: Sequence[tuple[Piece, list[str], float]]) -> str:
    """One row of the table."""
    by = Counter(phrase for _, phrases, _ in found for phrase in phrases)
    if line.startswith("talk"):
        hours, wakes = sum(length_s for *_, length_s in found) / 3600, by.total()
        low, high = poisson(wakes, hours)
        return f"| {line} | {hours:.2f} h | {wakes} | {wakes / hours:.2f} an hour [{low}, {high}] | {dict(by) or ''} |"
    nearly = line == NEARLY_LINE
    counted = [piece for piece, phrases, _ in found if bool(phrases) is nearly]
    names = ", ".join(f"{piece.paths[0].stem} by {piece.paths[0].parent.name}" for piece in counted[:4])
    low, high = wilson(len(counted), len(found))
    return f"| {line} | {len(found)} | {len(counted)} | {percent(len(counted), len(found))} % [{low}, {high}] | {names} |"


def main() -> None:
    """Prints the table, a row as soon as it is known."""
    parser = parser_of("wake", __doc__)
    parser.add_argument("--every", type=int, default=1, help="every so-manyth recording of talk")
    parser.add_argument("--only", default="", help="lines of the table that this regular expression is found in")
    add_model(parser)
    add_work(parser)
    options = read(parser, ("talk", "noise"))
    phrases = wake_grammar(options.prompts, Phrasebook.load(options.prompts)).phrases
    todo = list(pieces(options, phrases))
    print("| line | n | wakes or misses | share, 95 % interval | which |\n|---|---|---|---|---|")
    rows: dict[str, list[tuple[Piece, list[str], float]]] = {piece.line: [] for piece in todo}
    wanted = Counter(piece.line for piece in todo)
    with ProcessPoolExecutor(options.processes, get_context("spawn"), start, (options.data, options.model, options.prompts)) as pool:
        for number, one in enumerate(pool.map(heard, todo), 1):
            line = one[0].line
            rows[line].append(one)
            print(f"\r{number} of {len(todo)}", end="", file=sys.stderr, flush=True)
            if len(rows[line]) == wanted[line]:
                print(told(line, rows[line]), flush=True)
        print(f"Cost, share of a core while waiting: {pool.submit(cost, options.data).result()}.")


if __name__ == "__main__":
    main()
