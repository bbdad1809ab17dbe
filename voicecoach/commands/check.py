"""`voicecoach check`: looks at everything that a session needs, one line each. Exit code 0 only if a session can start.

With --fix it offers to mend what can be mended by itself, one after the other, and says what it did. Nothing of yours is thrown away: what
can't be used is set aside beside its place.
"""

import argparse

from voicecoach.commands.checks import beside, hears, knows, remembers, speaks
from voicecoach.commands.checks.looks import Round, agreed, asked
from voicecoach.commands.options import Commands, add_home
from voicecoach.errors import Unreadable
from voicecoach.house import House, open_house


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("check", help="look at everything a session needs, and mend it on request", description=__doc__)
    parser.add_argument("--fix", action="store_true", help="offer to mend what can be mended by itself")
    parser.add_argument("--yes", action="store_true", help="with --fix: mend it without asking")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Looks at what was set, and by that at everything else."""
    if options.yes and not options.fix:
        raise Unreadable("--yes answers what --fix asks.", "Run: voicecoach check --fix --yes")
    lookout = Round(None if not options.fix else agreed if options.yes else asked)
    lookout.look("What it knows to say", knows.looks(options.home))
    if lookout.whole("settings") and (house := _house(options)) is not None:
        lookout.look("What it remembers", remembers.looks(house))
        lookout.look("How it speaks", speaks.looks(lambda: open_house(options.home)))
        lookout.look("How it hears", hears.looks(lambda: open_house(options.home)))
        if set_up := beside.looks(house):
            lookout.look("What else is set", set_up)
    return lookout.verdict()


def _house(options: argparse.Namespace) -> House | None:
    """None where the words can't even be read; that was told."""
    try:
        return open_house(options.home)
    except Unreadable:
        return None
