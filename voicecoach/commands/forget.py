"""`voicecoach forget`: deletes everything about somebody: name, settings by voice, answers, sessions."""

import argparse

from voicecoach.commands.options import Commands, add_home, house_of, somebody, tell
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
    person = somebody(journal.people(), options.who)
    called = person.name or f"number {person.id}"
    if not options.yes and not _agreed(f"Delete everything about {called}, with what {len(person.sessions)} sessions hold? y/N "):
        tell("Nothing was deleted.")
        return 0
    journal.forget(person.id)
    tell(f"Everything about {called} is deleted.")
    for trouble in troubles(journal):
        tell(trouble)
    if any(person.id == known.id or (person.name and person.name == known.name) for known in house.settings.people):
        tell(f"{house.home / FILE_NAME} still has a [[people]] about {called}: take it out there.")
    return 0


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in YES
    except EOFError:
        return False
