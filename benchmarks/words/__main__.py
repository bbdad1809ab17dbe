"""Trains the word model on DATA and writes models/words.npz, and benchmarks/words/folds.npz for honest figures.

The speakers are dealt into five folds, and five more networks are trained without one fold each: benchmarks.hearing judges a speaker with
the network that hasn't heard him, though it has heard the same noises and rooms. Prints what each word's scores are worth by themselves, on
such speakers; n counts altered copies. Half an hour on two cores.
"""

from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.command_line import add_work, parser_of, read
from benchmarks.hearing.recordings import GAP_S
from benchmarks.words.collecting import learned_from, work
from benchmarks.words.lessons import Lesson
from benchmarks.words.network import Array, Parts, judged, trained
from benchmarks.words.sayings import FOLDS, FOLDS_FILE, ROOT, TAUGHT_TALK, WORDS
from voicecoach.durable import SHARED, write_whole
from voicecoach.ears.word_model import HOP_S

THRESHOLDS = (-4.0, -2.0, 0.0, 2.0, 4.0, 6.0)


def figures(tests: list[tuple[Lesson, Array]]) -> str:
    """A line a word: missed at each threshold, other sayings taken for it, alarms an hour of talk."""
    lines = [f"{'word':10} {'n':>5}  missed, %; other sayings taken for it, %; alarms an hour of talk, at {THRESHOLDS}"]
    for nth, word in enumerate(WORDS):
        said = [(lesson.answers == nth, scores[:, nth]) for lesson, scores in tests if lesson.word == word]
        peaks = np.array([scores[when].max() for when, scores in said if when.any()])
        others = np.array([scores[:, nth].max() for lesson, scores in tests if lesson.kind == "saying" and lesson.word != word])
        talks = [scores[:, nth] for lesson, scores in tests if lesson.kind != "saying"]
        hours = sum(len(one) for one in talks) * HOP_S / 3600
        cells = []
        for limit in THRESHOLDS:
            alarms = sum(_times(np.asarray(one >= limit)) for one in talks) / hours
            cells.append(f"{100 * (peaks < limit).mean():.1f}; {100 * (others >= limit).mean():.1f}; {alarms:.1f}")
        lines.append(f"{word:10} {len(peaks):5}  {' | '.join(cells)}")
    return "\n".join(lines)


def _times(over: NDArray[np.bool_]) -> int:
    """How often it is over the threshold, what lies closer than GAP_S counting once."""
    at = np.flatnonzero(over)
    return int(1 + (np.diff(at) > GAP_S / HOP_S).sum()) if len(at) else 0


def _write(path: Path, parts: Parts) -> None:
    body = BytesIO()
    np.savez_compressed(body, allow_pickle=False, **parts)
    write_whole(path, body.getvalue(), SHARED)


def main() -> None:
    """Collects, trains, judges, writes."""
    parser = parser_of("words", __doc__)
    add_work(parser)
    options = read(parser, ("command_words", "index.csv"))
    with ProcessPoolExecutor(options.processes, get_context("spawn")) as pool:
        lessons = [lesson for found in pool.map(learned_from, work(options.data, options.scratch)) for lesson in found]
    taught = [lesson for lesson in lessons if lesson.kind in ("saying", *TAUGHT_TALK)]
    tests: list[tuple[Lesson, Array]] = []
    folds: Parts = {}
    for number in range(FOLDS):
        parts = trained([lesson for lesson in taught if lesson.fold != number], number)
        folds |= {f"{name}_{number}": part for name, part in parts.items()}
        tests += judged(parts, [lesson for lesson in lessons if lesson.fold == number])
    _write(FOLDS_FILE, folds)
    _write(ROOT / "models" / "words.npz", trained(taught, FOLDS))
    print(figures(tests))


if __name__ == "__main__":
    main()
