"""`voicecoach history`: the sessions so far."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from voicecoach import curriculum
from voicecoach.commands.options import Commands, add_home, house_of, somebody, tell, write
from voicecoach.errors import Unreadable
from voicecoach.house import House
from voicecoach.journal.store import Journal
from voicecoach.notes import now, open_journal, told_of_recordings, troubles
from voicecoach.report.fhir import as_fhir
from voicecoach.report.page import as_html
from voicecoach.report.plain import as_csv, as_json, as_text
from voicecoach.report.sheets import NEEDED, Sheet, sheets
from voicecoach.report.words import counted, level_words


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("history", help="sessions so far", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="every session with its events")
    form.add_argument("--csv", action="store_true", help="one line a session")
    form.add_argument("--html", type=Path, metavar="FILE", help="a page with plots that works offline, for the screen and for paper")
    form.add_argument("--fhir", type=Path, metavar="FILE", help="a FHIR R4 bundle, for a clinic's programs; of one person")
    parser.add_argument("--person", metavar="NAME|NUMBER", help="the sessions of one person only")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prints them, or writes the page or the bundle."""
    house = house_of(options)
    journal = open_journal(house)
    if options.html or options.fhir:
        _write(options, house, _sheets(options, house, journal))
    else:
        _print(options, house, journal)
    journal.close()
    if not options.json and not options.csv:
        for trouble in troubles(journal):
            tell(trouble)
    return 0


def _print(options: argparse.Namespace, house: House, journal: Journal) -> None:
    rows = journal.sessions()
    if options.person:
        theirs = {account.row.id for sheet in _sheets(options, house, journal) for account in sheet.accounts}
        rows = [row for row in rows if row.id in theirs]
    if options.json:
        tell(as_json((row, journal.events(row.id)) for row in rows))
    elif options.csv:
        tell(as_csv(rows).rstrip("\n"))
    else:
        tell(as_text(rows))
        if kept := told_of_recordings(house):
            tell(kept)


def _sheets(options: argparse.Namespace, house: House, journal: Journal) -> Sequence[Sheet]:
    """Everybody's, or that of the one who is named. Raises Unreadable where nobody is called so."""
    people = house.settings.known(journal.people())
    wanted = somebody(people, options.person).id if options.person else None
    found = sheets([(row, journal.events(row.id, NEEDED)) for row in journal.sessions()], people)
    return [sheet for sheet in found if wanted in (None, sheet.person)]


def _write(options: argparse.Namespace, house: House, found: Sequence[Sheet]) -> None:
    levels = level_words(curriculum.load(house.prompts).training.levels)
    moment = dt.datetime.fromisoformat(now())
    if options.html:
        write(options.html, as_html(found, levels, moment.date()).encode())
    elif len(found) == 1:
        write(options.fhir, as_fhir(found[0], levels, moment).encode())
    else:
        there = ", ".join(sheet.called for sheet in found)
        what = f"A bundle is about one person, and the journal tells of {len(found)}" if found else "There is no session to write about"
        raise Unreadable(f"{what}.", f"Name one of them with --person: {there}." if found else "Have one first; a demo doesn't count.")
    tell(f"{counted(sum(len(sheet.accounts) for sheet in found), 'session')}: {options.html or options.fhir}")
