"""A recording on disk, as sound."""

from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from voicecoach.errors import Unreadable
from voicecoach.messages.sound import EARS_RATE_HZ, Pcm
from voicecoach.sound.resampling import resampled

_BEGINNINGS = frozenset({b"RIFF", b"RIFX", b"RF64", b"riff", b"fLaC", b"OggS", b"FORM", b".snd", b"caff"})
"""Of sound. What begins otherwise libsndfile may take for an MP3, and what reads those prints its thoughts about it."""
_LOWEST_HZ, _HIGHEST_HZ = 1000, 1_000_000
"""What is slower than a telephone by far, or faster than any sound card, comes of a damaged header; and would fill the memory."""
_LOUDEST = 1000.0
"""Full scale is 1; a sum of many voices may be a little more. NaN isn't smaller."""
_STRETCH = 1 << 20
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
            frames = _all_of(file) if _LOWEST_HZ <= file_rate_hz <= _HIGHEST_HZ else np.zeros((0, 1), np.float32)
    except (soundfile.SoundFileError, OSError) as error:
        raise Unreadable(f"{path} can't be read as sound.", "Give a WAV, FLAC or OGG file.") from error
    if not _LOWEST_HZ <= file_rate_hz <= _HIGHEST_HZ:
        raise Unreadable(f"{path} has {file_rate_hz} samples a second: that is no sound.", "Record or export it again.")
    if len(frames) < promised or _is_torn_wav(path):
        raise Unreadable(f"{path} is cut off: it holds less sound than it says.", "Copy or record it again.")
    if len(frames) == 0:
        raise Unreadable(f"{path} holds no sound.", "Record it again.")
    if not (np.abs(frames) <= _LOUDEST).all():
        raise Unreadable(f"{path} holds values that are no sound.", "Record or export it again.")
    return resampled(Pcm(frames.mean(axis=1, dtype=np.float32), file_rate_hz), rate_hz)


def _all_of(file: soundfile.SoundFile) -> NDArray[np.float32]:
    """As many frames as there are, whatever the header promises: (n, channels)."""
    read = [file.read(_STRETCH, dtype="float32", always_2d=True)]
    while len(read[-1]) == _STRETCH:
        read.append(file.read(_STRETCH, dtype="float32", always_2d=True))
    return np.concatenate(read)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise Unreadable(f"{path} is a folder, not a recording.", "Name a file in it.")
    if path.exists() and not path.is_file():
        raise Unreadable(f"{path} is no ordinary file.", "Give a WAV, FLAC or OGG file.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise Unreadable(f"There is no recording at {path}.", "Check the name.") from error
    if size == 0:
        raise Unreadable(f"{path} is empty.", "Record it again.")
    try:
        with path.open("rb") as file:
            known = file.read(4) in _BEGINNINGS
    except OSError as error:
        raise Unreadable(f"{path} can't be read ({error.strerror}).", "Check that it is a file that you may read.") from error
    if not known:
        raise Unreadable(f"{path} can't be read as sound.", "Give a WAV, FLAC or OGG file.")


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
