"""`voicecoach demo`: a short real session with a simulated person. Real recogniser, real voice, virtual time; needs no sound device."""

import argparse
from pathlib import Path

from voicecoach.commands.options import Commands, add_home, exit_code, house_of, tell
from voicecoach.commands.rehearse import rehearse
from voicecoach.rehearsal.scenario import read_scenario

SCENARIO = Path(__file__).resolve().parent.parent / "rehearsal" / "demo.toml"
FILES = (
    ("speaker.wav", "what the coach said"),
    ("microphone.wav", "what its ears got"),
    ("transcript.txt", "who said what"),
    ("events.jsonl", "the log"),
    ("timeline.svg", "a picture of the session"),
)


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("demo", help="a short session with a simulated person; needs no sound device", description=__doc__)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the recording, the log and the picture go; default: demo/ in the home folder"
    )
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Plays the evening and says where it can be heard and seen."""
    house = house_of(options)
    out = options.out or house.home / "demo"
    tell("A session with a simulated person. The ears and the voice are the real ones; only time runs faster.")
    outcome = rehearse(house, read_scenario(SCENARIO), out, seed=0, journal=None)
    tell("")
    for name, what in FILES:
        tell(f"{out / name}: {what}")
    return exit_code(outcome)
