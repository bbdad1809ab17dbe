"""What is typed into a live session."""

import os
from pathlib import Path

import pytest

from tests.coach.stage import PHRASEBOOK
from tests.typed_session import say, typing, until
from voicecoach.commands.by_hand import hush_for
from voicecoach.voice.speaker import Speaker


def test_a_byte_that_is_no_character_is_not_the_end_of_what_is_typed(tmp_path: Path) -> None:
    with typing(tmp_path, PYTHONIOENCODING="utf-8:strict") as session:
        until(session, "SCREEN", {})
        os.write(session.stdin.fileno(), b"\xe9\n")  # type: ignore[union-attr]
        say(session, "stop")
        assert any("STOPPED" in line for line in until(session, "STOPPED", {}))


@pytest.mark.parametrize(("line", "hushes"), [("stop\n", 1), ("It hurts!\n", 1), ("i have pain\n", 1), ("slower\n", 0), ("\n", 0)])
def test_a_safety_word_hushes_as_soon_as_it_is_typed(line: str, hushes: int) -> None:
    speaker = Speaker()
    hush_for(speaker, PHRASEBOOK)(line)
    assert speaker.hushes == hushes
