"""What is measured of one voice."""

import re
import resource
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import numpy as np
from scipy import signal

from benchmarks.hearing.recordings import floor, load
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.messages.sound import EARS_RATE_HZ, Pcm, Samples
from voicecoach.rehearsal.levels import active_rms, gain
from voicecoach.sound.resampling import resampled
from voicecoach.voice.renderer import Renderer

VOICES = ("en-us+f5", "en-us", "heart")
RATE_WPM = 155
SNRS_DB = (15, 5)
LEVEL_DB = -26.0
"""Of the voice at the microphone."""
AROUND_S = 0.5
Figures: TypeAlias = dict[str, str]


def measured(voice: str, texts: Sequence[str], data: Path, model: Path) -> Figures:
    """All figures of a voice, in words. For a process of its own: it counts what its children use."""
    first_s = _rendered(voice, texts[:1])[1]
    sounds, all_s = _rendered(voice, texts)
    speech_s = sum(pcm.duration_s for pcm in sounds)
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    ears = SpeechModel(model)
    figures = {"word error rate, dry": _error_rate(ears, texts, [_dry(pcm) for pcm in sounds])}
    for room in sorted((data / "rooms").glob("*.*")):
        for snr_db in SNRS_DB:
            heard = list(_in_room(sounds, load(room), load(next((data / "noise").glob("kitchen.*"))), snr_db))
            figures[f"word error rate, {room.stem}, kitchen {snr_db} dB below"] = _error_rate(ears, texts, heard)
    return {
        **figures,
        "predicted quality (PLCMOS, 1 to 5)": _quality(sounds),
        "words a minute": f"{sum(len(text.split()) for text in texts) / speech_s * 60:.0f}",
        "loudness, A-weighted: median, 5th to 95th percentile": _loudness(sounds),
        "first sentence, with loading: processor time": f"{first_s:.1f} s",
        "each further: processor time against speech": f"{(all_s - first_s) / (speech_s - sounds[0].duration_s):.3f}",
        "highest memory of the worker": f"{peak_mb:.0f} MB",
    }


def _rendered(voice: str, texts: Sequence[str]) -> tuple[list[Pcm], float]:
    """The sounds, and the processor time of the worker and its forks."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Renderer(voice, RATE_WPM) as renderer:
        sounds = [renderer.render(text) for text in texts]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sounds, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _dry(pcm: Pcm) -> Samples:
    return np.pad(resampled(pcm, EARS_RATE_HZ).samples, round(AROUND_S * EARS_RATE_HZ))


def _in_room(sounds: Sequence[Pcm], response: Samples, noise: Samples, snr_db: float) -> Iterator[Samples]:
    for number, pcm in enumerate(sounds):
        rng = np.random.default_rng(crc32(f"{number} {snr_db}".encode()))
        speech = np.asarray(signal.fftconvolve(_dry(pcm), response), np.float32)
        speech *= np.float32(gain(LEVEL_DB) / active_rms(speech))
        begin = int(rng.integers(len(noise) - len(speech)))
        around = noise[begin : begin + len(speech)]
        around = around * np.float32(gain(LEVEL_DB - snr_db) / np.sqrt(np.mean(around.astype(np.float64) ** 2)))
        yield speech + around + floor(len(speech), rng)


def _error_rate(model: SpeechModel, texts: Sequence[str], sounds: Sequence[Samples]) -> str:
    wrong = said = 0
    for text, samples in zip(texts, sounds, strict=True):
        recognizer = Recognizer(model, ())
        parts = [recognizer.feed(samples[at : at + EARS_RATE_HZ // 5]) for at in range(0, len(samples), EARS_RATE_HZ // 5)]
        heard = " ".join(one.text for one in [*(part for part in parts if part.final), recognizer.finish()])
        wanted = re.findall(r"[a-z']+", text.lower())
        wrong += distance(wanted, heard.split())
        said += len(wanted)
    return f"{wrong / said:.0%}"


def distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """How many words are wrong, missing or too many, at the least."""
    row = list(range(len(heard) + 1))
    for n, word in enumerate(wanted, 1):
        before, row = row, [n]
        for m, other in enumerate(heard, 1):
            row.append(min(before[m] + 1, row[-1] + 1, before[m - 1] + (word != other)))
    return row[-1]


def _quality(sounds: Sequence[Pcm]) -> str:
    if not find_spec("speechmos"):
        return "not measured"
    from speechmos import plcmos  # noqa: PLC0415 - where it isn't installed, that is left out

    return f"{np.mean([plcmos.run(_dry(pcm), EARS_RATE_HZ)['plcmos'] for pcm in sounds]):.1f}"


def _loudness(sounds: Sequence[Pcm]) -> str:
    levels = [20 * np.log10(active_rms(_a_weighted(_dry(pcm)))) for pcm in sounds]
    low, median, high = np.percentile(levels, [5, 50, 95])
    return f"{median:.1f}, {low:.1f} to {high:.1f} dB"


def _a_weighted(samples: Samples) -> Samples:
    """As an ear weighs it, by IEC 61672's curve."""
    spectrum = np.fft.rfft(samples)
    square = np.fft.rfftfreq(len(samples), 1 / EARS_RATE_HZ) ** 2
    weight = 12194**2 * square**2 / ((square + 20.6**2) * np.sqrt((square + 107.7**2) * (square + 737.9**2)) * (square + 12194**2))
    return np.fft.irfft(spectrum * weight * gain(2.0), len(samples)).astype(np.float32)
