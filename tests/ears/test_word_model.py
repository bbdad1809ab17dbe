"""The small model of single words beside Vosk."""

from pathlib import Path

import numpy as np
import pytest

from tests.coach.stage import PHRASEBOOK
from tests.ears.rooms import blocks, room, words
from voicecoach.ears.word_model import Spotter, WordModel
from voicecoach.errors import Broken, Missing
from voicecoach.messages.sound import Samples


def best(sound: Samples, word: str) -> float:
    """The highest odds of a word while the sound is heard."""
    spotter, found = Spotter(words()), []
    for block in blocks(sound):
        spotter.add(block)
        odds = spotter.odds(word, 0.0)
        assert odds is not None
        found.append(odds)
    return max(found)


@pytest.mark.parametrize(("name", "word"), [("stop_1", "stop"), ("stop_2", "stop"), ("yes", "yes"), ("no", "no")])
def test_a_word_is_known_in_a_quiet_room(name: str, word: str) -> None:
    assert best(room(3.0, (1.2, name)), word) > 0.0


@pytest.mark.parametrize("name", ["yes", "no", "down"])
def test_another_word_is_no_stop(name: str) -> None:
    assert best(room(3.0, (1.2, name)), "stop") < 0.0


def test_it_listens_only_when_it_is_asked_and_then_to_what_came_last() -> None:
    spotter = Spotter(words())
    for block in blocks(room(31.0, (29.0, "stop_1"))[: 16_000 * 30]):
        spotter.add(block)
    odds = spotter.odds("stop", 0.0)
    assert odds is not None
    assert odds > 0.0


def test_a_word_that_it_has_not_learned_has_no_odds() -> None:
    assert Spotter(words()).odds("backgammon", 0.0) is None


def test_every_word_that_it_is_believed_alone_in_is_one_that_the_coach_listens_for() -> None:
    assert {word for word in PHRASEBOOK.emphasis if word in words().words} >= {"stop", "pain", "yes", "no", "six"}


def test_a_word_model_that_is_not_there_or_torn_is_told(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="install that again"):
        WordModel.load(tmp_path / "words.npz")
    (tmp_path / "words.npz").write_bytes(b"PK\x03\x04torn")
    with pytest.raises(Broken, match="can't be read"):
        WordModel.load(tmp_path / "words.npz")
    np.savez(tmp_path / "words.npz", words=np.array(["stop"]))
    with pytest.raises(Broken, match="can't be read"):
        WordModel.load(tmp_path / "words.npz")
