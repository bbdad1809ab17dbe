"""`voicecoach forget`: deletes everything about somebody: name, settings by voice, answers, sessions."""

import argparse

from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.errors import Unreadable
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import Person
from voicecoach.notes import open_journal, troubles
from voicecoach.settings import FILE_NAME

YES = ("y", "yes")


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("forget", help="delete everything about somebody", description=__doc__)
    parser.add_argument("who", metavar="NAME|NUMBER", help="a name, or the number of somebody without one; the first is 1")
    parser.add_argument("--yes", action="store_true", help="don't ask")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Asks once, then deletes."""
    house = house_of(options)
    journal = open_journal(house)
    person = _found(journal, options.who)
    called = person.name or f"number {person.id}"
    if not options.yes and not _agreed(f"Delete all {len(person.sessions)} sessions and everything else about {called}? y/N "):
        tell("Nothing was deleted.")
        return 0
    journal.forget(person.id)
    tell(f"Everything about {called} is deleted.")
    for trouble in troubles(journal):
        tell(trouble)
    if any(person.id == known.id or (person.name and person.name == known.name) for known in house.settings.people):
        tell(f"{house.home / FILE_NAME} still has a [[people]] about {called}: take it out there.")
    return 0


def _found(journal: Journal, who: str) -> Person:
    people = journal.people()
    found = [person for person in people if who.lower() in ((person.name or "").lower(), str(person.id))]
    if not found:
        there = ", ".join(person.name or str(person.id) for person in people) or "nobody"
        raise Unreadable(f'The journal knows nobody called "{who}".', f"It knows: {there}.")
    return found[0]


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in YES
    except EOFError:
        return False
