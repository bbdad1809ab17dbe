"""`voicecoach history`: the sessions so far."""

import argparse
from pathlib import Path

from voicecoach.commands.options import Commands, add_home, house_of, tell, write
from voicecoach.journal.report import as_csv, as_html, as_json, as_text
from voicecoach.notes import open_journal, told_of_recordings, troubles


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("history", help="sessions so far", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="every session with its events")
    form.add_argument("--csv", action="store_true", help="one line a session")
    form.add_argument("--html", type=Path, metavar="FILE", help="a page with plots that works offline")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints them, or writes the page."""
    house = house_of(options)
    journal = open_journal(house)
    rows = journal.sessions()
    if options.json:
        tell(as_json((row, journal.events(row.id)) for row in rows))
    elif options.csv:
        tell(as_csv(rows).rstrip("\n"))
    elif options.html:
        write(options.html, as_html(rows).encode())
        tell(f"{len(rows)} sessions: {options.html}")
    else:
        tell(as_text(rows))
        if kept := told_of_recordings(house):
            tell(kept)
    journal.close()
    if not options.json and not options.csv:
        for trouble in troubles(journal):
            tell(trouble)
    return 0
