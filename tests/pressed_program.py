"""The program with made-up pins; "press" typed presses the button at pin 17: `python -m tests.pressed_program coach ...`."""

import sys
from unittest.mock import patch

import gpiozero
from gpiozero.pins.mock import MockFactory

from voicecoach import live
from voicecoach.cli import main
from voicecoach.messages.heard import Heard
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.phrasebook import Phrasebook

PIN = 17


def pressing(line: str, phrasebook: Phrasebook, at_s: float) -> Heard | None:
    """What is typed, but for "press"."""
    if line.strip() == "press":
        gpiozero.Device.pin_factory.pin(PIN).drive_low()
        return None
    return typed(line, phrasebook, at_s)


if __name__ == "__main__":
    gpiozero.Device.pin_factory = MockFactory()
    with patch.object(live, "typed", pressing):
        sys.exit(main())
