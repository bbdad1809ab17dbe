"""How well the coach is understood: each sentence of prompts/ in the coach's voice, recognised without knowing what to expect.

Prints the sentences, worst first: share of wrong words, reading ease, words in the longest sentence, seconds at the usual and at
the slowest voice, what was said and what was heard; then a summary, and what falls out of bounds. A cue that is too long for its
place isn't said late: its short form takes its place, so that only a short form that is too long is a fault.
"""

import argparse
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from tempfile import gettempdir

from benchmarks.command_line import ROOT
from benchmarks.language.bounds import flaws
from benchmarks.language.listening import heard_by, plain, wrong_words
from tests.prompts.sentences import LOCALES, Sentence, every_sentence, parts, reading_ease, words
from voicecoach.coach.personal import SLOWEST_WPM
from voicecoach.curriculum import locale
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.rehearsal.scenario import RoomPlan
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence, measured. `flaws`: what is out of bounds."""

    sentence: Sentence
    heard: str
    wrong: int
    of: int
    usual_s: float
    slow_s: float
    flaws: tuple[str, ...]

    @property
    def wrong_percent(self) -> float:
        """Share of the words that were heard wrongly."""
        return 100 * self.wrong / self.of


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.language", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--locale", choices=LOCALES, default="en")
    parser.add_argument("--only", default="", help="sentences whose place or text this regular expression is found in")
    parser.add_argument("--say", action="append", default=[], metavar="TEXT", help="this text instead, to try a wording; may be repeated")
    parser.add_argument("--voice", help="an espeak-ng voice; without it the usual one of the locale")
    parser.add_argument("--room", type=Path, help="an impulse response to hear it through")
    parser.add_argument("--noise", type=Path, help="a recording of noise to hear it in")
    parser.add_argument("--snr-db", type=float, default=10.0, help="of the speech above the noise, by peak frame energy")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "vosk-model-small-en-us-0.15")
    parser.add_argument("--scratch", type=Path, default=Path(gettempdir()) / "voicecoach-language", help="where rendered speech is kept")
    return parser.parse_args()


def measured(options: argparse.Namespace) -> Iterator[Row]:
    """Each sentence that was asked for."""
    chosen = [Sentence("", "", "", "say", text) for text in options.say] or [
        sentence for sentence in every_sentence(options.locale) if re.search(options.only, str(sentence))
    ]
    here = locale.load(ROOT / "prompts" / options.locale)
    in_a_room = options.room or options.noise
    room = RoomPlan(impulse_response=options.room, noise=options.noise, snr_db=options.snr_db) if in_a_room else None
    listen = heard_by(SpeechModel(options.model), room)
    with ExitStack() as voices:
        usual, slow = (
            Shelf(options.scratch, voices.enter_context(Renderer(options.voice or here.voice, rate)))
            for rate in (here.words_per_minute, SLOWEST_WPM)
        )
        for sentence in chosen:
            pcm, said, heard = usual.pcm(sentence.text), plain(sentence.text), plain(listen(usual.pcm(sentence.text)))
            out = tuple(flaws(sentence, usual.pcm, slow.pcm))
            slow_s = slow.pcm(sentence.text).duration_s
            yield Row(sentence, " ".join(heard), wrong_words(said, heard), len(said), pcm.duration_s, slow_s, out)


def main() -> None:
    """Measures and prints."""
    rows = sorted(measured(parsed()), key=lambda row: (-row.wrong_percent, str(row.sentence)))
    print("| wrong, % | ease | words | usual, s | slow, s | line | said | heard |\n|---|---|---|---|---|---|---|---|")
    for row in rows:
        text = row.sentence.text
        longest = max(len(words(part)) for part in parts(text))
        place = f"{row.sentence.file} {row.sentence.id}.{row.sentence.key}"
        figures = f"{row.wrong_percent:.0f} | {reading_ease(text):.0f} | {longest} | {row.usual_s:.1f} | {row.slow_s:.1f}"
        print(f"| {figures} | {place} | {text} | {row.heard if row.wrong else '='} |")
    if rows:
        total = 100 * sum(row.wrong for row in rows) / sum(row.of for row in rows)
        print(f"\n{len(rows)} texts, {sum(row.of for row in rows)} words: {total:.1f} % of the words wrong", end="; ")
        print(f"{fmean(row.wrong_percent for row in rows):.1f} % a text", end="; ")
        print(f"{100 * fmean(row.wrong == 0 for row in rows):.0f} % of the texts without a mistake", end="; ")
        print(f"median reading ease {median(reading_ease(row.sentence.text) for row in rows):.0f}.")
    for row in rows:
        for flaw in row.flaws:
            print(f"out of bounds: {row.sentence.id}.{row.sentence.key}: {flaw}: {row.sentence.text}")


if __name__ == "__main__":
    main()
