"""`voicecoach collect`: collects the session summaries of all speakers on the broker that [mqtt] in settings.toml names, each once."""

import argparse
import math
from pathlib import Path

from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.durable import private_folder
from voicecoach.errors import Missing, Unreadable
from voicecoach.onlookers.broker.collecting import Collector
from voicecoach.settings import FILE_NAME


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("collect", help="collect the summaries of many speakers from their broker", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to: a folder a speaker, a file a session")
    parser.add_argument("--for", type=float, default=math.inf, dest="for_s", metavar="SECONDS", help="so long; otherwise until Ctrl-C")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Collects until its time is over."""
    house = house_of(options)
    if house.settings.mqtt is None:
        raise Missing(f"{house.home / FILE_NAME} names no broker.", "Write [mqtt] into it, with host and id.")
    if not options.for_s > 0:
        raise Unreadable("--for needs a number of seconds above 0.", "Write it as in --for 60.")
    try:
        private_folder(options.folder)
    except OSError as error:
        raise Unreadable(f"{options.folder} can't be a folder ({error.strerror}).", "Name another one.") from None
    Collector(house.settings.mqtt, options.folder, tell).run(options.for_s)
    return 0
