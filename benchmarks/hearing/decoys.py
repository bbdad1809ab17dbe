"""Prints the [decoys] of hears.toml: the words that dictation finds most often in talk and that mean nothing to the coach.

Usage: python -m benchmarks.hearing.decoys DATA [--model DIR] [--prompts DIR] [--most N]
Takes every second row of read speech; the coffee orders have no part in it.
"""

import argparse
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hearing.recordings import streams
from benchmarks.words.sayings import TAUGHT_TALK, recordings_of_talk
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.messages.sound import EARS_RATE_HZ, Samples
from voicecoach.understanding.phrasebook import Phrasebook

ROOT = Path(__file__).parent.parent.parent
STRETCH = EARS_RATE_HZ // 5


def words_of(model: SpeechModel, samples: Samples) -> Iterator[str]:
    """What free dictation makes of it."""
    recognizer = Recognizer(model, ())
    for start in range(0, len(samples), STRETCH):
        hypothesis = recognizer.feed(samples[start : start + STRETCH])
        if hypothesis.final:
            yield from hypothesis.text.split()
    yield from recognizer.finish().text.split()


def main() -> None:
    """Counts the words of the talk and prints the commonest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "vosk-model-small-en-us-0.15")
    parser.add_argument("--prompts", type=Path, default=ROOT / "prompts" / "en")
    parser.add_argument("--most", type=int, default=200)
    options = parser.parse_args()
    model, phrasebook = SpeechModel(options.model), Phrasebook.load(options.prompts)
    known = {*phrasebook.phrases_and_numbers()}
    counts: Counter[str] = Counter()
    for kind in TAUGHT_TALK:
        for number, samples in enumerate(streams(recordings_of_talk(options.data, kind))):
            counts.update(words_of(model, samples) if number % 2 == 0 else ())
    common = sorted(counts, key=lambda word: (-counts[word], word))
    chosen = ", ".join(f'"{word}"' for word in [word for word in common if word not in known][: options.most])
    print("[decoys]\nwords = [\n" + textwrap.indent("\n".join(textwrap.wrap(chosen, 130)), "    ") + ",\n]")


if __name__ == "__main__":
    main()
