"""`voicecoach devices`: what there is, what would be used, and why. Exit code 0 when a session could hear and speak."""

import argparse

from voicecoach.commands.options import Commands, add_home, house_of, tell
from voicecoach.errors import CoachError, Missing
from voicecoach.sound.devices import choose, sound_devices


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("devices", help="sound devices, which one is used for what, and why", description=__doc__)
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Lists the devices and marks the chosen ones."""
    settings = house_of(options).settings
    found = sound_devices()
    for device in found:
        tell(f"{device.direction:10}  {device.name}  ({device.host_api}, {device.channels} channels, {device.rate_hz} Hz)")
    problems: list[CoachError] = []
    for direction, wanted in (("microphone", settings.microphone), ("speaker", settings.speaker)):
        try:
            chosen = choose(direction, wanted, found)  # type: ignore[arg-type]
            tell(f'As {direction}: "{chosen.name}", because {chosen.reason}.')
        except CoachError as problem:
            problems.append(problem)
    if problems:
        raise Missing(" ".join(problem.what for problem in problems), problems[0].next_step)
    return 0
