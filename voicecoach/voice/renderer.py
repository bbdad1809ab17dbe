"""From a sentence to samples: keeps the speech engine in a child process that can be timed out, killed and started again."""

import difflib
import json
import os
import selectors
import signal
import subprocess
import sys
import wave
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from voicecoach.errors import Broken, Missing, Unreadable
from voicecoach.messages.sound import Pcm
from voicecoach.voice import neural_driver
from voicecoach.voice.finish import FINISH, finished

WORKER = (sys.executable, "-P", str(Path(__file__).with_name("render_worker.py")))
"""By its path, so that it starts from any folder; -P keeps its neighbours from being taken for other modules."""

AT_WORK_S = 3.0
"""A worker that has answered once answers the longest sentence in 0.1 s here; a session waits for it with everything but its ears."""

SLOWEST_WPM, FASTEST_WPM = 80, 450
"""What espeak-ng can do; beyond, it silently does something else."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the voices of one driver have in common. `slowness`: how many times longer than espeak-ng it may take."""

    driver: str
    rates_wpm: tuple[int, int]
    slowness: int
    remedy: str


_ESPEAK = _Kind("espeak", (SLOWEST_WPM, FASTEST_WPM), 1, "Does `espeak-ng hello` speak? If not, install espeak-ng again.")
_NEURAL = _Kind("neural", (neural_driver.SLOWEST_WPM, neural_driver.FASTEST_WPM), 4, "Choose another voice: voicecoach voice")


def is_neural(voice: str) -> bool:
    """Whether that is a voice that sounds like a person, which is heavier to make than espeak-ng's and may not be installed."""
    return voice.lower() == neural_driver.VOICE


class LostError(Exception):
    """The worker died, hung or talked nonsense; says which. Never leaves this module."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What the worker says of itself. `voices` maps a plain name to the engine's own, `variants` lower case to the right spelling."""

    name: str
    voices: dict[str, str]
    variants: dict[str, str]

    def voice(self, wanted: str) -> str:
        """The engine's own name of a voice such as "en-gb", "gmw/en", "en-us+f3"; Missing names the nearest if it isn't there."""
        base, plus, variant = wanted.lower().partition("+")
        own = {name.rpartition("/")[2]: name for name in self.voices.values()}
        found = self.voices.get(base) or own.get(base) or (base if base in self.voices.values() else None)
        if found is None:
            raise _not_there(f'The voice "{wanted}"', base, [*self.voices, neural_driver.VOICE])
        if plus and variant not in self.variants:
            raise _not_there(f'The variant "{variant}" of the voice "{wanted}"', variant, list(self.variants.values()))
        return f"{found}+{self.variants[variant]}" if plus else found


