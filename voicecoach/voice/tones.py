"""The coach's short signals, one per moment of a repetition: told apart by rhythm and by melody, also through a small loudspeaker."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.finish import ACTIVE_DBFS, active_rms


@dataclass(frozen=True, slots=True)
class Note:
    """`length_ms` of a tone gliding from `from_hz` to `to_hz`, beginning `start_ms` into the signal."""

    start_ms: int
    length_ms: int
    from_hz: int
    to_hz: int


NOTES = {
    "lift": (Note(0, 160, 480, 800),),  # one long rise
    "lower": (Note(0, 50, 840, 680), Note(80, 150, 680, 440)),  # short, long, both falling
    "rest_over": (Note(0, 40, 520, 520), Note(65, 40, 660, 660), Note(130, 115, 880, 880)),  # three steps up, the last longer
    "set_done": (Note(0, 115, 880, 880), Note(140, 40, 660, 660), Note(205, 40, 520, 520)),  # three steps down, the first longer
    "heard": (Note(0, 80, 1040, 1040),),  # one short and high
    "not_heard": (Note(0, 40, 400, 400), Note(65, 40, 400, 400), Note(130, 40, 400, 400)),  # three quick and low
}
"""All signals, 80 to 250 ms: far shorter than any part of a repetition, and between 400 and 1,040 Hz, where any loudspeaker works."""

FADE_SAMPLES = VOICE_RATE_HZ * 6 // 1000
"""A note begins and ends within 6 ms: no click, and still a clear onset."""

OVERTONE = 0.3
"""Of the octave above: small loudspeakers lose 400 Hz, not 800."""


@cache
def tone(name: str) -> Pcm:
    """Make the signal `name` (a key of NOTES, else KeyError): 24 kHz, read-only, as loud as the voice, the same samples every time."""
    notes = NOTES[name]
    sound: Samples = np.zeros(max(_samples(note.start_ms + note.length_ms) for note in notes), np.float32)
    for note in notes:
        start = _samples(note.start_ms)
        sound[start : start + _samples(note.length_ms)] += _note(note)
    sound *= np.float32(10 ** (ACTIVE_DBFS / 20) / active_rms(sound))
    sound.flags.writeable = False
    return Pcm(sound, VOICE_RATE_HZ)


def _note(note: Note) -> Samples:
    count = _samples(note.length_ms)
    phase = 2 * np.pi * np.cumsum(np.linspace(note.from_hz, note.to_hz, count)) / VOICE_RATE_HZ
    edges = np.minimum(np.arange(count), np.arange(count)[::-1]) / FADE_SAMPLES
    faded = np.sin(np.minimum(edges, 1) * np.pi / 2) ** 2
    return np.asarray((np.sin(phase) + OVERTONE * np.sin(2 * phase)) * faded, np.float32)


def _samples(length_ms: int) -> int:
    return VOICE_RATE_HZ * length_ms // 1000
