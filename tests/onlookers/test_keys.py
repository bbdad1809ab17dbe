"""A button on USB: a named pipe stands for the kernel's device, and says what that would."""

import os
import queue
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicecoach.messages.intents import Intent
from voicecoach.onlookers.button import Button
from voicecoach.onlookers.keys import UsbButton, found

AT_MOST_S = 10.0
A_KEY, SOMETHING_ELSE = 1, 4
UP, DOWN, HELD = 0, 1, 2


class Machine:
    """Its devices, and who listens to one."""

    def __init__(self, folder: Path) -> None:
        self.devices, self.names = folder / "dev", folder / "sys"
        self.devices.mkdir()
        self.names.mkdir()
        self.told: queue.SimpleQueue[Intent] = queue.SimpleQueue()

    def plug(self, event: str, name: str) -> Path:
        (self.names / event / "device").mkdir(parents=True)
        (self.names / event / "device" / "name").write_text(f"{name}\n")
        os.mkfifo(self.devices / event)
        return self.devices / event

    def listening(self, part: str) -> UsbButton:
        return UsbButton(part, Button(self.told.put), self.devices, self.names)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def written(*events: tuple[float, int, int]) -> bytes:
    return b"".join(struct.pack("llHHi", int(at_s), round(at_s % 1 * 1e6), kind, 28, value) for at_s, kind, value in events)


@pytest.fixture
def pressed(machine: Machine) -> Iterator[int]:
    """Where the kernel writes, while somebody listens."""
    path = machine.plug("event7", "Acme Big Red Button")
    button = machine.listening("red button")
    button.start()
    kernel = os.open(path, os.O_WRONLY)
    yield kernel
    button.stop()
    os.close(kernel)


def test_a_key_that_is_pressed_is_a_stop(machine: Machine, pressed: int) -> None:
    os.write(pressed, written((5.0, SOMETHING_ELSE, 1), (5.0, A_KEY, DOWN)))
    assert machine.told.get(timeout=AT_MOST_S) is Intent.STOP


def test_held_and_bouncing_it_is_one_stop_and_after_a_while_another(machine: Machine, pressed: int) -> None:
    held = [(5.0 + n / 10, A_KEY, HELD) for n in range(1, 30)]
    os.write(pressed, written((5.0, A_KEY, DOWN), (5.01, A_KEY, UP), (5.02, A_KEY, DOWN), *held, (9.0, A_KEY, UP), (12.0, A_KEY, DOWN)))
    assert [machine.told.get(timeout=AT_MOST_S) for _ in range(2)] == [Intent.STOP] * 2
    assert machine.told.empty()


def test_only_the_one_that_is_named_is_listened_to(machine: Machine) -> None:
    machine.plug("event0", "Somebody's Keyboard")
    machine.plug("event3", "ACME BIG RED BUTTON")
    machine.plug("event4", "Acme Big Red Button Consumer Control")
    assert [path.name for path in found("Red Button", machine.devices, machine.names)] == ["event3", "event4"]


def test_one_that_is_plugged_in_again_works_again(machine: Machine) -> None:
    path = machine.plug("event7", "Acme Big Red Button")
    button = machine.listening("red button")
    button.start()
    for at_s in (5.0, 50.0):
        kernel = os.open(path, os.O_WRONLY)
        os.write(kernel, written((at_s, A_KEY, DOWN), (at_s + 1, A_KEY, UP)))
        assert machine.told.get(timeout=AT_MOST_S) is Intent.STOP
        os.close(kernel)
    button.stop()
