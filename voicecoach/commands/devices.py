"""`voicecoach devices`: what there is, what would be used, and why. Exit code 0 when a session could hear and speak."""

import argparse

from voicecoach.commands.first_words import in_short
from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.errors import CoachError, Missing
from voicecoach.journal.calibrations import Calibrations
from voicecoach.sound.devices import Device, choose, pair_name, sound_devices


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("devices", help="sound devices, which one is used for what, and why", description=__doc__)
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Lists the devices and marks the chosen ones."""
    house = house_of(options)
    settings = house.settings
    found = sound_devices()
    for device in found:
        tell(f"{device.direction:10}  {device.name}  ({device.host_api}, {device.channels} channels, {device.rate_hz} Hz)")
    pair: list[Device] = []
    problems: list[CoachError] = []
    for direction, wanted in (("microphone", settings.microphone), ("speaker", settings.speaker)):
        try:
            chosen = choose(direction, wanted, found)  # type: ignore[arg-type]
            pair.append(chosen)
            tell(f'As {direction}: "{chosen.name}", because {chosen.reason}.')
        except CoachError as problem:
            problems.append(problem)
    if problems:
        raise Missing(" ".join(problem.what for problem in problems), problems[0].next_step)
    _tell_last(Calibrations(house.calibrations), pair_name(*pair))
    return 0


def _tell_last(kept: Calibrations, name: str) -> None:
    """What was measured there last, if anything was."""
    if kept.trouble:
        tell(kept.trouble)
    elif figures := kept.last(name):
        tell(f"Last heard there on {kept.last_at(name)}: {in_short(figures)}.")
