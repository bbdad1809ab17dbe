"""`voicecoach card`: what can be said, to read or to print."""

import argparse
from pathlib import Path

from voicecoach.card import read_card
from voicecoach.commands.options import Commands, add_home, house_of, tell, write
from voicecoach.durable import SHARED
from voicecoach.safety import with_all_safety
from voicecoach.understanding.phrasebook import Phrasebook


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("card", help="what can be said, to read or to print", description=__doc__)
    parser.add_argument("--html", type=Path, metavar="FILE", help="a page to print, A4")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints it, or writes the page."""
    house = house_of(options)
    card = read_card(house.prompts, with_all_safety(Phrasebook.load(house.prompts), house.prompts))
    if options.html:
        write(options.html, card.as_html(house.settings.locale).encode(), SHARED)
        tell(f"{options.html}: open it in a browser, and print it.")
    else:
        tell(card.as_text())
    return 0
