"""`voicecoach setup`: sets the coach up by asking, aloud and on the screen. What is done is kept at once, so it goes on where it was left.

Answer aloud, or type: Enter or y for yes, n for no, a number where there is a list. Nothing moves: to lie down is all that is asked.
"""

import argparse
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import TypeAlias

from voicecoach.anew import carried_over
from voicecoach.app import Parts
from voicecoach.chosen import Value, keep_chosen
from voicecoach.coach.first_run import FirstRun
from voicecoach.coach.plan import emergency_number
from voicecoach.coach.setting_up import BY_EAR, DEVICES, DONE, LEVELS, LOCALE, LOUDNESS, MAT, STEPS, Todo
from voicecoach.commands.alone import alone
from voicecoach.commands.by_hand import hands, hush_for, untried
from voicecoach.commands.first_words import FirstWords
from voicecoach.commands.joined import Joined
from voicecoach.commands.options import Commands, add_devices, add_home, exit_code, show, tell
from voicecoach.commands.screen import outlive_the_window
from voicecoach.commands.sound_path import SoundPath
from voicecoach.curriculum import locale
from voicecoach.errors import Missing
from voicecoach.house import House, ensure_model, open_house
from voicecoach.live import Inbox, read_keyboard
from voicecoach.messages.memory import Memory
from voicecoach.notes import day, now
from voicecoach.onlookers import wired
from voicecoach.rehearsal.transcript import Transcript
from voicecoach.sound.devices import Direction, choose, sound_devices
from voicecoach.tables import known
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.phrasebook import Phrasebook

