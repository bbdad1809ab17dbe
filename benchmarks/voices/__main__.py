"""The coach's voices side by side: how well they are understood in a room, how good they are said to sound, what they cost.

DATA has rooms/* and noise/kitchen.*. Each voice says the same lines of says.toml; they are heard dry, and in each room with the kitchen's
noise below the voice, by the dictation of the speech model that the ears use, which has no list of words to choose from. A recogniser isn't
a person: the order counts, not the figure. Predicted quality: PLCMOS, which was made for voices that a network has torn, where `speechmos`
is installed. Rendering is told in seconds of processor time, which a busy machine doesn't stretch; memory is the worker's highest.
"""

import argparse
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.command_line import add_model, parser_of, read
from benchmarks.voices.figures import VOICES, Figures, measured
from voicecoach.voice.script import Script

LEAST_WORDS = 4
"""A shorter line is no sentence, and one word wrong is all of it."""


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = parser_of("voices", __doc__)
    parser.add_argument("--every", type=int, default=8, help="every so-manyth line")
    parser.add_argument("--voices", nargs="+", default=VOICES, help=f"default: {' '.join(VOICES)}")
    add_model(parser)
    return read(parser, ("rooms", "noise"))


def main() -> None:
    """Measures one voice after the other, each in a process of its own, and prints the table."""
    options = parsed()
    lines = [text for _, text in Script.load(options.prompts).every_sentence() if re.fullmatch(r"[A-Za-z ,.?;']+", text)]
    texts = [text for text in dict.fromkeys(lines) if len(text.split()) >= LEAST_WORDS][:: options.every]
    found: list[Figures] = []
    for voice in options.voices:
        print(f"{voice}: {len(texts)} lines", file=sys.stderr, flush=True)
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            found.append(alone.submit(measured, voice, texts, options.data, options.model).result())
    print(f"| {len(texts)} lines, {sum(len(text.split()) for text in texts)} words | {' | '.join(options.voices)} |")
    print(f"|---|{'---|' * len(found)}")
    for name in found[0]:
        print(f"| {name} | {' | '.join(figures[name] for figures in found)} |")


if __name__ == "__main__":
    main()
