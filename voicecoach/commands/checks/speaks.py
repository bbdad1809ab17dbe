"""What it speaks with: the voice, its sentences, the loudspeaker and how loud that is."""

from collections.abc import Callable
from functools import partial

from voicecoach.app import Parts
from voicecoach.chosen import keep_chosen
from voicecoach.commands.checks.looks import Better, Fix, Look, Mendable
from voicecoach.commands.voice import make_sentences
from voicecoach.errors import CoachError, Unreadable
from voicecoach.house import House
from voicecoach.messages.lines import Line
from voicecoach.sound import volume
from voicecoach.sound.devices import Device, Direction, choose

LEAST_PERCENT = 25
"""Servers reckon by the cube: that is 36 dB below full, where hardly anything is left."""
GOOD_PERCENT = 45
"""20 dB below full."""
SET_PERCENT = 80
"""What a fix sets: 6 dB below full."""
MOST_PERCENT = 100
"""Beyond that a server multiplies, and cuts off what is too large for it."""


def looks(opened: Callable[[], House]) -> tuple[Look, ...]:
    """All of them. `opened` gives the house as it is set now."""
    return (
        Look("voice", lambda: _voice(opened()), ("prompts",)),
        Look("sentences", lambda: _sentences(opened()), ("prompts", "voice")),
        Look("speaker", lambda: chosen(opened(), "speaker")),
        Look("speaker volume", lambda: loud(device_of(opened(), "speaker")), ("speaker",)),
    )


def device_of(house: House, direction: Direction) -> Device:
    """The one that a session takes."""
    return choose(direction, house.settings.microphone if direction == "microphone" else house.settings.speaker)


def chosen(house: House, direction: Direction) -> str:
    """Which that is, and why."""
    try:
        device = device_of(house, direction)
    except Unreadable as error:
        other = choose(direction, None)
        fix = Fix(f'take "{other.name}" instead', partial(_forgotten, house, direction, f'"{other.name}" is used now'))
        raise Mendable(error.what, error.next_step, fix) from None
    return f'"{device.name}", because {device.reason}'


def loud(device: Device) -> str:
    """Whether it is on, and loud enough."""
    found = volume.volume_of(device)
    if found is None:
        return "no program here tells"
    name = device.direction
    fix = Fix(f"switch the {name} on and set it to {SET_PERCENT} %", lambda: _set(found, name, SET_PERCENT))
    if found.muted:
        raise Mendable(f"The {name} is muted.", "Unmute it in the sound settings.", fix)
    if found.percent < LEAST_PERCENT:
        raise Mendable(f"The {name} is turned down to {found.percent} %.", "Turn it up in the sound settings.", fix)
    if found.percent < GOOD_PERCENT:
        raise Better(f"The {name} is turned down to {found.percent} %.", "Turn it up if words get lost.", fix)
    if found.percent > MOST_PERCENT:
        full = Fix(f"set the {name} to {MOST_PERCENT} %", lambda: _set(found, name, MOST_PERCENT))
        raise Better(f"The {name} is turned up to {found.percent} %, which cuts loud sounds off.", f"Set it to {MOST_PERCENT} %.", full)
    return f"{found.percent} %"


def _set(found: volume.Volume, name: str, percent: int) -> str:
    volume.set_volume(found, percent)
    return f"the {name} is on, at {percent} %"


def _forgotten(house: House, setting: str, then: str) -> str:
    keep_chosen(house.home, {setting: None})
    return f"{setting} is out of the settings; {then}"


def _voice(house: House) -> str:
    failed: list[str] = []
    try:
        with Parts(house, failed.append) as parts:
            sound = parts.shelf.pcm(parts.script.sentence(Line("greeting.hello")))
    except CoachError as error:
        strange = house.settings.voice.partition("+")[0] in error.what
        fix = Fix("take the usual voice instead", partial(_forgotten, house, "voice", "the usual voice speaks"))
        raise Mendable(error.what, error.next_step, fix if strange else None) from None
    if failed:
        raise Better(f"{' '.join(failed)}", "Another voice speaks in its place; run: voicecoach voice")
    return f"{house.settings.voice} speaks ({sound.duration_s:.1f} s)"


def _sentences(house: House) -> str:
    with Parts(house) as parts:
        texts, missing = parts.stocked(), parts.unmade()
    if missing is None:
        raise Better(f"Spoken sentences can't be kept in {house.cache}.", "Each session makes them anew; look at the disk.")
    if missing:
        raise Better(
            f"{len(missing)} of {len(set(texts))} sentences aren't made yet.",
            "The first session makes them while it talks.",
            Fix("make the sentences (a minute or two)", lambda: _rendered(house)),
        )
    return f"all {len(set(texts))} are made"


def _rendered(house: House) -> str:
    with Parts(house) as parts:
        make_sentences(parts)
    return "all sentences are made"
