"""Miss rates, wrong commands, false alarms, delays and cost of the ears on real speech, beside plain Vosk in the same run.

Usage: python benchmarks/hearing.py DATA [--quick] [--words stop,yes] [--conditions clean] [--talk librispeech] [--model DIR] [--json FILE]

DATA has command_words/WORD/*, digits/WORD/*, other_words/WORD/*, talk/KIND/** and noise/NAME.*, recordings of any rate. A condition is
clean or a noise's name and its signal-to-noise ratio in dB by peak frame energy. Every clip stands in noise of -60 dBFS: digital silence
hides false alarms. Plain Vosk is one recogniser with the moment's phrases and [unk], believed at the first whole phrase.
Delays are stream time from the word's end, by energy; cost is process time on this machine, and no figure of a Pi.
"""

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from voicecoach.ears.ears import Ears
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.messages.heard import Grammar, Stage
from voicecoach.messages.sound import BLOCK_MS, EARS_RATE_HZ, Samples
from voicecoach.understanding.phrasebook import Phrasebook

ROOT = Path(__file__).parent.parent
BLOCK = EARS_RATE_HZ * BLOCK_MS // 1000
STEP = 2 * BLOCK
LEAD_S, TAIL_S, GAP_S = 1.5, 1.2, 0.5
CONDITIONS = "clean,kitchen10,kitchen5,exercise_bike10,music10"
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
CLIPS_A_FILE = 20


@dataclass(frozen=True, slots=True)
class Sign:
    """One detection. `meaning` is the intent, or the spoken number's text, or "" when it was nothing known."""

    stage: Stage
    meaning: str
    urgent: bool
    at_s: float


Engine = Callable[[Samples, str], Iterator[Sign]]


def coach_ears(model: SpeechModel, phrasebook: Phrasebook) -> Engine:
    """The ears as the coach has them."""

    def hear(samples: Samples, moment: str) -> Iterator[Sign]:
        ears, grammar, silence = Ears(model, EchoCanceller(), phrasebook.emphasis), phrasebook.grammar(moment), np.zeros(BLOCK, np.float32)
        ears.scope(grammar)
        for start in range(0, len(samples) - BLOCK + 1, BLOCK):
            for heard in ears.feed(samples[start : start + BLOCK], silence):
                yield sign(phrasebook, grammar, moment, heard.stage, heard.phrase or heard.text, heard.at_s)

    return hear


def plain_vosk(model: SpeechModel, phrasebook: Phrasebook) -> Engine:
    """One recogniser, one list, the first whole phrase."""

    def hear(samples: Samples, moment: str) -> Iterator[Sign]:
        grammar = phrasebook.grammar(moment)
        recognizer, last = Recognizer(model, (*grammar.phrases, *grammar.free)), ""
        for start in range(0, len(samples) - STEP + 1, STEP):
            hypothesis = recognizer.feed(samples[start : start + STEP])
            known = hypothesis.text in grammar.phrases or (hypothesis.text in grammar.free and hypothesis.final)
            if known and hypothesis.text != last:
                yield sign(phrasebook, grammar, moment, Stage.CONFIRMED, hypothesis.text, (start + STEP) / EARS_RATE_HZ)
            last = hypothesis.text if known and not hypothesis.final else ""

    return hear


def sign(phrasebook: Phrasebook, grammar: Grammar, moment: str, stage: Stage, text: str, at_s: float) -> Sign:
    """A detection by its meaning."""
    meaning = phrasebook.meaning(text, moment)
    if meaning:
        return Sign(stage, meaning.intent.value, text in grammar.urgent, at_s)
    return Sign(stage, text if text in grammar.free else "", urgent=False, at_s=at_s)


def load(path: Path) -> Samples:
    """A recording, mono, 16 kHz."""
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    return np.asarray(soxr.resample(samples.mean(axis=1), rate_hz, EARS_RATE_HZ), np.float32)


def floor(length: int, rng: np.random.Generator) -> Samples:
    """A quiet room."""
    return rng.standard_normal(length).astype(np.float32) * np.float32(1e-3)


def frame_peak(samples: Samples) -> float:
    """Energy of the loudest 128 ms."""
    frames = np.pad(samples, (0, -len(samples) % 2048)).reshape(-1, 2048)
    return float((frames**2).sum(axis=1).max()) + 1e-12


def word_end_s(samples: Samples) -> float:
    """Where the energy last is within 25 dB of its maximum."""
    energy = np.convolve(samples**2, np.ones(BLOCK) / BLOCK, "same")
    return float(np.flatnonzero(energy > energy.max() * 10**-2.5)[-1] + 1) / EARS_RATE_HZ


