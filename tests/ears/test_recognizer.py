"""The door to Vosk."""

from pathlib import Path

import pytest

from tests.ears.rooms import clip, model, quiet
from voicecoach.ears.recognizer import Recognizer, SpeechModel
from voicecoach.errors import Missing


def test_a_folder_without_a_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="voicecoach model"):
        SpeechModel(tmp_path)


def test_words_that_the_model_does_not_know_are_named() -> None:
    assert model().unknown(("stop", "stoppppp now", "fourrrr", "four")) == ["fourrrr", "stoppppp"]


@pytest.mark.parametrize("name", ["stop_1", "stop_2"])
def test_a_recogniser_hears_a_word_of_its_list_and_then_begins_anew(name: str) -> None:
    recognizer = Recognizer(model(), ("stop", "yes"))
    recognizer.feed(quiet(1.0))
    recognizer.feed(clip(name))
    texts = [recognizer.feed(quiet(0.1)) for _ in range(20)]
    assert [hypothesis.text for hypothesis in texts if hypothesis.final] == ["stop"]
    assert texts[-1].text == ""
