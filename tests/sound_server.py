"""A sound server without hardware, for tests and benchmarks that want real devices.

A private PipeWire with null sinks: what the coach plays arrives in `speaker`, what a person says in `person`, and both meet in `room`,
whose monitor is the microphone: the person always, the coach only while there is an `echo`.

    with running_sound_server() as server:              # os.environ leads PortAudio, pactl and every child process to it
        with server.recording_speaker(path):
            server.play_into_room(wav).wait()
"""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAMS = {
    "pipewire": "pipewire",
    "pipewire-pulse": "pipewire-pulse",
    "wireplumber": "wireplumber",
    "pw-link": "pipewire-bin",
    "pactl": "pulseaudio-utils",
    "dbus-daemon": "dbus-daemon",
}
_PACTL = shutil.which("pactl") or "pactl"
_ALSA_PLUGIN = Path("/usr/share/alsa/alsa.conf.d/99-pipewire-default.conf")
_PATIENCE_S = 20.0
_POLL_S = 0.02


class SoundServer:
    """The running server. `env` leads a child process to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PIPEWIRE_", "PULSE_"))},
            "XDG_RUNTIME_DIR": str(folder),
            "PIPEWIRE_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/pulse/native",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/bus",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
        }
        self._bus: subprocess.Popen[bytes] | None = None
        self._servers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start everything, or again what `kill` has ended."""
        if self._bus is None:
            self._bus = self._spawn(
                "dbus-daemon", "--session", "--nofork", "--nosyslog", f"--address={self.env['DBUS_SESSION_BUS_ADDRESS']}"
            )
            _until((self.folder / "bus").exists, "the message bus")
        self._servers.append(self._spawn("pipewire"))
        _until((self.folder / "pipewire-0").exists, "pipewire")
        self._servers.append(self._spawn("wireplumber"))
        self._servers.append(self._spawn("pipewire-pulse"))
        _until(lambda: self._ask("info") is not None, "pipewire-pulse")
        for sink in ("speaker", "room", "person"):
            self.pactl("load-module", "module-null-sink", f"sink_name={sink}")
        _until(self._sets_defaults, "the default devices")
        self._link(*_stereo("person", "room"))

    def kill(self) -> None:
        """End PipeWire as a crash would."""
        for server in reversed(self._servers):
            server.kill()
            server.wait()
        self._servers.clear()
        (self.folder / "pipewire-0").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Make PipeWire hang: connections stay open and nothing moves."""
        for server in self._servers:
            server.send_signal(signal.SIGSTOP)

    def close(self) -> None:
        """End everything."""
        self.kill()
        if self._bus is not None:
            self._bus.kill()
            self._bus.wait()

    def play_into_room(self, wav: Path) -> "subprocess.Popen[bytes]":
        """Say a WAV file in the room; it ends by itself, `wait()` for that."""
        return self._spawn("paplay", "--device=person", "--latency-msec=40", str(wav))

    @contextmanager
    def recording_speaker(self, wav: Path) -> Iterator[None]:
        """Record what the speaker plays, 24 kHz mono 16-bit, from before the block begins until it ends."""
        with self._recording("speaker", 1, wav):
            yield

    @contextmanager
    def recording_both(self, wav: Path) -> Iterator[None]:
        """The same with what the speaker plays on the left and what the person says on the right, on one clock, without each other."""
        module = self.pactl("load-module", "module-null-sink", "sink_name=tape").strip()
        self._link(("speaker:monitor_FL", "tape:playback_FL"), ("person:monitor_FL", "tape:playback_FR"))
        try:
            with self._recording("tape", 2, wav):
                yield
        finally:
            self.pactl("unload-module", module)

    @contextmanager
    def _recording(self, sink: str, channels: int, wav: Path) -> Iterator[None]:
        shape = ("--file-format=wav", "--rate=24000", f"--channels={channels}")
        recorder = self._spawn("parecord", f"--device={sink}.monitor", *shape, "--latency-msec=20", str(wav))
        _until(lambda: wav.exists() and wav.stat().st_size > _WAV_HEADER_BYTES, "the recorder")
        try:
            yield
        finally:
            recorder.send_signal(signal.SIGINT)
            recorder.wait(_PATIENCE_S)

    @contextmanager
    def echo(self) -> Iterator[None]:
        """Let the microphone hear the speaker, in the server's own graph: at the same level and without a buffer in between."""
        links = _stereo("speaker", "room")
        self._link(*links)
        try:
            yield
        finally:
            for link in links:
                self._spawn("pw-link", "-d", *link).wait()

    def _link(self, *links: tuple[str, str]) -> None:
        for link in links:
            _until(lambda link=link: self._spawn("pw-link", *link).wait() == 0, "a link in the graph")  # type: ignore[misc]

    def pactl(self, *arguments: str) -> str:
        """What `pactl` prints; fails when it fails."""
        answer = self._ask(*arguments)
        if answer is None:
            raise RuntimeError(f"pactl {' '.join(arguments)} failed")
        return answer

    def _ask(self, *arguments: str) -> str | None:
        done = subprocess.run([_PACTL, *arguments], env=self.env, capture_output=True, text=True, check=False, timeout=_PATIENCE_S)
        return done.stdout if done.returncode == 0 else None

    def _sets_defaults(self) -> bool:
        """Whether the defaults have been taken, which WirePlumber does when it has seen the sinks."""
        self._ask("set-default-sink", "speaker")
        self._ask("set-default-source", "room.monitor")
        info = self._ask("info") or ""
        return "Default Sink: speaker\n" in info and "Default Source: room.monitor\n" in info

    def _spawn(self, *command: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            command, env=self.env, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


_WAV_HEADER_BYTES = 44


def _stereo(from_sink: str, to_sink: str) -> list[tuple[str, str]]:
    return [(f"{from_sink}:monitor_{side}", f"{to_sink}:playback_{side}") for side in ("FL", "FR")]


@contextmanager
def running_sound_server() -> Iterator[SoundServer]:
    """A sound server of one's own, to which `os.environ` leads while the block lasts. Fails, saying what to install, where it can't run."""
    missing = [package for program, package in _PROGRAMS.items() if shutil.which(program) is None]
    if not _ALSA_PLUGIN.exists():
        missing.append("pipewire-alsa")
    if missing:
        raise RuntimeError(f"These tests need a sound server: sudo apt install {' '.join(missing)}")
    before = dict(os.environ)
    # Not pytest's folder: a socket's path may have 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="voicecoach-sound-"))
    server = SoundServer(folder)
    try:
        server.start()
        os.environ.clear()
        os.environ.update(server.env)
        yield server
    finally:
        os.environ.clear()
        os.environ.update(before)
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


def _until(true: Callable[[], bool], what: str) -> None:
    """Wait for what can't announce itself."""
    pause = threading.Event()
    for _ in range(round(_PATIENCE_S / _POLL_S)):
        if true():
            return
        pause.wait(_POLL_S)
    raise RuntimeError(f"{what} did not come up in {_PATIENCE_S:.0f} s")
