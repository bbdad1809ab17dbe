"""Where a live session's sound comes from and goes to: two devices, or files in their place."""

import argparse
from collections.abc import Callable
from pathlib import Path

from voicecoach.commands.options import tell
from voicecoach.errors import Missing
from voicecoach.exchange import Exchange
from voicecoach.house import House
from voicecoach.live import Stream
from voicecoach.messages.events import Fault
from voicecoach.messages.sound import Samples
from voicecoach.sound.devices import Device, choose, pair_name, sound_devices
from voicecoach.sound.duplex import DuplexStream
from voicecoach.sound.paced import PacedStream, RecordedMicrophone, WavSink
from voicecoach.sound.recording import read_recording

INSTEAD = "Or run `voicecoach coach --keyboard` to type, or `voicecoach demo` for a session with a simulated person."


class SoundPath:
    """Where the sound comes from and goes to. Built first, so that a missing device is told before anything is loaded."""

    def __init__(self, house: House, options: argparse.Namespace) -> None:
        self._recording: Path | None = None
        self._sink: Path | None = None
        named = {direction: getattr(options, direction) for direction in ("microphone", "speaker")}
        microphone = options.microphone or house.settings.microphone
        speaker = options.speaker or house.settings.speaker
        if microphone and _is_recording(microphone):
            self._recording = Path(microphone)
            read_recording(self._recording)
        if speaker and speaker.lower().endswith(".wav"):
            self._sink = Path(speaker)
        files = {str(path) for path in (self._recording, self._sink) if path}
        self.named = {direction: name for direction, name in named.items() if name and name not in files}
        """The devices that were named for this once, by direction: no file."""
        wants_microphone = self._recording is None and not options.keyboard
        self.hears = self._recording is not None or wants_microphone
        self._microphone, self._speaker = self._devices(
            microphone if wants_microphone else None, speaker if self._sink is None else None, wants_microphone, keyboard=options.keyboard
        )

    @property
    def speaks(self) -> bool:
        """Whether what is said goes anywhere but to the screen."""
        return self._speaker is not None or self._sink is not None

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
