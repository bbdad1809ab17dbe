"""`voicecoach hear`: the ears alone, over recordings."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from voicecoach.app import Parts
from voicecoach.commands.options import Commands, add_home, tell
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.errors import Unreadable
from voicecoach.house import ensure_model, open_house
from voicecoach.messages.events import Unclear
from voicecoach.messages.heard import Heard, Level, Trouble
from voicecoach.messages.sound import EARS_BLOCK, EARS_RATE_HZ, Pcm
from voicecoach.sound.recording import read_recording
from voicecoach.understanding.interpret import interpret

TAIL_S = 1.5
"""A file that ends right after a word gets this much quiet room after it, or the end of the utterance would never be heard."""
NOISE_FLOOR = 10 ** (-60 / 20)
ADVICE = {
    Trouble.CLIPPED: "That is more than the microphone can take: turn it down, or move it away.",
    Trouble.FAINT: "That is faint: turn the microphone up, or move it nearer.",
    Trouble.NOISY: "The room is nearly as loud: move the microphone nearer, or make it quieter.",
}


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("hear", help="run the ears alone over recordings", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="WAV, FLAC or OGG of any rate and channel count")
    parser.add_argument(
        "--state", default="set", help="what is listened for: set, rest, question (yes/no), number (0-10), or a phase; default: set"
    )
    parser.add_argument("--jsonl", action="store_true", help="one JSON object a detection")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Hears each file from a fresh start."""
    house = open_house(options.home)
    recordings = {path: read_recording(path) for path in options.files}
    with Parts(house) as parts:
        if options.state not in parts.phrasebook.moments:
            raise Unreadable(f'There is no state "{options.state}".', f"Known are: {', '.join(parts.phrasebook.moments)}.")
        ensure_model(house, lambda sentence: print(sentence, file=sys.stderr))  # noqa: T201 - stdout is for what is heard
        model = SpeechModel(house.model)
        for path, recording in recordings.items():
            heard = list(_heard(parts, model, recording, options.state))
            shown = [_show(parts, one, path, options) for one in heard]
            if not any(shown) and not options.jsonl:
                tell(f"{path}  nothing that can be said in the state {options.state} was heard")
            if not options.jsonl:
                _tell_level([one.level for one in heard if one.level], path)
    return 0


def _heard(parts: Parts, model: SpeechModel, recording: Pcm, state: str) -> Iterator[Heard]:
    ears = parts.ears(model)
    ears.scope(parts.phrasebook.grammar(state))
    samples = recording.samples
    tail = np.random.default_rng(0).standard_normal(round(TAIL_S * EARS_RATE_HZ) + EARS_BLOCK).astype(np.float32) * np.float32(NOISE_FLOOR)
    samples = np.concatenate([samples, tail])
    nothing = np.zeros(EARS_BLOCK, np.float32)
    for start in range(0, len(samples) - EARS_BLOCK + 1, EARS_BLOCK):
        yield from ears.feed(samples[start : start + EARS_BLOCK], nothing)


def _tell_level(levels: Sequence[Level], path: Path) -> None:
    """How loud the last voice was, and what to do about it."""
    if levels:
        last = levels[-1]
        advice = ADVICE[last.trouble] if last.trouble else "That is good."
        tell(f"{path}  the voice: {last.voice_dbfs:.0f} dBFS, {last.over_room_db:.0f} dB above the room. {advice}")


def _show(parts: Parts, heard: Heard, path: Path, options: argparse.Namespace) -> bool:
    """Shows what was heard. False when it means nothing."""
    meant = interpret(heard, options.state, parts.phrasebook)
    if isinstance(meant, Unclear):
        if meant.worrying and not options.jsonl:
            tell(f"{path}  {heard.at_s:7.2f} s  perhaps a safety phrase  ({meant.text})")
        return meant.worrying
    found: dict[str, object] = {
        "file": str(path),
        "at_s": round(heard.at_s, 3),
        "intent": meant.intent.value,
        "phrase": meant.phrase,
        "stage": heard.stage.value,
    }
    found |= {"value": meant.value} if meant.value is not None else {}
    found |= {"topic": meant.topic} if meant.topic else {}
    found |= {"voice_dbfs": heard.level.voice_dbfs, "over_room_db": heard.level.over_room_db} if heard.level else {}
    if options.jsonl:
        tell(json.dumps(found))
    else:
        value = f" {meant.value}" if meant.value is not None else ""
        tell(f"{path}  {heard.at_s:7.2f} s  {heard.stage.value} {meant.intent}{value}  ({heard.text})")
    return True
