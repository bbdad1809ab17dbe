"""What several commands share: arguments, exit codes, and how they tell something or write it into a file."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from voicecoach.durable import PRIVATE, write_whole
from voicecoach.errors import Unreadable
from voicecoach.house import House, open_house
from voicecoach.messages.memory import Person
from voicecoach.settings import with_assignments

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
"""What `add_subparsers` gives."""


def add_home(parser: argparse.ArgumentParser) -> None:
    """--home DIR."""
    parser.add_argument("--home", type=Path, metavar="DIR", help="the folder of journal, rendered voice and settings.toml")


def add_devices(parser: argparse.ArgumentParser) -> None:
    """--microphone and --speaker."""
    parser.add_argument("--microphone", metavar="NAME|FILE", help="part of a device's name, or a recording that behaves like a microphone")
    parser.add_argument("--speaker", metavar="NAME|FILE", help="part of a device's name, or a WAV file to write")


def add_set(parser: argparse.ArgumentParser) -> None:
    """--set name=value."""
    parser.add_argument(
        "--set", action="append", default=[], dest="assignments", metavar="NAME=VALUE", help="a setting of the plan, as in --set reps=8"
    )


def house_of(options: argparse.Namespace) -> House:
    """The house that the options ask for. Raises Unreadable for a setting that can't be."""
    house = open_house(options.home)
    return House(house.home, with_assignments(house.settings, options.assignments)) if "assignments" in options else house


def somebody(people: Sequence[Person], who: str) -> Person:
    """Whoever of `people` has that name or number. Raises Unreadable, naming those who are known."""
    found = [person for person in people if who.lower() in ((person.name or "").lower(), str(person.id))]
    if not found:
        there = ", ".join(person.name or str(person.id) for person in people) or "nobody"
        raise Unreadable(f'The journal knows nobody called "{who}".', f"It knows: {there}.")
    return found[0]


def write(path: Path, content: bytes, mode: int = PRIVATE) -> None:
    """Puts what was asked for into the file that was named. Raises Unreadable where it can't be."""
    try:
        write_whole(path, content, mode)
    except OSError as error:
        raise Unreadable(f"{path} can't be written ({error.strerror}).", "Name a file in a folder that is there and yours.") from None


def exit_code(outcome: str) -> int:
    """What a command that ran a session exits with: 0 also when the person stopped it or had pain."""
    return {"fault": 4, "interrupted": 130}.get(outcome, 0)


def tell(sentence: str) -> None:
    """One line to the person at the screen, at once."""
    print(sentence, flush=True)  # noqa: T201 - this is what a command line program does


def show(line: str) -> None:
    """As `tell`, amid a session: a terminal that went away must not keep the coach from obeying."""
    with suppress(OSError):
        tell(line)
