"""`voicecoach check`'s look at what the settings say is wired to this machine; nothing that isn't set is looked at."""

from collections.abc import Callable, Iterator

from voicecoach.errors import CheckFailed
from voicecoach.onlookers.keys import found, readable
from voicecoach.onlookers.pins import PinLights, is_held
from voicecoach.onlookers.wired import Wired


def looks(wired: Wired) -> Iterator[tuple[str, Callable[[], str]]]:
    """A name and a look for each: it gives what there is, or raises CheckFailed. A session begins without all of them."""
    pin, usb = wired.button_pin, wired.button_usb
    if pin is not None:
        yield "button", lambda: _at_pin(pin)
    if usb:
        yield "USB button", lambda: _on_usb(usb)
    if wired.lights:
        yield "lights", lambda: _lights(wired)


def _at_pin(pin: int) -> str:
    if is_held(pin):
        raise CheckFailed(
            f"The button at GPIO {pin} is pressed all the time.", "Let it go, or look at its wires: it goes between that pin and ground."
        )
    return f"at GPIO {pin}"


def _on_usb(part: str) -> str:
    paths = found(part)
    if not paths:
        raise CheckFailed(f'There is no USB button with "{part}" in its name.', "Plug it in; the names are in /proc/bus/input/devices.")
    if not any(map(readable, paths)):
        raise CheckFailed(f"This user may not read {paths[0]}.", "Run: sudo usermod -aG input $USER, and restart the machine.")
    return ", ".join(map(str, paths))


def _lights(wired: Wired) -> str:
    PinLights(wired.pins_by_state).off()
    return ", ".join(f"{state} at GPIO {pin}" for state, pin in wired.lights)
