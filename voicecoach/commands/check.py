"""`voicecoach check`: looks at everything that a session needs, one line each. Exit code 0 only if a session can start."""

import argparse
import shutil
from collections.abc import Callable

from voicecoach import places, speech_model
from voicecoach.app import Parts
from voicecoach.commands.first_words import hear_first_words, remarks
from voicecoach.commands.options import Commands, add_home, tell
from voicecoach.commands.say import in_numbers
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.word_model import Spotter, WordModel
from voicecoach.errors import CheckFailed, CoachError
from voicecoach.house import House, open_house
from voicecoach.messages.lines import Line
from voicecoach.notes import open_journal, told_of_recordings
from voicecoach.sound.devices import Device, Direction, choose
from voicecoach.understanding.phrasebook import Phrasebook
from voicecoach.wording import check_vocabulary

LEAST_FREE_MB = 50
"""Rendered sentences and years of journal take some 20 MB."""

NEEDS = {"vocabulary": ("prompts", "model"), "voice": ("prompts",), "sound": ("prompts", "voice", "microphone", "speaker")}
"""What can only be looked at when something else is whole: one mistake is told once."""


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("check", help="look at everything a session needs", description=__doc__)
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Checks one thing after the other; what fails doesn't keep the others from being looked at."""
    if not _told("settings", lambda: _settings(options)):
        return 1
    house = open_house(options.home)
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("prompts", lambda: _prompts(house)),
        ("model", lambda: _model(house)),
        ("word model", _word_model),
        ("vocabulary", lambda: _vocabulary(house)),
        ("voice", lambda: _voice(house)),
        ("microphone", lambda: _chosen(_device(house, "microphone"))),
        ("speaker", lambda: _chosen(_device(house, "speaker"))),
        ("disk", lambda: _disk(house)),
        ("journal", lambda: _journal(house)),
        ("sound", lambda: _sound(house)),
    )
    mended: dict[str, bool] = {}
    for name, look in looks:
        blocked = [other for other in NEEDS.get(name, ()) if not mended[other]]
        if blocked:
            tell(f"to mend  {name}: not looked at until {' and '.join(f'the {other}' for other in blocked)} can be used")
        mended[name] = not blocked and _told(name, look)
    return 0 if all(mended.values()) else 1


def _told(name: str, look: Callable[[], str]) -> bool:
    try:
        tell(f"ok       {name}: {look()}")
    except CoachError as error:
        tell(f"to mend  {name}: {error}")
        return False
    return True


def _settings(options: argparse.Namespace) -> str:
    house = open_house(options.home)
    return f"a {house.settings.plan.routine} session, home {house.home}"


def _prompts(house: House) -> str:
    with Parts(house) as parts:
        return in_numbers(parts)


def _model(house: House) -> str:
    folder = places.model(house.home)
    speech_model.verify(folder, places.manifest())
    return f"whole, {folder}"


def _word_model() -> str:
    speech_model.verify_own(places.manifest())
    model = WordModel.load(places.word_model())
    Spotter(model)
    return f"knows {len(model.words)} words"


def _vocabulary(house: House) -> str:
    phrasebook = Phrasebook.load(house.prompts)
    check_vocabulary(house.prompts, phrasebook, SpeechModel(house.model))
    return f"the model knows all {len({word for phrase in phrasebook.every_phrase() for word in phrase.split()})} words"


def _voice(house: House) -> str:
    with Parts(house) as parts:
        sound = parts.shelf.pcm(parts.script.sentence(Line("greeting.hello")))
    return f"{house.settings.voice} speaks ({sound.duration_s:.1f} s)"


def _device(house: House, direction: Direction) -> Device:
    return choose(direction, house.settings.microphone if direction == "microphone" else house.settings.speaker)


def _chosen(device: Device) -> str:
    return f'"{device.name}", because {device.reason}'


def _disk(house: House) -> str:
    there = next(folder for folder in (house.home, *house.home.parents) if folder.exists())
    free_mb = shutil.disk_usage(there).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        raise CheckFailed(f"Only {free_mb} MB are free in {there}.", f"Make room: {LEAST_FREE_MB} MB are needed.")
    return f"{free_mb} MB free"


def _journal(house: House) -> str:
    """All of the file is read for it, which a start has no time for when there are years in it."""
    journal = open_journal(house)
    trouble, behind, flaw, count = journal.trouble(), journal.behind, journal.flaw(), len(journal.sessions())
    journal.close()
    if behind or trouble:
        raise CheckFailed(trouble or "The journal can't be written.", f"Look at {house.journal}.")
    if flaw:
        raise CheckFailed(
            f"The journal {house.journal} is damaged ({flaw}).",
            "Save what `voicecoach history --json` can read, and move the file away; a new one is begun then. The card may be failing.",
        )
    return f"{count} sessions in {house.journal}, whole; {told_of_recordings(house) or 'no sound of any of them'}"


def _sound(house: House) -> str:
    """Raises CheckFailed when something is not safe; every figure has its line then, too."""
    tell("         sound: the coach says its greeting now, to hear itself")
    found = hear_first_words(house, _device(house, "microphone"), _device(house, "speaker"))
    with Parts(house) as parts:
        told = list(remarks(found, parts.script))
    for remark in told:
        verdict = "to mend" if remark.unsafe else "better" if remark.advice else "ok"
        tell(f"{verdict:8} {remark.name}: {remark.figure}{remark.advice and f'. {remark.advice}'}")
    if any(remark.unsafe for remark in told):
        raise CheckFailed("A safety word might not be heard.", "Mend what is said above, and check again.")
    advice = sum(bool(remark.advice) for remark in told)
    return "as it should be" if not advice else "good enough to begin, and better with the advice above"