WHY = {
    "devices": "which microphone and speaker are yours, for what is not heard can't be obeyed",
    "levels": "how the room sounds, so that you are heard while the coach talks",
    "loudness": "how loud the coach is, so that you hear each word from the mat",
    "mat": 'that "pain" and "stop" are heard when you lie face down, for they end everything',
    "locale": "the number to call for help, which the coach names and can't call itself",
    "units": "inches or centimetres, so that a height means something to you",
}
"""What each step is for, as it stands on the screen; the coach says it too when it is asked."""
NUMBER = "first_run.emergency"
"""The line that asks whether a number is the one to call."""
WITH_DEVICES = (DEVICES, LEVELS, LOUDNESS, MAT)
"""The steps that hold for the devices they were done with."""
Log: TypeAlias = Callable[[Mapping[str, object]], None]


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("setup", help="set the coach up, step by step, by voice or keyboard", description=__doc__)
    add_devices(parser)
    parser.add_argument("--keyboard", action="store_true", help="only type; what needs a microphone is left for later")
    parser.add_argument("--again", action="store_true", help="go through all of it, also what is done")
    parser.add_argument("--emergency", metavar="NUMBER", help="the three digits to call where you live, if it isn't one that is asked for")
    add_home(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Says what is done and what is to do, and does it."""
    if carried_over():
        tell("You ended it by a word. `voicecoach setup` goes on with what is left.")
        return 0
    house = open_house(options.home)
    if options.emergency:
        keep_chosen(house.home, {"plan.emergency": emergency_number(options.emergency), "set_up": [*_others(house, LOCALE), LOCALE]})
        house = open_house(options.home)
    done = () if options.again else house.settings.set_up
    for step in STEPS:
        tell(f"{'done' if step in done else 'to do':8} {step}: {WHY[step]}")
    if set(STEPS) <= set(done):
        tell("All is set up. Start with: voicecoach. To go through it once more: voicecoach setup --again")
        return 0
    outcome = _asked(options, house, tuple(step for step in STEPS if step not in done))
    left = _tell_rest(open_house(options.home), outcome)
    return exit_code(outcome) or int(left)


def _asked(options: argparse.Namespace, house: House, steps: tuple[str, ...]) -> str:
    """Asks what is to do, as far as there are ears and a voice for it. The outcome."""
    typing = options.keyboard or sys.stdin.isatty()
    try:
        if DEVICES in steps and typing:
            _choose(options, house)
        sound = SoundPath(house, options)
    except Missing as error:
        if options.keyboard:
            raise
        tell(f"{error.what} What needs ears is left for later; the rest is asked on the screen: type your answers.")
        options.keyboard = typing = True
        sound = SoundPath(house, options)
    left = {step for step in steps if (step in BY_EAR and not sound.hears) or (step == LOUDNESS and not sound.speaks)}
    now_done = tuple(step for step in steps if step not in left)
    if not now_done:
        return "silence"
    if sound.hears:
        ensure_model(house, tell)
    todo = Todo(now_done, _emergencies(house), house.settings.loudness_db)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    outlive_the_window(hears=sound.hears)
    return _talk(house, sound, todo, _keeping(house, sound.named), typing=typing)


def _talk(house: House, sound: SoundPath, todo: Todo, log: Log, *, typing: bool) -> str:
    inbox = Inbox()
    with alone(house.home), Parts(house) as parts, ExitStack() as ends:
        coach = FirstRun(house.settings.plan, parts.curriculum, Memory(day(now())), todo)
        asked = Asked(log)
        joined = Joined(parts, sound, coach, inbox, FirstWords(parts.calibration, house, sound.devices, now(), show), asked.log)
        button = replace(house.settings.wired, lights=())
        list(wired.begin(button, hands(parts.speaker, parts.phrasebook, parts.curriculum.mat, inbox), ends))
        if typing:
            lines = _typed(map(asked.answered, sys.stdin), parts.phrasebook, [test.word for test in parts.curriculum.mat])
            alone_typed = not sound.hears and sys.stdin.isatty()
            read_keyboard(lines, inbox, hush_for(parts.speaker, parts.phrasebook), alone=alone_typed)
        return joined.run({})


class Asked:
    """Knows which number to call is asked about: three digits that are typed then are an answer, and no call for help."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._number = ""

    def log(self, event: Mapping[str, object]) -> None:
        """What happens, on its way to the log."""
        if event["event"] == "line_started":
            self._number = "".join(re.findall(r"\d", str(event["text"]))) if event["line"] == NUMBER else ""
        self._log(event)

    def answered(self, line: str) -> str:
        """What a typed line says."""
        digits = "".join(line.split())
        if not self._number or not re.fullmatch(r"[0-9]{3}", digits):
            return line
        return "yes" if digits == self._number else "no"


def _keeping(house: House, devices: Mapping[str, str]) -> Log:
    """Shows what happens, and keeps what was chosen as soon as it was, with the `devices` that it was tried with, where they were named."""
    transcript = Transcript(show)

    def log(event: Mapping[str, object]) -> None:
        if event["event"] == DONE:
            chosen: dict[str, Value] = {name: value for name, value in event.items() if name in ("loudness_db", "locale", "units")}  # type: ignore[misc]
            step = str(event["step"])
            tried = devices if step in WITH_DEVICES else {}
            keep_chosen(house.home, {**chosen, **tried, "set_up": [*_others(open_house(house.home), step), step]})
            if step == LOCALE and open_house(house.home).settings.plan.emergency != event["emergency"]:
                keep_chosen(house.home, {"plan.emergency": None})  # one that was set before would be called, though it was just refused
            show(f"kept      {step}")
        elif event["event"] != "phase":
            transcript.event(event)

    return log


def _others(house: House, step: str) -> list[str]:
    return [other for other in house.settings.set_up if other != step]


def _typed(lines: Iterable[str], phrasebook: Phrasebook, tried: list[str]) -> Iterator[str]:
    """What is typed. Enter is yes. A safety word that the ears are tried with is meant when it is typed: no ear has heard it."""
    for line in lines:
        heard = typed(line, phrasebook, 0.0)
        meaning = phrasebook.anywhere(heard.text) if heard and heard.text in tried else None
        yield untried(meaning.intent, phrasebook, tried) if meaning else line if line.strip() else "yes"


def _choose(options: argparse.Namespace, house: House) -> None:
    """Microphone and speaker by number, where there are several and none was named. Raises Missing where there is none."""
    found = sound_devices()
    directions: tuple[Direction, ...] = ("speaker",) if options.keyboard else ("microphone", "speaker")
    for direction in directions:
        mine = [device for device in found if device.direction == direction]
        if getattr(options, direction) or not mine:
            continue
        usual = choose(direction, getattr(house.settings, direction), found)
        names = [usual.name, *(device.name for device in mine if device.name != usual.name)]
        for n, name in enumerate(names, 1):
            tell(f"{n:3}  {name}{f'  (because {usual.reason})' if n == 1 else ''}")
        answer = _number(f"Which {direction}? Enter for 1, or another number: ", len(names)) if len(names) > 1 else 1
        if answer != 1:
            keep_chosen(house.home, {direction: names[answer - 1]})
            setattr(options, direction, names[answer - 1])


def _number(question: str, most: int) -> int:
    """1 for what is none of them."""
    try:
        answer = input(question).strip()
    except EOFError:
        return 1
    return int(answer) if answer.isdecimal() and 1 <= int(answer) <= most else 1


def _emergencies(house: House) -> tuple[tuple[str, str], ...]:
    """Each number once, with the first locale that has it: what is set, then all others."""
    found = {house.settings.plan.emergency: house.settings.locale}
    for name in known(house.prompts):
        found.setdefault(locale.load(house.prompts.with_name(name)).emergency, name)
    return tuple((name, number) for number, name in found.items())


def _tell_rest(house: House, outcome: str) -> bool:
    """What is still to do; gives whether anything is."""
    left = [step for step in STEPS if step not in house.settings.set_up]
    tell("")
    if DEVICES in left and outcome == "silence":
        tell("No yes was heard. `voicecoach check` tells what is wrong; `voicecoach setup --microphone NAME` takes another one.")
    if LOCALE in left:
        tell("To set your emergency number: voicecoach setup --emergency 000, with yours")
    if left:
        tell(f"Still to do: {', '.join(left)}. `voicecoach setup` goes on there.")
    else:
        tell("All is set up. Start with: voicecoach")
    return bool(left)