class Renderer:
    """Speaks with one voice at one rate, into samples.

    Use it from one thread. `voice` is an espeak-ng name as "en-us" or "en-gb-x-rp", with a variant as "en-us+f3", or the neural voice's,
    "heart". The worker starts at the first request; one that takes more than `timeout_s` with a worker that has yet to start, AT_WORK_S
    with one that is ready, or loses its worker, gets one fresh worker. `command` starts the worker.
    """

    def __init__(self, voice: str, words_per_minute: int, timeout_s: float = 10, command: Sequence[str] = WORKER) -> None:
        self._kind = _NEURAL if is_neural(voice) else _ESPEAK
        slowest, fastest = self._kind.rates_wpm
        if not slowest <= words_per_minute <= fastest:
            raise Unreadable(
                f"The voice can't speak {words_per_minute} words per minute.", f"Choose {slowest} to {fastest}; about 155 is clear."
            )
        self.voice = voice
        self.words_per_minute = words_per_minute
        self._timeout_s = timeout_s * self._kind.slowness
        self._at_work_s = min(self._timeout_s, AT_WORK_S * self._kind.slowness)
        self._command = tuple(command)
        self._worker: Worker | None = None
        self._described: Engine | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def engine(self) -> str:
        """Engine, version and the way renders are finished: two renderers that agree on it render alike. Missing, Broken: as `render`."""
        return f"{self._engine().name}, finish {FINISH}"

    def voices(self) -> list[str]:
        """Plain names of the voices there are, sorted; each may be followed by "+" and a variant. Missing, Broken: as `render`."""
        return sorted(self._engine().voices)

    def render(self, text: str) -> Pcm:
        """Speak `text`: mono at 24 kHz, first sound within 10 ms, peak at most -3 dBFS; the same text gives the same samples, always.

        The samples are read-only and survive 16-bit storage unchanged. Missing: engine or voice isn't installed. Unreadable: nothing to
        say in `text`. Broken: two workers in a row died or hung.
        """
        if not any(character.isalnum() for character in text):
            raise Unreadable(f"There is nothing to say in {text!r}.", "Give it words.")
        voice = self._engine().voice(self.voice)
        try:
            with os.fdopen(os.memfd_create("render"), "rb") as file:  # a file in memory: whoever is killed leaves nothing behind
                path = f"/proc/{os.getpid()}/fd/{file.fileno()}"
                self._ask({"do": "render", "text": text, "voice": voice, "words_per_minute": self.words_per_minute, "path": path})
                with wave.open(file) as sound:
                    samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
                    rate_hz = sound.getframerate()
        except (OSError, EOFError, wave.Error) as error:
            raise Broken(f"The voice left no sound for {text!r} ({error}).", f"Try again. {self._kind.remedy}") from error
        return finished(samples, rate_hz)

    def close(self) -> None:
        """End the worker, if there is one; the next request would start another."""
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _engine(self) -> Engine:
        if self._described is None and self._kind is _NEURAL:
            self._described = _neural_engine()
        if self._described is None:
            said = self._ask({"do": "describe"})
            self._described = Engine(said["engine"], said["voices"], {name.lower(): name for name in said["variants"]})
        return self._described

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        lost = ""
        for _attempt in range(2):
            try:
                self._worker = self._worker or Worker(self._command)
                return self._worker.ask({**request, "driver": self._kind.driver}, self._timeout_s, self._at_work_s)
            except (LostError, OSError) as error:
                lost = str(error)
                self.close()
        raise Broken(f"The voice fails: {lost}.", self._kind.remedy)


class Worker:
    """One worker process and the pipes to it."""

    def __init__(self, command: Sequence[str]) -> None:
        # A session of its own: Ctrl-C in the terminal is for the coach, and killing the group reaches the worker's forks too.
        self._answered = False
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, start_new_session=True
        )

    def ask(self, request: dict[str, Any], timeout_s: float, at_work_s: float) -> dict[str, Any]:
        """One request, one answer, within `timeout_s`, `at_work_s` once it has answered.

        LostError or OSError: kill this worker. Missing: something isn't installed.
        """
        if self._process.stdin is None:
            raise LostError("it has no input")
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        line = self._line(at_work_s if self._answered else timeout_s)
        self._answered = True
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError as error:
            raise LostError(f"it answered {line[:60]!r}") from error
        if "missing" in answer:
            raise Missing(f"The speech engine isn't there ({answer['missing']}).", answer["next_step"])
        if "error" in answer:
            raise LostError(answer["error"])
        return answer

    def kill(self) -> None:
        """End the process and its forks, now."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with self._process:
            pass  # closes the pipes and collects the dead process

    def _line(self, timeout_s: float) -> bytes:
        if self._process.stdout is None:
            raise LostError("it has no output")
        received = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while not received.endswith(b"\n"):
                if not selector.select(timeout_s):
                    raise LostError(f"it didn't answer within {timeout_s:g} s")
                part = self._process.stdout.read(65536)
                if not part:
                    raise LostError("it died")
                received += part
        return received


def _neural_engine() -> Engine:
    """Known without a worker, which would be slow to start: a session may have all its sentences on the shelf."""
    try:
        return Engine(neural_driver.engine(), {neural_driver.VOICE: neural_driver.VOICE}, {})
    except ImportError as error:
        raise Missing(f'The voice "{neural_driver.VOICE}" isn\'t there ({error}).', neural_driver.INSTALL) from None


def _not_there(what: str, wanted: str, there: list[str]) -> Missing:
    near = difflib.get_close_matches(wanted, there, 3, 0.4) or sorted(there)[:3]
    return Missing(f"{what} isn't there.", f"Nearest: {', '.join(near)}.")
