"""The greeting as a test of the sound: says it through the real devices, and puts what it told into plain sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

from voicecoach.app import Parts
from voicecoach.coach.placing import LINE_OF, UNSAFE, Flaw, flaws_of
from voicecoach.coach.welcome import GREETING
from voicecoach.commands.options import tell
from voicecoach.ears.calibration import ENOUGH_TALK_S, Calibration
from voicecoach.ears.ears import mended
from voicecoach.ears.echo import EchoCanceller
from voicecoach.ears.listener import Listener
from voicecoach.errors import CheckFailed
from voicecoach.exchange import Exchange
from voicecoach.house import House
from voicecoach.journal.calibrations import Calibrations
from voicecoach.live import POLL_S, Inbox
from voicecoach.messages.calibration import Figures
from voicecoach.messages.events import Calibrated, Fault
from voicecoach.messages.heard import Grammar, Heard
from voicecoach.messages.lines import Line
from voicecoach.messages.sound import Samples
from voicecoach.notes import now
from voicecoach.sound.devices import Device, pair_name
from voicecoach.sound.duplex import DuplexStream
from voicecoach.voice.script import Script

SAID_S = 1.4 * ENOUGH_TALK_S
"""A third of speech is pauses at most."""
PATIENCE_S = 10.0
"""Beyond what is said: gaps that a loaded machine leaves, and the quiet that is measured after it."""
HARDLY_DB = 6.0
"""The coach's voice so little above the room's noise can be taken for its absence."""
FAINT_DBFS, HARDLY_HEARD_DBFS = -90.0, -60.0
"""A microphone that is on has more of its own noise than that; and if it has not, it may still hear the coach."""
FAINT = "The microphone gives next to nothing. Turn it up in the sound settings, or take another one."
IN_USE = "Close what else uses the sound, look at the plugs, and check again."


@dataclass(frozen=True, slots=True)
class Remark:
    """One figure in words, and what to do about it, if anything. `unsafe`: no session before that is done."""

    name: str
    figure: str
    advice: str = ""
    unsafe: bool = False


def hear_first_words(house: House, microphone: Device, speaker: Device) -> Calibrated:
    """Says the greeting, listens, and keeps the figures. Takes some 20 s, 45 s if nothing works.

    Raises Missing when a device can't be opened, Unreadable when the two don't go together, CheckFailed when one is lost meanwhile or the
    sound stands still.
    """
    inbox = Inbox()
    with Parts(house) as parts:
        listener = Listener(_Measuring(parts.calibration), parts.speaker.hush, inbox.put)
        exchange = Exchange(parts.speaker, listener, inbox.put)
        stream = DuplexStream(microphone, speaker, exchange, exchange.report)
        first_words = FirstWords(parts.calibration, house, pair_name(microphone, speaker), now(), tell)
        length_s = _say(parts)
        listener.start()
        try:
            stream.start()
            for _ in range(round((length_s + PATIENCE_S) / POLL_S)):
                if isinstance(news := inbox.take(), Fault):
                    raise CheckFailed(news.detail, IN_USE)
                if (found := first_words.look()) is not None:
                    return found
        finally:
            stream.stop()
            listener.stop()
    raise CheckFailed("The sound devices were opened, but the sound stands still.", IN_USE)


def remarks(found: Calibrated, script: Script) -> Iterator[Remark]:
    """Each figure in words."""
    figures, flaws = found.figures, flaws_of(found.figures, found.last)
    if Flaw.SILENT in flaws:
        yield _remark("signal", "exact zeros", flaws, (Flaw.SILENT,), script)
        return
    noise = _remark("room noise", f"{figures.noise_dbfs:.0f} dBFS", flaws, (Flaw.NOISY,), script)
    yield replace(noise, advice=FAINT, unsafe=True) if _is_faint(figures) else noise
    yield _remark("own voice", _own_voice(figures), flaws, (Flaw.UNHEARD, Flaw.LOUD, Flaw.LOUDER), script)
    clipped = f"{figures.clipped_share:.2%} of the samples" if figures.clipped_share else "none"
    yield _remark("clipping", f"{clipped}, largest {figures.peak_dbfs:.0f} dBFS", flaws, (Flaw.CLIPPED,), script)
    yield _remark("echo", _echo(figures), flaws, (Flaw.DROWNED, Flaw.ECHOING), script)
    delay = "none to be found" if figures.delay_ms is None else f"{figures.delay_ms:.0f} ms"
    yield _remark("delay", delay, flaws, (Flaw.LATE,), script)
    drift = "no difference known" if figures.drift_ppm is None else f"{figures.drift_ppm:+.0f} ppm between microphone and speaker"
    yield _remark("clocks", drift, flaws, (Flaw.DRIFTING,), script)


def in_short(figures: Figures) -> str:
    """The figures in one line."""
    if figures.delay_ms is None:
        return f"room noise {figures.noise_dbfs:.0f} dBFS, own voice not heard"
    return f"room noise {figures.noise_dbfs:.0f} dBFS, own voice {_own_voice(figures)}, {_echo(figures)}, delay {figures.delay_ms:.0f} ms"


class FirstWords:
    """What the coach's first words told of the sound, with what they told on the same devices the last time. One thread."""

    def __init__(self, calibration: Calibration, house: House, devices: str | None, at: str, say: Callable[[str], None]) -> None:
        """`devices` is the name to keep it by, None to keep nothing. `say` is told what can't be read or kept, in a sentence."""
        self._calibration = calibration
        self._devices = devices
        self._at = at
        self._say = say
        self._kept = Calibrations(house.calibrations) if devices else None
        if self._kept and self._kept.trouble:
            say(self._kept.trouble)

    @property
    def drift_ppm(self) -> float:
        """Of these devices' clocks, as it was the last time; 0 where nothing is known."""
        last = self._kept.last(self._devices) if self._kept and self._devices else None
        return (last.drift_ppm or 0.0) if last else 0.0

    def look(self) -> Calibrated | None:
        """Once, when the first words are over; otherwise None."""
        figures = self._calibration.take()
        if figures is None:
            return None
        if self._kept is None or self._devices is None:
            return Calibrated(figures, None)
        last = self._kept.last(self._devices)
        if trouble := self._kept.keep(self._devices, figures, self._at):
            self._say(trouble)
        return Calibrated(figures, last)


