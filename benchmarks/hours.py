"""Whether the ears hear after hours as at first, and whether memory stays flat: hours of a room, faster than real time.

Usage: python -m benchmarks.hours DATA [--hours 24] [--noise NAME] [--model DIR] [--prompts DIR]
Somebody says "stop" some seconds before every tenth minute is over, when Vosk would rebuild itself. Prints a line an hour: how many were
confirmed, how many other safety words, memory, and the share of real time it took. The word model has heard these speakers: this is about
time, benchmarks.hearing is about voices.
"""

import resource
import time
from pathlib import Path

import numpy as np

from benchmarks.command_line import add_model, parser_of, read
from benchmarks.hearing.recordings import floor, load
from voicecoach import places
from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import WordModel
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Samples
from voicecoach.understanding.phrasebook import Phrasebook

ROOT = Path(__file__).parent.parent
STRETCH_S = 600
EDGE_S = 5.0
TAIL_S = 1.5
NOISE_DB = -30.0


def resident_mb() -> float:
    """Memory in use now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def stretch(word: Samples, noise: Samples | None, number: int) -> tuple[Samples, float]:
    """Ten minutes of a room, in whose end somebody says the word, TAIL_S to EDGE_S before it is over; and when it begins, in seconds."""
    rng = np.random.default_rng(number)
    samples = floor(STRETCH_S * EARS_RATE_HZ, rng)
    if noise is not None:
        samples += np.resize(noise, len(samples)) * np.float32(10 ** (NOISE_DB / 20) / (np.sqrt(np.mean(noise**2)) + 1e-9))
    at = len(samples) - len(word) - round(rng.uniform(TAIL_S, EDGE_S) * EARS_RATE_HZ)
    samples[at : at + len(word)] += word / np.float32(2 * np.abs(word).max())
    return samples, at / EARS_RATE_HZ


def main() -> None:
    """Plays the hours and prints them."""
    parser = parser_of("hours", __doc__)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--noise", default="", help="a recording in DATA/noise, without its ending; none: a quiet room")
    add_model(parser)
    options = read(parser, ("command_words", "noise"))
    phrasebook = Phrasebook.load(options.prompts)
    ears = Ears(SpeechModel(options.model), WordModel.load(places.word_model()), EchoCanceller(), phrasebook.emphasis)
    ears.scope(phrasebook.grammar("set"))
    words = sorted((options.data / "command_words" / "stop").glob("*"))
    noise = load(next((options.data / "noise").glob(f"{options.noise}.*"))) if options.noise else None
    silence, number = np.zeros(EARS_BLOCK, np.float32), 0
    for hour in range(1, options.hours + 1):
        began_s, said, right, wrong = time.process_time(), 0, 0, 0
        for _ in range(3600 // STRETCH_S):
            samples, word_at_s = stretch(load(words[number % len(words)]), noise, number)
            word_at_s += ears.at_s
            heard = [one for at in range(0, len(samples), EARS_BLOCK) for one in ears.feed(samples[at : at + EARS_BLOCK], silence)]
            safety = [one.at_s for one in heard if one.stage is Stage.CONFIRMED and one.phrase in phrasebook.grammar("set").urgent]
            hits = [at_s for at_s in safety if at_s > word_at_s]
            said, right, wrong, number = said + 1, right + bool(hits), wrong + len(safety) - bool(hits), number + 1
        share = (time.process_time() - began_s) / 3600
        print(f"hour {hour}: {right} of {said} confirmed, {wrong} others, {resident_mb():.0f} MB, {share:.3f} of real time", flush=True)


if __name__ == "__main__":
    main()
