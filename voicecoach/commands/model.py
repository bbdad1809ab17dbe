"""`voicecoach model`: brings the speech model, checks it, and says where it came from."""

import argparse
from pathlib import Path

from voicecoach import places
from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.speech_model import install_model


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("model", help="fetch or install the speech model", description=__doc__)
    parser.add_argument(
        "--from", type=Path, dest="source", metavar="FILE|DIR", help="an archive or a folder that holds the model; default: its maker"
    )
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Installs it."""
    house = house_of(options)
    tell(install_model(places.model(house.home), places.manifest(), options.source, tell))
    return 0
