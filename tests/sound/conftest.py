"""Devices to try: a real sound server, or PortAudio's place taken by a fake."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sound_server import SoundServer, running_sound_server


@pytest.fixture(scope="session")
def shared_server() -> Iterator[SoundServer]:
    """A sound server that tests leave as they found it."""
    with running_sound_server() as server:
        yield server


@pytest.fixture
def own_server() -> Iterator[SoundServer]:
    """A sound server that a test may kill."""
    with running_sound_server() as server:
        yield server


@pytest.fixture
def fake_portaudio(tmp_path: Path) -> Iterator[Path]:
    """A folder in which each file "microphone" or "speaker" is a device that is plugged in, for the workers that are started meanwhile."""
    for name in ("microphone", "speaker"):
        (tmp_path / name).touch()
    with _environment(PYTHONPATH=str(Path(__file__).parent / "fake_portaudio"), FAKE_PORTAUDIO=str(tmp_path)):
        yield tmp_path


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