def placed(word: Samples, noise: Samples | None, snr_db: int, rng: np.random.Generator) -> Samples:
    """The word with room before and after it, in noise, at half of full scale."""
    samples = np.concatenate([np.zeros(round(LEAD_S * EARS_RATE_HZ)), word, np.zeros(round(TAIL_S * EARS_RATE_HZ))]).astype(np.float32)
    if noise is not None:
        start = int(rng.integers(0, len(noise) - len(samples)))
        part = noise[start : start + len(samples)]
        samples = samples + part * np.float32(np.sqrt(frame_peak(word) / (frame_peak(part) * 10 ** (snr_db / 10))))
    return samples / np.float32(2 * np.abs(samples).max() + 1e-9) + floor(len(samples), rng)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95% interval of a proportion, in percent."""
    p, z = hits / n, 1.96
    centre, half, scale = p + z * z / 2 / n, z * float(np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)), 1 + z * z / n
    return 100 * (centre - half) / scale, 100 * (centre + half) / scale


def words(engine: Engine, clips: Iterable[tuple[Samples, float]], moment: str, meaning: str) -> dict[str, object]:
    """How one word fares in one condition."""
    n = unsuspected = unconfirmed = 0
    first: list[float] = []
    confirmed: list[float] = []
    wrong: Counter[str] = Counter()
    for samples, end_s in clips:
        signs = [found for found in engine(samples, moment) if found.stage is not Stage.WITHDRAWN and found.meaning]
        right = [found for found in signs if found.meaning == meaning or (meaning == "stop" and found.urgent)]
        acted = [found for found in right if found.stage is Stage.CONFIRMED]
        n, unsuspected, unconfirmed = n + 1, unsuspected + (not right), unconfirmed + (not acted)
        first += [right[0].at_s - end_s] if right else []
        confirmed += [acted[0].at_s - end_s] if acted else []
        wrong.update({found.meaning for found in signs if found not in right and found.stage is Stage.CONFIRMED})
    return {
        "n": n,
        "not_suspected_%": round(100 * unsuspected / n, 1),
        "not_confirmed_%": round(100 * unconfirmed / n, 1),
        "interval_%": [round(edge, 1) for edge in wilson(unconfirmed, n)],
        "wrong": dict(wrong),
        "first_sign_p50_p95_s": [round(float(np.percentile(first or [np.nan], q)), 2) for q in (50, 95)],
        "confirmed_p50_p95_s": [round(float(np.percentile(confirmed or [np.nan], q)), 2) for q in (50, 95)],
    }


def talk(engine: Engine, files: list[Path]) -> dict[str, object]:
    """What speech that is no command is taken for in a set, an hour; clips in rows with half a second between."""
    rng, heard_s, counts, began_s = np.random.default_rng(778), 0.0, Counter[str](), time.process_time()
    for at in range(0, len(files), CLIPS_A_FILE):
        parts: list[Samples] = []
        for path in files[at : at + CLIPS_A_FILE]:
            clip = load(path)
            parts += [clip / np.float32(2 * np.abs(clip).max() + 1e-9), np.zeros(round(GAP_S * EARS_RATE_HZ), np.float32)]
        samples = np.concatenate(parts)
        samples += floor(len(samples), rng)
        heard_s += len(samples) / EARS_RATE_HZ
        for found in engine(samples, "set"):
            kind = "safety" if found.urgent else "command" if found.meaning else "pardon"
            counts[f"{found.stage} {kind}"] += 1
    busy_s = time.process_time() - began_s
    rates = {name: round(count / heard_s * 3600, 1) for name, count in sorted(counts.items())}
    return {
        "hours": round(heard_s / 3600, 2),
        "clips": len(files),
        "per_hour": rates,
        "counts": dict(counts),
        "real_time": round(busy_s / heard_s, 3),
    }


def idle_cost(engine: Engine) -> float:
    """Share of a core that listening to a quiet room takes."""
    room, began_s = floor(60 * EARS_RATE_HZ, np.random.default_rng(1)), time.process_time()
    for _ in engine(room, "set"):
        pass
    return round((time.process_time() - began_s) / 60, 3)


def parsed() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--quick", action="store_true", help="every eighth clip")
    parser.add_argument("--words", default="stop,yes,no,digits")
    parser.add_argument("--conditions", default=CONDITIONS)
    parser.add_argument("--talk", default="librispeech,coffee_orders,arctic,other_words", help="kinds of talk; empty for none")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "vosk-model-small-en-us-0.15")
    parser.add_argument("--prompts", type=Path, default=ROOT / "prompts" / "en")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    if not (options.data / "command_words").is_dir():
        sys.exit(f"{options.data} has no command_words: DATA is the folder of recordings that --help describes.")
    return options


def clips_of(options: argparse.Namespace, word: str, condition: str) -> Iterator[tuple[Samples, float]]:
    """Every clip of a word, or of the digit of that name, in a condition, the same each time, and where the word ends."""
    rng, name = np.random.default_rng(778), condition.rstrip("0123456789")
    noise = None if name == "clean" else load(next((options.data / "noise").glob(f"{name}.*")))
    for path in sorted((options.data / ("digits" if word in DIGITS else "command_words") / word).glob("*"))[:: 8 if options.quick else 1]:
        clip = load(path)
        yield placed(clip, noise, int(condition[len(name) :] or 0), rng), LEAD_S + word_end_s(clip)


def main() -> None:
    """Measures both engines and prints one line a figure."""
    options = parsed()
    model, phrasebook = SpeechModel(options.model), Phrasebook.load(options.prompts)
    results: dict[str, object] = {}
    for name, engine in (("ears", coach_ears(model, phrasebook)), ("plain vosk", plain_vosk(model, phrasebook))):
        results[f"{name}: share of a core in a quiet room"] = idle_cost(engine)
        for word in options.words.split(","):
            moment = {"stop": "set", "digits": "number"}.get(word, "question")
            for condition in ["clean"] if word == "digits" else options.conditions.split(","):
                spoken = DIGITS if word == "digits" else [word]
                for one in spoken:
                    results[f"{name}: {one} {condition}"] = words(engine, clips_of(options, one, condition), moment, one)
                    print(f"{name}: {one} {condition}", json.dumps(results[f"{name}: {one} {condition}"]), flush=True)
        for kind in filter(None, options.talk.split(",")):
            folder = options.data / kind if (options.data / kind).is_dir() else options.data / "talk" / kind
            files = sorted(path for path in folder.rglob("*.*") if path.is_file())[:: 8 if options.quick else 1]
            results[f"{name}: {kind}"] = talk(engine, files)
            print(f"{name}: {kind}", json.dumps(results[f"{name}: {kind}"]), flush=True)
        results[f"{name}: largest resident set, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({name: value for name, value in results.items() if not isinstance(value, dict)}))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