class _Measuring:
    """Ears that only measure."""

    def __init__(self, calibration: Calibration) -> None:
        self._canceller = EchoCanceller()
        self._calibration = calibration

    def scope(self, grammar: Grammar) -> None:
        """Nothing is listened for."""

    def forget(self) -> None:
        """Another microphone: the test is over."""

    def feed(self, microphone: Samples, played: Samples) -> Sequence[Heard]:
        """Take the next block of both; nothing is heard in it."""
        microphone = mended(microphone)
        cleaned = self._canceller.cancel(microphone, played)
        self._calibration.add(microphone, played, cleaned, self._canceller.drift_ppm)
        return ()


def _say(parts: Parts) -> float:
    """Puts the greeting on the speaker, again if it is a short one. Returns how long it takes, in seconds."""
    length_s = 0.0
    for n, line in enumerate(cycle(GREETING)):
        if length_s >= SAID_S and n >= len(GREETING):
            break
        pcm = parts.shelf.pcm(parts.script.sentence(Line(line)))
        parts.speaker.say(n, pcm)
        length_s += pcm.duration_s
    return length_s


def _remark(name: str, figure: str, flaws: tuple[Flaw, ...], about: tuple[Flaw, ...], script: Script) -> Remark:
    flaw = next((flaw for flaw in flaws if flaw in about), None)
    return Remark(name, figure) if flaw is None else Remark(name, figure, script.sentence(Line(LINE_OF[flaw])), flaw in UNSAFE)


def _is_faint(figures: Figures) -> bool:
    """Whether the microphone is so far down that no word would be heard, short of exact zeros."""
    return figures.noise_dbfs <= FAINT_DBFS and (figures.coach_dbfs is None or figures.coach_dbfs <= HARDLY_HEARD_DBFS)


def _own_voice(figures: Figures) -> str:
    if figures.coach_dbfs is None or figures.over_noise_db is None:
        return "not in the microphone"
    if figures.over_noise_db < HARDLY_DB:
        return f"{figures.coach_dbfs:.0f} dBFS at the microphone, lost in the room's noise; that is good if you hear it well"
    return f"{figures.coach_dbfs:.0f} dBFS at the microphone, {figures.over_noise_db:.0f} dB above the room"


def _echo(figures: Figures) -> str:
    if figures.echo_loss_db is None:
        return "none to take out"
    return f"{figures.echo_loss_db:.0f} dB of it taken out"
