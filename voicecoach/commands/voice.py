"""`voicecoach voice`: which voices there are, which one speaks and why; with a NAME it picks that one, and makes its sentences.

Exit code 3 where the voice isn't there: then nothing is changed.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from voicecoach.app import Parts
from voicecoach.chosen import keep_chosen
from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.commands.say import sound_out
from voicecoach.errors import CoachError, Unreadable
from voicecoach.house import House
from voicecoach.notes import now, open_journal, remembered
from voicecoach.progress import counted
from voicecoach.settings import FILE_NAME
from voicecoach.tables import read_table
from voicecoach.voice import neural_driver
from voicecoach.voice.renderer import Renderer, is_neural

PREVIEW = ("greeting.hello", "greeting.words", "set.brace", "set.lift")
"""Lines that a preview says: how it greets, and how it cues."""


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("voice", help="list the voices, hear one, pick one", description=__doc__)
    parser.add_argument("name", nargs="?", metavar="NAME", help="the voice to pick, or to hear")
    parser.add_argument("--preview", action="store_true", help="only let it be heard")
    parser.add_argument("--out", type=Path, metavar="FILE.wav", help="with --preview: write the sound there, and need no speaker")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Lists, previews or picks."""
    house = house_of(options)
    if options.out and not options.preview:
        raise Unreadable("--out says where a preview goes.", "Write: voicecoach voice NAME --preview --out FILE.wav")
    if options.name is None and not options.preview:
        _list(house)
        return 0
    chosen = House(house.home, replace(house.settings, voice=house.settings.voice if options.name is None else options.name))
    with Renderer(chosen.settings.voice, chosen.settings.words_per_minute) as renderer:
        renderer.render("Hello.")  # a voice that isn't there is no voice to pick
    if options.preview:
        _preview(chosen, options.out)
    else:
        _pick(chosen)
    return 0


def _list(house: House) -> None:
    used = house.settings.voice
    with Parts(house) as parts:
        offered = dict.fromkeys((used, neural_driver.VOICE, *parts.curriculum.locale.voices))
        for voice in offered:
            tell(f"{'*' if voice == used else ' '} {voice:16} {_about(voice) if voice != used else _heard(house)}")
        spare = parts.spare
    tell("  and every other voice of espeak-ng, as `espeak-ng --voices=en` lists them")
    tell(f"* speaks, because {_why(house)}, at {house.settings.words_per_minute} words a minute.")
    if is_neural(used):
        tell(f'What it can\'t say in time "{spare}" says.')
    _tell_people(house)
    tell("To hear one: voicecoach voice NAME --preview. To pick one: voicecoach voice NAME.")


def _heard(house: House) -> str:
    """About the voice that is used: what it is, or why it can't speak."""
    with Renderer(house.settings.voice, house.settings.words_per_minute) as renderer:
        try:
            renderer.render("Hello.")
        except CoachError as error:
            return str(error)
    return _about(house.settings.voice)


def _tell_people(house: House) -> None:
    """Who has said "another voice" in a session."""
    if not house.journal.exists():
        return
    journal = open_journal(house)
    for person in remembered(house, journal, now()).people:
        if person.voice:
            tell(f'{person.name or f"Number {person.id}"} has chosen "{person.voice}": that counts for them.')
    journal.close()


def _about(voice: str) -> str:
    if not is_neural(voice):
        return "espeak-ng: a robot's, light"
    try:
        return f"like a person's, made once and kept ({neural_driver.engine()})"
    except ImportError:
        return f"like a person's, not installed. {neural_driver.INSTALL}"


def _why(house: House) -> str:
    path = house.home / FILE_NAME
    table = read_table(path) if path.exists() else {}
    return f"{path} says so" if "voice" in table else f'it is the usual one of the locale "{house.settings.locale}"'


def _preview(house: House, out: Path | None) -> None:
    with Parts(house) as parts:
        sound_out([text for line in PREVIEW for text in parts.script.entry(line).say[:1]], parts, out)


def _pick(house: House) -> None:
    """The setting first: whoever interrupts the making has picked, and the next session makes the rest."""
    voice = house.settings.voice
    path = keep_chosen(house.home, {"voice": voice})
    tell(f'"{voice}" speaks from the next session on. That stands in {path}.')
    _tell_people(house)
    if is_neural(voice):
        _make(house)


def make_sentences(parts: Parts) -> None:
    """Makes all that are to be stocked and aren't kept yet, with a bar on a terminal. Raises CoachError where there is no sound of one."""
    for _ in counted(parts.stock(), len(parts.unmade() or ()), "sentences"):
        pass


def _make(house: House) -> None:
    with Parts(house) as parts:
        unmade = len(parts.unmade() or ())
        if unmade:
            tell(f"{unmade} sentences to make. Ctrl-C ends that; the next session makes the rest.")
        try:
            make_sentences(parts)
        except KeyboardInterrupt:
            tell(f"{len(parts.unmade() or ())} sentences are left: the next session makes them beside itself.")
            return
    tell("All its sentences are made, and kept.")
