"""The small model of single words beside Vosk."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.words.sayings import WORDS, without_a_fold
from tests.coach.stage import PHRASEBOOK
from tests.ears.rooms import blocks, room, words
from voicecoach import places
from voicecoach.ears.word_model import PARTS, Spotter, WordModel
from voicecoach.errors import Broken, Missing
from voicecoach.messages.sound import Samples


def best(sound: Samples, word: str) -> float:
    """The highest odds of a word while the sound is heard."""
    spotter, found = Spotter(words()), []
    for block in blocks(sound):
        spotter.add(block)
        odds = spotter.odds(0.0, word)
        found.append(odds)
    return max(odds for odds in found if odds is not None)


@pytest.mark.parametrize(("name", "word"), [("stop_1", "stop"), ("stop_2", "stop"), ("yes", "yes"), ("no", "no")])
def test_a_word_is_known_in_a_quiet_room(name: str, word: str) -> None:
    assert best(room(3.0, (1.2, name)), word) > 0.0


@pytest.mark.parametrize("name", ["yes", "no", "down"])
def test_another_word_is_no_stop(name: str) -> None:
    assert best(room(3.0, (1.2, name)), "stop") < 0.0


def test_asked_after_a_long_time_it_listens_to_what_came_last() -> None:
    spotter, sound = Spotter(words()), room(31.0, (29.0, "stop_1"))[: 16_000 * 30]
    for block in blocks(sound):
        spotter.add(block)
    odds = spotter.odds(0.0, "stop")
    assert odds is not None
    assert odds > 0.0
    assert spotter.heard_s < 2.0


def test_what_has_been_acted_upon_is_not_heard_again_and_what_comes_after_it_is() -> None:
    spotter, sound, found = Spotter(words()), room(6.0, (1.2, "stop_1"), (4.0, "stop_2")), []
    for at, block in enumerate(blocks(sound)):
        spotter.add(block)
        found.append(spotter.odds(0.0, "stop"))
        if at == 100:
            spotter.forget()
    assert found[101:130] == [None] * 29
    assert max(odds for odds in found[150:] if odds is not None) > 0.0


def test_a_word_that_it_has_not_learned_has_no_odds() -> None:
    assert Spotter(words()).odds(0.0, "backgammon") is None


def test_it_knows_every_word_that_is_believed_alone_but_those_which_nobody_has_recorded() -> None:
    assert set(PHRASEBOOK.emphasis) - set(words().words) == {"yeah", "better", "same", "worse"}


def test_the_words_of_real_people_are_marked() -> None:
    assert {"stop", "yes", "no", "six"} <= words().recorded
    assert not {"pain", "hurts"} & words().recorded


def test_the_models_are_those_that_the_benchmark_trains() -> None:
    assert words().words == WORDS
    assert {one.words for one in without_a_fold()} == {WORDS}


def test_a_word_model_that_is_not_there_or_torn_is_told(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="install that again"):
        WordModel.load(tmp_path / "words.npz")
    (tmp_path / "words.npz").write_bytes(b"PK\x03\x04torn")
    with pytest.raises(Broken, match="can't be read"):
        WordModel.load(tmp_path / "words.npz")
    np.savez(tmp_path / "words.npz", words=np.array(["stop"]))
    with pytest.raises(Broken, match="can't be read"):
        WordModel.load(tmp_path / "words.npz")


@pytest.mark.parametrize("part", ["w1", "b2", "w3"])
def test_a_word_model_whose_parts_do_not_fit_together_is_told(part: str, tmp_path: Path) -> None:
    with np.load(places.word_model()) as shipped:
        parts = {name: shipped[name] for name in PARTS}
    for spoilt in (parts[part][:-1], parts[part] * np.nan, parts[part] * 1j):
        np.savez(tmp_path / "words.npz", **(parts | {part: spoilt}))
        with pytest.raises(Broken, match=r"words\.npz can't be read"):
            WordModel.load(tmp_path / "words.npz")
