"""The program with a main loop that hangs for ever when "hang" is typed: `python -m tests.hanging_program coach ...`."""

import sys
import threading
from unittest.mock import patch

from voicecoach import live
from voicecoach.cli import main
from voicecoach.messages.heard import Heard
from voicecoach.understanding.keyboard import typed
from voicecoach.understanding.phrasebook import Phrasebook


def hanging(line: str, phrasebook: Phrasebook, at_s: float) -> Heard | None:
    """What is typed, but for "hang"."""
    if line.strip() == "hang":
        threading.Event().wait()
    return typed(line, phrasebook, at_s)


if __name__ == "__main__":
    with patch.object(live, "typed", hanging):
        sys.exit(main())
