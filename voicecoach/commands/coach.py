"""`voicecoach` or `voicecoach coach`: a live session, from the microphone to the speaker."""

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from voicecoach.anew import carried_over
from voicecoach.app import Parts
from voicecoach.coach.session import Session
from voicecoach.commands.discretion import impersonal, is_system_log
from voicecoach.commands.first_words import FirstWords
from voicecoach.commands.options import Commands, add_home, add_set, exit_code, house_of, tell
from voicecoach.commands.vitals import Guard
from voicecoach.ears.listener import Listener
from voicecoach.ears.recognizer import SpeechModel
from voicecoach.ears.stuck import EarsWatch
from voicecoach.errors import CoachError, Missing, Unreadable
from voicecoach.exchange import Exchange
from voicecoach.house import House, ensure_model
from voicecoach.journal import recordings
from voicecoach.journal.store import Journal
from voicecoach.live import Inbox, Live, Stream, read_keyboard, scoped
from voicecoach.messages.events import Fault, Recovered
from voicecoach.messages.sound import Samples
from voicecoach.notes import Began, Notes, about, not_obeyed, now, open_journal, remembered, troubles
from voicecoach.rehearsal.transcript import Transcript
from voicecoach.sound.devices import Device, choose, pair_name, sound_devices
from voicecoach.sound.duplex import DuplexStream
from voicecoach.sound.keeping import Keeping
from voicecoach.sound.paced import PacedStream, RecordedMicrophone, WavSink
from voicecoach.sound.recording import read_recording

STDOUT = 1
INSTEAD = "Or run `voicecoach coach --keyboard` to type, or `voicecoach demo` for a session with a simulated person."


