"""Recordings: WAV, FLAC, OGG."""

import io
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from tests.fuzz.mangling import Luck, mangled, once_in, placed
from tests.fuzz.trial import Kind
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ
from voicecoach.sound.paced import RecordedMicrophone
from voicecoach.sound.recording import read_recording

FORMS = (
    ("WAV", "PCM_16"), ("WAV", "PCM_U8"), ("WAV", "PCM_24"), ("WAV", "FLOAT"), ("WAV", "DOUBLE"), ("WAV", "ULAW"), ("WAVEX", "PCM_16"),
    ("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("OGG", "OPUS"), ("AIFF", "PCM_16"), ("RF64", "PCM_16"), ("W64", "PCM_16"),
)  # fmt: skip
RATES_HZ = (8000, 16_000, 48_000)


@cache
def _seed(form: str, kind: str, rate_hz: int, channels: int) -> bytes:
    tone = 0.3 * np.sin(np.arange(rate_hz // 2) * 0.1)
    body = io.BytesIO()
    soundfile.write(body, np.column_stack([tone] * channels), rate_hz, kind, format=form)
    return body.getvalue()


def _spoil(luck: Luck, folder: Path) -> None:
    path = folder / "sound.wav"
    if once_in(luck, 25):
        placed(luck, path)
        return
    content = _seed(*luck.choice(FORMS), luck.choice(RATES_HZ), luck.choice((1, 2)))
    path.write_bytes(mangled(luck, content))


def _use(luck: Luck, folder: Path) -> None:
    pcm = read_recording(folder / "sound.wav")
    assert pcm.rate_hz == EARS_RATE_HZ
    assert pcm.samples.dtype == np.float32
    assert pcm.samples.ndim == 1
    assert np.isfinite(pcm.samples).all()
    microphone = RecordedMicrophone(pcm)
    assert all(microphone.block().shape == (EARS_BLOCK,) for _ in range(100))


def _named(folder: Path) -> str:
    return "sound.wav"


KIND = Kind("sounds", _spoil, _use, _named)
