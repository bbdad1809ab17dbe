"""A button and lights at made-up pins, and what happens where there are none."""

from collections.abc import Iterator
from contextlib import ExitStack

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from voicecoach.commands.checks.wired import looks
from voicecoach.errors import CheckFailed
from voicecoach.messages.intents import Intent
from voicecoach.onlookers.button import Button
from voicecoach.onlookers.lights import Lit, State
from voicecoach.onlookers.pins import PinLights, is_held, watch_pin
from voicecoach.onlookers.wired import Wired, begin

SWITCH = 17
LIGHTS = {State.MOVING: 22, State.STOPPED: 27, State.SPEAKING: 5, State.LISTENING: 5}


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    """A board that is all made up."""
    board = MockFactory()
    before, gpiozero.Device.pin_factory = gpiozero.Device.pin_factory, board
    yield board
    gpiozero.Device.pin_factory = before
    board.close()


def test_the_contact_to_ground_stops_once_though_it_bounces(pins: MockFactory) -> None:
    told: list[Intent] = []
    end = watch_pin(SWITCH, Button(told.append))
    for _ in range(20):
        pins.pin(SWITCH).drive_low()
        pins.pin(SWITCH).drive_high()
    pins.pin(SWITCH).drive_low()
    assert told == [Intent.STOP]
    end()


def test_once_the_session_is_over_it_does_nothing(pins: MockFactory) -> None:
    told: list[Intent] = []
    with ExitStack() as ends:
        assert not list(begin(Wired(button_pin=SWITCH), told.append, ends))
    pins.pin(SWITCH).drive_low()
    assert told == []


class Stuck(MockPin):  # type: ignore[misc]
    def _get_state(self) -> bool:
        return False


def test_one_that_was_stuck_before_the_session_stops_nothing_and_can_be_told(pins: MockFactory) -> None:
    assert not is_held(SWITCH)
    stuck = 23
    pins.pin(stuck, pin_class=Stuck)
    assert is_held(stuck)
    told: list[Intent] = []
    end = watch_pin(stuck, Button(told.append))
    assert told == []
    end()


def test_a_check_names_what_is_there(pins: MockFactory) -> None:
    found = {name: look() for name, look in looks(Wired(SWITCH, lights=((State.MOVING, 22), (State.STOPPED, 27))))}
    assert found == {"button": "at GPIO 17", "lights": "moving at GPIO 22, stopped at GPIO 27"}
    assert lit(pins) == set()


def lit(pins: MockFactory) -> set[int]:
    return {pin for pin in LIGHTS.values() if pins.pin(pin).state}


def test_a_state_has_its_light_and_no_other_is_lit(pins: MockFactory) -> None:
    lights = PinLights(LIGHTS)
    shown = []
    for state in (State.LISTENING, State.SPEAKING, State.MOVING, State.PAUSED, State.STOPPED):
        lights.show(state)
        shown.append(lit(pins))
    assert shown == [{5}, {5}, {22}, set(), {27}]
    lights.off()
    assert lit(pins) == set()


def test_a_session_that_is_over_leaves_no_light_on(pins: MockFactory) -> None:
    with ExitStack() as ends:
        (onlooker,) = begin(Wired(lights=tuple(LIGHTS.items())), lambda _: None, ends)
        assert isinstance(onlooker, Lit)
        onlooker.event({"event": "phase", "to": "set"})
    assert lit(pins) == set()


EVERYTHING = Wired(button_pin=SWITCH, button_usb="no such button", lights=tuple(LIGHTS.items()))


def test_what_is_absent_says_nothing_and_shows_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with ExitStack() as ends:
        assert not list(begin(EVERYTHING, lambda _: None, ends))
    assert capfd.readouterr() == ("", "")


def test_a_machine_without_pins_can_tell_why_in_a_sentence() -> None:
    with pytest.raises(CheckFailed, match="The pins can't be used"):
        is_held(SWITCH)
