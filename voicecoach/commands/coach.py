"""`voicecoach` or `voicecoach coach`: a live session, from the microphone to the speaker."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing

from voicecoach.anew import carried_over
from voicecoach.app import Parts
from voicecoach.coach.session import Session
from voicecoach.commands.alone import alone
from voicecoach.commands.by_hand import hands, hush_for
from voicecoach.commands.company import company
from voicecoach.commands.discretion import impersonal, is_system_log
from voicecoach.commands.first_words import FirstWords
from voicecoach.commands.joined import Joined
from voicecoach.commands.options import Commands, add_devices, add_home, add_set, exit_code, house_of, tell
from voicecoach.commands.screen import Screen, outlive_the_window
from voicecoach.commands.sound_path import INSTEAD, SoundPath
from voicecoach.errors import Missing, Unreadable
from voicecoach.house import House, ensure_model
from voicecoach.journal import recordings
from voicecoach.journal.store import Journal
from voicecoach.live import Inbox, read_keyboard
from voicecoach.messages.events import Fault, Recovered
from voicecoach.notes import Began, Notes, about, not_obeyed, now, open_journal, remembered, troubles
from voicecoach.onlookers.onlooker import Onlookers
from voicecoach.rehearsal.transcript import Transcript
from voicecoach.sound.keeping import Keeping

STDOUT = 1


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("coach", help="a live session (what happens without a command)", description=__doc__)
    add_devices(parser)
    parser.add_argument("--keyboard", action="store_true", help="type what you would say; the coach still speaks")
    parser.add_argument("--plain", action="store_true", help="print line after line, as where no terminal is, and draw nothing")
    parser.add_argument("--keep-audio", action="store_true", help="keep this session's sound in the home folder; the coach says so")
    add_home(parser)
    add_set(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """One session."""
    house = house_of(options)
    _keep_carried_over(house)
    sound = SoundPath(house, options)
    ensure_model(house, tell)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    outlive_the_window(hears=sound.hears)
    screen = Screen(options, hears=sound.hears)
    with alone(house.home), Parts(house, screen.show) as parts:
        outcome = _session(house, parts, sound, screen, options)
    return exit_code(outcome)


def _session(house: House, parts: Parts, sound: SoundPath, screen: Screen, options: argparse.Namespace) -> str:
    inbox = Inbox()
    journal = open_journal(house)
    started_at = now()
    memory = remembered(house, journal, started_at)
    notes = Notes(journal, house.settings, started_at)
    coach = Session(house.settings.plan, parts.curriculum, memory)
    onlookers = Onlookers(screen.show)
    first_words = FirstWords(parts.calibration, house, sound.devices, notes.started_at, screen.show)
    joined = Joined(parts, sound, coach, inbox, first_words, _log(notes, inbox, onlookers, screen.show))
    for trouble in troubles(journal):
        tell(trouble)
    kept = _kept(house, notes, inbox) if options.keep_audio else None
    began = Began(memory, made_up=False, level=coach.course.level.id)
    told = about(house, began, started_at) | {"recorded": kept is not None}
    parts.beside(left=screen.left)
    with ExitStack() as ends:  # the last one named ends first
        ends.callback(_closed, notes, journal, screen.show)
        onlookers.add(*company(house, hands(parts.speaker, parts.phrasebook, parts.curriculum.mat, inbox), ends), *screen.begin(ends))
        if kept is not None:
            ends.callback(kept.stop)
        if options.keyboard:
            tell('Type what you would say, and press Enter. "stop" and "pain" work at any moment.')
            read_keyboard(sys.stdin, inbox, hush_for(parts.speaker, parts.phrasebook), alone=sys.stdin.isatty())
        try:
            return joined.run(told, *screen.taps, *([kept.take] if kept else []))
        except Missing as error:
            raise Missing(f"{error.what} {error.next_step}", INSTEAD) from None


def _keep_carried_over(house: House) -> None:
    """First of all: without a microphone, say, there is no session, and the word that ended the last one would be lost."""
    if word := carried_over():
        with closing(open_journal(house)) as journal:
            not_obeyed(journal, word)


def _closed(notes: Notes, journal: Journal, show: Callable[[str], None]) -> None:
    notes.close()
    for trouble in troubles(journal):
        show(trouble)


def _log(notes: Notes, inbox: Inbox, onlookers: Onlookers, show: Callable[[str], None]) -> Callable[[Mapping[str, object]], None]:
    transcript = Transcript(show)
    discreet = is_system_log(STDOUT)
    told = False

    def log(event: Mapping[str, object]) -> None:
        nonlocal told
        refused = notes.keep(event)  # first: what has been shown is kept, wherever the plug is pulled
        if (shown := impersonal(event) if discreet else event) is not None:
            transcript.event(shown)
        onlookers.event(event)
        if refused and not told:
            inbox.put(Fault("disk", refused))
        if told and not refused:
            inbox.put(Recovered("disk"))
        told = bool(refused)

    return log


def _kept(house: House, notes: Notes, inbox: Inbox) -> Keeping | None:
    """Begins to keep the sound. Where that can't be, it is told, and there is a session all the same."""
    if notes.number is None:
        tell("The sound isn't kept: the journal can't be written, and nobody would know later whose it is.")
        return None
    try:
        folder = recordings.folder_for(house.journal, notes.number)
        kept = Keeping(folder, lambda why: inbox.put(Fault("recording", f"The recording has stopped: {why}.")))
    except (OSError, Unreadable) as error:
        tell(f"The sound can't be kept ({error}).")
        return None
    tell(f"This session's sound is kept in {folder}. To delete it: that folder, or `voicecoach forget` with your name.")
    return kept