def add(commands: Commands) -> None:
    """Its arguments."""
    parser = commands.add_parser("coach", help="a live session (what happens without a command)", description=__doc__)
    parser.add_argument("--microphone", metavar="NAME|FILE", help="part of a device's name, or a recording that behaves like a microphone")
    parser.add_argument("--speaker", metavar="NAME|FILE", help="part of a device's name, or a WAV file to write")
    parser.add_argument("--keyboard", action="store_true", help="type what you would say; the coach still speaks")
    parser.add_argument("--keep-audio", action="store_true", help="keep this session's sound in the home folder; the coach says so")
    add_home(parser)
    add_set(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """One session."""
    house = house_of(options)
    sound = _Sound(house, options)
    ensure_model(house, tell)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with Parts(house) as parts:
        outcome = _session(house, parts, sound, keyboard=options.keyboard, keep_audio=options.keep_audio)
    return exit_code(outcome)


def _session(house: House, parts: Parts, sound: "_Sound", *, keyboard: bool, keep_audio: bool) -> str:
    inbox = Inbox()
    journal = open_journal(house)
    if word := carried_over():
        not_obeyed(journal, word)
    started_at = now()
    memory = remembered(house, journal, started_at)
    notes = Notes(journal, house.settings, started_at)
    first_words = FirstWords(parts.calibration, house, sound.devices, notes.started_at, _show)
    model = SpeechModel(house.model) if sound.hears else None
    listener = Listener(parts.ears(model, first_words.drift_ppm), parts.speaker.hush, inbox.put) if model else None
    coach = Session(house.settings.plan, parts.curriculum, memory)
    guard = Guard(parts, coach, inbox, listener)
    live = Live(
        parts.conductor(coach, scoped(parts.phrasebook, listener), _log(notes, inbox)),
        inbox,
        parts.speaker,
        parts.phrasebook,
        EarsWatch(listener, lambda: listener.renew(parts.ears(model)) if listener and model else None),
        first_words.look,
    )
    for trouble in troubles(journal):
        tell(trouble)
    _attend(listener, inbox, keyboard=keyboard)
    _stock_beside(house)
    kept = _kept(house, notes, inbox) if keep_audio else None
    began = Began(memory, made_up=False, level=coach.course.level.id)
    told = about(house, began, started_at) | {"recorded": kept is not None}
    with ExitStack() as ends:  # the last one named ends first
        ends.callback(_closed, notes, journal)
        if kept is not None:
            ends.callback(kept.stop)
        if listener is not None:
            ends.callback(listener.stop)
        ends.callback(guard.end)
        guard.begin()
        try:
            return live.run(sound.stream(Exchange(parts.speaker, listener, inbox.put, kept.take if kept else None)), told)
        except Missing as error:
            raise Missing(f"{error.what} {error.next_step}", INSTEAD) from None


def _attend(listener: Listener | None, inbox: Inbox, *, keyboard: bool) -> None:
    """From here on, whatever is said or typed arrives."""
    if listener is not None:
        listener.start()
    if keyboard:
        tell('Type what you would say, and press Enter. "stop" and "pain" work at any moment.')
        read_keyboard(sys.stdin, inbox)


def _closed(notes: Notes, journal: Journal) -> None:
    notes.close()
    for trouble in troubles(journal):
        _show(trouble)


def _log(notes: Notes, inbox: Inbox) -> Callable[[Mapping[str, object]], None]:
    transcript = Transcript(_show)
    discreet = is_system_log(STDOUT)
    told = False

    def log(event: Mapping[str, object]) -> None:
        nonlocal told
        refused = notes.keep(event)  # first: what has been shown is kept, wherever the plug is pulled
        if (shown := impersonal(event) if discreet else event) is not None:
            transcript.event(shown)
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


def _show(line: str) -> None:
    """A terminal that went away must not keep the coach from obeying."""
    with suppress(OSError):
        tell(line)


def _stock_beside(house: House) -> None:
    """Renders every sentence into the cache from a thread with a voice of its own, while the session has already begun."""

    def stock() -> None:
        with suppress(CoachError), Parts(house) as parts:
            parts.stock()

    threading.Thread(target=stock, name="stock", daemon=True).start()


class _Sound:
    """Where the sound comes from and goes to. Built first, so that a missing device is told before anything is loaded."""

    def __init__(self, house: House, options: argparse.Namespace) -> None:
        self._recording: Path | None = None
        self._sink: Path | None = None
        microphone = options.microphone or house.settings.microphone
        speaker = options.speaker or house.settings.speaker
        if microphone and _is_recording(microphone):
            self._recording = Path(microphone)
            read_recording(self._recording)
        if speaker and speaker.lower().endswith(".wav"):
            self._sink = Path(speaker)
        wants_microphone = self._recording is None and not options.keyboard
        self.hears = self._recording is not None or wants_microphone
        self._microphone, self._speaker = self._devices(
            microphone if wants_microphone else None, speaker if self._sink is None else None, wants_microphone, keyboard=options.keyboard
        )

    @property
    def devices(self) -> str | None:
        """The name of both devices, None where a file stands for one."""
        return pair_name(self._microphone, self._speaker) if self._microphone and self._speaker else None

    def _devices(
        self, microphone: str | None, speaker: str | None, wants_microphone: bool, *, keyboard: bool
    ) -> tuple[Device | None, Device | None]:
        if not wants_microphone and self._sink is not None:
            return None, None
        try:
            found = sound_devices()
            return (
                choose("microphone", microphone, found) if wants_microphone else None,
                choose("speaker", speaker, found) if self._sink is None else None,
            )
        except Missing as error:
            if keyboard and speaker is None:
                tell(f"{error.what} The coach's words are only printed.")
                return None, None
            raise Missing(
                f"{error.what} A live session needs a microphone and a loudspeaker.",
                f"Plug them in and try again. {INSTEAD}",
            ) from None

    def stream(self, exchange: Exchange) -> Stream:
        """The stream that calls `exchange`."""
        recording = None if self._recording is None else read_recording(self._recording)
        if self._microphone is None and self._speaker is None:
            return PacedStream(recording, exchange, self._sink, exchange.report)
        return DuplexStream(self._microphone, self._speaker, self._around(exchange, RecordedMicrophone(recording)), exchange.report)

    def _around(self, exchange: Exchange, recorded: RecordedMicrophone) -> Callable[[Samples, Samples], Samples]:
        """The exchange with a file in the place of a device."""
        sink = WavSink(self._sink) if self._sink else None

        def exchanged(microphone: Samples, played: Samples) -> Samples:
            nonlocal sink
            voice = exchange(microphone if self._microphone else recorded.block(), played)
            if sink:
                try:
                    sink.write(voice)
                except OSError as error:
                    sink = None
                    exchange.report(Fault("speaker", f"{self._sink} can't be written any more ({error.strerror})."))
            return voice

        return exchanged


def _is_recording(name: str) -> bool:
    return Path(name).is_file() or name.lower().endswith((".wav", ".flac", ".ogg"))
