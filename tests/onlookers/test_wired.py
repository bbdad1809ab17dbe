"""What [button] and [lights] in settings.toml may say, and what `voicecoach check` can tell of it."""

import sys
from pathlib import Path

import pytest

from voicecoach.commands.checks.wired import looks
from voicecoach.errors import CheckFailed, Unreadable
from voicecoach.onlookers.lights import State
from voicecoach.onlookers.wired import Wired
from voicecoach.settings import read_settings


def wired(home: Path, text: str) -> Wired:
    (home / "settings.toml").write_text(text)
    return read_settings(home).wired


def test_nothing_is_wired_where_nothing_is_set(tmp_path: Path) -> None:
    assert wired(tmp_path, "") == Wired()
    assert not list(looks(Wired()))


def test_a_button_at_a_pin_one_on_usb_and_a_light_a_state(tmp_path: Path) -> None:
    text = '[button]\ngpio = 17\nusb = "Red"\n[lights]\nstopped = 27\nmoving = 22\nspeaking = 5\nlistening = 5'
    lights = ((State.STOPPED, 27), (State.MOVING, 22), (State.SPEAKING, 5), (State.LISTENING, 5))
    assert wired(tmp_path, text) == Wired(17, "Red", lights)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[button]\ngpio = 1", "line 2, [button] gpio: there is no pin 1. It is a GPIO number from 2 to 27."),
        ("[button]\ngpio = true", "line 2, [button] gpio: gpio has to be a whole number."),
        ("[button]\npin = 17", 'line 2, [button] pin: there is an unknown key "pin". Allowed are: gpio, usb.'),
        ("[button]\nusb = 7", "line 2, [button] usb: usb has to be a text."),
        ('[button]\nusb = " "', "line 2, [button] usb: usb has to be a text."),
        ("button = 17", "line 1, button: button has to be a table."),
        ("[lights]\nresting = 5", 'line 2, [lights] resting: there is an unknown key "resting".'),
        ("[button]\ngpio = 5\n[lights]\nmoving = 5", "line 4, [lights] moving: moving has the pin of the button."),
        ("wired = 5", 'line 1, wired: there is an unknown key "wired".'),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        wired(tmp_path, text)
    assert told in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path / "settings.toml"))


def test_each_thing_that_is_set_and_absent_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gpiozero", None)  # there may be real pins here
    everything = Wired(17, "no such button", ((State.MOVING, 22),))
    told = {}
    for name, look in looks(everything):
        with pytest.raises(CheckFailed) as failed:
            look()
        told[name] = str(failed.value)
    assert list(told) == ["button", "USB button", "lights"]
    assert told["USB button"].startswith('There is no USB button with "no such button" in its name. Plug it in')
