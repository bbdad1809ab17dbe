"""What is wired to this machine for a session, as [button] and [lights] of settings.toml say: read, and begun. Off by default."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from voicecoach.errors import CheckFailed, Unreadable
from voicecoach.onlookers.button import Button
from voicecoach.onlookers.keys import UsbButton
from voicecoach.onlookers.lights import Lit, State
from voicecoach.onlookers.onlooker import Hands, Onlooker
from voicecoach.onlookers.pins import PinLights, watch_pin
from voicecoach.tables import Placed, only_keys, subtable, text, whole

PINS = range(2, 28)
"""Of the 40-pin header, by the numbers that the chip gives them; 0 and 1 belong to boards that are plugged on."""


@dataclass(frozen=True, slots=True)
class Wired:
    """The pin of a button to ground, a part of the name of a button on USB ("": none), and a pin for each state that has a light."""

    button_pin: int | None = None
    button_usb: str = ""
    lights: tuple[tuple[State, int], ...] = ()

    @property
    def pins_by_state(self) -> Mapping[State, int]:
        """The lights as PinLights take them."""
        return dict(self.lights)


def read_wired(table: Placed) -> Wired:
    """What [button] and [lights] in `table` say. Raises Unreadable, naming the place and what is allowed."""
    button, lights = subtable(table, "button"), subtable(table, "lights")
    only_keys(button, ("gpio", "usb"))
    only_keys(lights, tuple(State))
    pin = _pin(button, "gpio") if "gpio" in button else None
    shown = tuple((state, _pin(lights, state)) for state in State if state in lights)
    if taken := [state for state, of_light in shown if of_light == pin]:
        raise Unreadable(f"{lights.at(taken[0])}: {taken[0]} has the pin of the button.", "Give the button a pin of its own.")
    return Wired(pin, text(button, "usb") if "usb" in button else "", shown)


def begin(wired: Wired, hands: Hands, ends: ExitStack) -> Iterator[Onlooker]:
    """Listens to the buttons and lights the lights, until `ends`. What isn't there, or can't be used, is left out without a word."""
    if wired.button_pin is not None:
        with suppress(CheckFailed):
            ends.callback(watch_pin(wired.button_pin, Button(hands)))
    if wired.button_usb:
        usb = UsbButton(wired.button_usb, Button(hands))
        usb.start()
        ends.callback(usb.stop)
    if wired.lights:
        with suppress(CheckFailed):
            lit = Lit(PinLights(wired.pins_by_state))
            ends.callback(lit.end)
            yield lit


def _pin(table: Placed, name: str) -> int:
    pin = whole(table, name)
    if pin not in PINS:
        raise Unreadable(f"{table.at(name)}: there is no pin {pin}.", f"It is a GPIO number from {PINS[0]} to {PINS[-1]}.")
    return pin
