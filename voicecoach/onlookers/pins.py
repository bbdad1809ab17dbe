"""The pins of a Raspberry Pi, through gpiozero: the one door to it. It comes with the extra `pi`, and most machines have no pins at all.

It is imported when a pin is asked for. Its backend lgpio puts a named pipe into the working folder when it is imported, unless $LG_WD names
another one.
"""

import os
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from voicecoach.errors import CheckFailed
from voicecoach.onlookers.button import Button, Ends
from voicecoach.onlookers.lights import State

WORKING_FOLDER = "LG_WD"


def watch_pin(pin: int, button: Button) -> Ends:
    """From now on the switch between `pin` and ground is `button`. Raises CheckFailed where it can't be; gives its end."""
    with _door() as gpiozero:
        switch = gpiozero.Button(pin)
    switch.when_pressed = lambda: button.down(switch.pin_factory.ticks())
    switch.when_released = lambda: button.up(switch.pin_factory.ticks())
    end: Ends = switch.close
    return end


def is_held(pin: int) -> bool:
    """Whether the switch at `pin` is closed just now. Raises CheckFailed where nobody can tell."""
    with _door() as gpiozero, gpiozero.Button(pin) as switch:
        return bool(switch.is_pressed)


class PinLights:
    """A light a pin; several states may share one."""

    def __init__(self, pins: Mapping[State, int]) -> None:
        """Raises CheckFailed where the pins can't be had."""
        self._pins = pins
        self._lights: dict[int, Any] = {}
        try:
            with _door() as gpiozero:
                for pin in sorted({*pins.values()}):
                    self._lights[pin] = gpiozero.LED(pin)
        except CheckFailed:
            self.off()
            raise

    def show(self, state: State) -> None:
        """Lights that state's, and no other."""
        for pin, light in self._lights.items():
            (light.on if pin == self._pins.get(state) else light.off)()

    def off(self) -> None:
        """Lets go of the pins, dark."""
        for light in self._lights.values():
            light.off()
            light.close()


@contextmanager
def _door() -> Iterator[Any]:
    """gpiozero; what it meets is one kind of error, and what it warns of is kept to itself."""
    os.environ.setdefault(WORKING_FOLDER, tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import gpiozero

            yield gpiozero
        except ModuleNotFoundError:
            raise CheckFailed("gpiozero isn't installed.", 'Run: .venv/bin/pip install "gpiozero>=2.0.1" "lgpio>=0.2.2"') from None
        except Exception as error:  # noqa: BLE001 - each backend has errors of its own
            what = f"The pins can't be used ({type(error).__name__}: {error})."
            raise CheckFailed(what, "On a Raspberry Pi, see that this user is in the group gpio, and that the pin is free.") from None
