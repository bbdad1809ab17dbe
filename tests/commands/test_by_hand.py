"""What is typed into a live session."""

import os
import subprocess
import sys

import pytest

from tests.coach.stage import PHRASEBOOK
from tests.filed_session import ROOT
from voicecoach.commands.by_hand import hush_for
from voicecoach.voice.speaker import Speaker


def test_a_byte_that_is_no_character_is_not_the_end_of_what_is_typed() -> None:
    program = "from voicecoach.commands.by_hand import typed_lines; print(ascii(list(typed_lines())))"
    strict = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8:strict"}
    ran = subprocess.run([sys.executable, "-c", program], input=b"\xe9\nstop\n", env=strict, capture_output=True, check=False)
    assert ran.stdout.decode().strip() == r"['\ufffd\n', 'stop\n']", ran.stderr


@pytest.mark.parametrize(("line", "hushes"), [("stop\n", 1), ("It hurts!\n", 1), ("i have pain\n", 1), ("slower\n", 0), ("\n", 0)])
def test_a_safety_word_hushes_as_soon_as_it_is_typed(line: str, hushes: int) -> None:
    speaker = Speaker()
    hush_for(speaker, PHRASEBOOK)(line)
    assert speaker.hushes == hushes
