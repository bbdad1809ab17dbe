"""The coach's short signals, one per moment of a repetition: told apart by rhythm and by melody, also through a small loudspeaker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

from voicecoach.errors import Unreadable
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.tables import Placed, only_keys, read_prompts, subtable, whole
from voicecoach.voice.finish import ACTIVE_DBFS, active_rms

NAMES = ("lift", "lower", "rest_over", "set_done", "heard", "not_heard", "broken")
"""What the coach signals."""
SHORTEST_MS, LONGEST_MS = 80, 250
"""Long enough to be noticed, and far shorter than any part of a repetition."""
LOWEST_HZ, HIGHEST_HZ = 300, 1500
"""Where any loudspeaker works, and the recogniser hears no speech."""
LONG_MS = 90
"""A note beyond that is heard as a long one among short ones."""


@dataclass(frozen=True, slots=True)
class Note:
    """`length_ms` of a tone gliding from `from_hz` to `to_hz`, beginning `start_ms` into the signal."""

    start_ms: int
    length_ms: int
    from_hz: int
    to_hz: int

    @property
    def end_ms(self) -> int:
        """When it is over."""
        return self.start_ms + self.length_ms


FADE_SAMPLES = VOICE_RATE_HZ * 6 // 1000
"""A note begins and ends within 6 ms: no click, and still a clear onset."""

OVERTONE = 0.3
"""Of the octave above: small loudspeakers lose 400 Hz, not 800."""


class Tones:
    """All signals of a locale, made once; any thread may use them."""

    def __init__(self, notes: Mapping[str, Sequence[Note]]) -> None:
        self._sounds = {name: _sound(of) for name, of in notes.items()}

    @classmethod
    def load(cls, folder: Path) -> "Tones":
        """Read earcons.toml in `folder`. Raises Unreadable with the file, the line in it and what is allowed."""
        table = read_prompts(folder, "earcons.toml")
        only_keys(table, NAMES)
        notes = {name: _notes(subtable(table, name)) for name in NAMES}
        for one, two in combinations(NAMES, 2):
            if _shape(notes[one]) == _shape(notes[two]):
                raise Unreadable(
                    f'{table.at(two)} has the rhythm and the melody of "{one}".', "Give it another rhythm, or let it rise or fall."
                )
        return cls(notes)

    def tone(self, name: str) -> Pcm:
        """The signal `name` (one of NAMES, else KeyError): 24 kHz, read-only, as loud as the voice, the same samples every time."""
        return self._sounds[name]


def _notes(table: Placed) -> list[Note]:
    only_keys(table, ("notes",))
    given = table.get("notes")
    if not isinstance(given, list) or not given or not all(isinstance(note, Placed) for note in given):
        raise Unreadable(f"{table.at('notes')}: it has no notes.", "Write notes = [{ start_ms = 0, length_ms = 100, from_hz = 500 }].")
    notes = [_note_of(note) for note in given]
    if any(after.start_ms < before.end_ms for before, after in pairwise(notes)) or notes[0].start_ms:
        raise Unreadable(
            f"{table.at('notes')}: its notes are not one after the other.", "The first starts at 0, none before the last ended."
        )
    if not SHORTEST_MS <= notes[-1].end_ms <= LONGEST_MS:
        raise Unreadable(f"{table.at('notes')}: it lasts {notes[-1].end_ms} ms.", f"It has to last {SHORTEST_MS} to {LONGEST_MS} ms.")
    return notes


def _note_of(table: Placed) -> Note:
    only_keys(table, Note.__dataclass_fields__)
    from_hz = whole(table, "from_hz")
    note = Note(whole(table, "start_ms"), whole(table, "length_ms"), from_hz, whole(table, "to_hz") if "to_hz" in table else from_hz)
    if not all(LOWEST_HZ <= hz <= HIGHEST_HZ for hz in (note.from_hz, note.to_hz)):
        raise Unreadable(f"{table.at('from_hz')}: {note.from_hz} to {note.to_hz} Hz can't be.", f"Choose {LOWEST_HZ} to {HIGHEST_HZ} Hz.")
    if note.length_ms <= 0:
        raise Unreadable(f"{table.at('length_ms')}: a note of {note.length_ms} ms is none.", "Give it 1 ms or more.")
    return note


def _shape(notes: Sequence[Note]) -> tuple[object, ...]:
    pitches = [hz for note in notes for hz in (note.from_hz, note.to_hz)]
    return tuple(note.length_ms > LONG_MS for note in notes), tuple(int(np.sign(after - before)) for before, after in pairwise(pitches))


def _sound(notes: Sequence[Note]) -> Pcm:
    sound: Samples = np.zeros(_samples(max(note.end_ms for note in notes)), np.float32)
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
