"""A recording on disk, as sound."""

from pathlib import Path

import numpy as np
import soundfile

from voicecoach.errors import Unreadable
from voicecoach.messages.sound import EARS_RATE_HZ, Pcm
from voicecoach.sound.resampling import resampled

_UNKNOWN_SIZES = frozenset({0, 0xFFFF_FFFF})
"""What a program that writes a WAV into a pipe leaves in its header, since it can't know better."""


def read_recording(path: Path, rate_hz: int = EARS_RATE_HZ) -> Pcm:
    """Read a WAV, FLAC or OGG file of any rate and number of channels.

    Returns one channel (the mean of the file's), float32, at `rate_hz`. Raises Unreadable, naming the file, when it is absent, a folder,
    empty, no sound, cut off, or holds no samples.
    """
    _refuse_what_is_no_file(path)
    try:
        with soundfile.SoundFile(path) as file:
            promised = file.frames
            file_rate_hz = file.samplerate
            frames = file.read(dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as error:
        raise Unreadable(f"{path} can't be read as sound.", "Give a WAV, FLAC or OGG file.") from error
    if len(frames) < promised or _is_torn_wav(path):
        raise Unreadable(f"{path} is cut off: it holds less sound than it says.", "Copy or record it again.")
    if len(frames) == 0:
        raise Unreadable(f"{path} holds no sound.", "Record it again.")
    samples = frames.mean(axis=1, dtype=np.float32)
    if not np.isfinite(samples).all():
        raise Unreadable(f"{path} holds values that are no sound.", "Record or export it again.")
    return resampled(Pcm(samples, file_rate_hz), rate_hz)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise Unreadable(f"{path} is a folder, not a recording.", "Name a file in it.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(f"There is no recording at {path}.", "Check the name.") from error
    if size == 0 and path.is_file():
        raise Unreadable(f"{path} is empty.", "Record it again.")


def _is_torn_wav(path: Path) -> bool:
    """Whether a WAV ends before the sound that its header promises; libsndfile reads such a file without a word."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return False
        file.seek(12)
        while len(header := file.read(8)) == 8:
            length = int.from_bytes(header[4:], "little")
            if header[:4] == b"data":
                return length not in _UNKNOWN_SIZES and file.tell() + length > size
            file.seek(length + length % 2, 1)
    return True
