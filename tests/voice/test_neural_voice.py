"""The voice that sounds like a person keeps all that the mixer and the shelf count on, and needs no more than espeak-ng does."""

import os
import signal
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import Missing, Unreadable
from voicecoach.messages.sound import VOICE_RATE_HZ
from voicecoach.voice.finish import ACTIVE_DBFS, active_rms
from voicecoach.voice.renderer import WORKER, Renderer

pytestmark = pytest.mark.skipif(not find_spec("hibari"), reason="hibari-tts is not installed: pip install -e '.[voice]'")

SENTENCES = ("Lift, and breathe out.", "Hold.", "Three.", "From zero to ten, how much pain do you have right now?")
PROCESSES = Path("/proc")


@pytest.fixture(scope="module")
def heart() -> Iterator[Renderer]:
    with Renderer("heart", 155) as renderer:
        yield renderer


def test_the_same_text_gives_the_same_samples_whatever_was_said_before_and_by_whichever_worker(heart: Renderer) -> None:
    first = [heart.render(text).samples for text in SENTENCES]
    backwards = [heart.render(text).samples for text in reversed(SENTENCES)][::-1]
    heart.close()
    for one, two, text in zip(first, backwards, SENTENCES, strict=True):
        np.testing.assert_array_equal(one, two)
        np.testing.assert_array_equal(one, heart.render(text).samples)


def test_every_sentence_begins_at_once_and_is_as_loud_as_the_other_voices(heart: Renderer) -> None:
    for text in SENTENCES:
        pcm = heart.render(text)
        size = np.abs(pcm.samples)
        assert pcm.rate_hz == VOICE_RATE_HZ
        assert size.max() <= 10 ** (-3 / 20)
        assert np.flatnonzero(size > size.max() / 100)[0] <= VOICE_RATE_HZ // 40  # a soft f takes its time
        assert abs(20 * np.log10(active_rms(pcm.samples)) - ACTIVE_DBFS) < 2


def test_it_takes_about_as_long_as_espeak_ng_at_the_same_rate(heart: Renderer) -> None:
    with Renderer("en-us+f5", 155) as espeak:
        ratio = sum(heart.render(text).duration_s for text in SENTENCES) / sum(espeak.render(text).duration_s for text in SENTENCES)
    assert 0.75 < ratio < 1.25


def test_each_rate_is_faster_than_the_one_before() -> None:
    lengths = []
    for rate in (91, 155, 190, 364):
        with Renderer("heart", rate) as renderer:
            lengths.append(len(renderer.render("Tell me stop at any moment and we stop.").samples))
    assert lengths == sorted(set(lengths), reverse=True)


@pytest.mark.parametrize("words_per_minute", [90, 365])
def test_a_rate_the_model_would_silently_change_is_refused(words_per_minute: int) -> None:
    with pytest.raises(Unreadable, match="91 to 364"):
        Renderer("heart", words_per_minute)


@pytest.mark.parametrize("text", ["Zoë", "Иван", "-v de", '<break time="9s"/> lift', "1 1 2", 'lift "now"\nand lower'])
def test_it_says_what_is_no_english_too(heart: Renderer, text: str) -> None:
    assert 0.2 < heart.render(text).duration_s < 9


def test_its_name_is_known_without_a_worker(heart: Renderer) -> None:
    with Renderer("Heart", 155, command=("false",)) as renderer:
        assert renderer.engine.startswith("hibari 0.2.1")
        assert renderer.voices() == ["heart"]
    assert renderer.engine == heart.engine


def test_a_killed_worker_is_replaced_and_nobody_notices(heart: Renderer) -> None:
    before = heart.render("Hold.").samples
    assert heart._worker is not None
    os.kill(heart._worker._process.pid, signal.SIGKILL)
    np.testing.assert_array_equal(heart.render("Hold.").samples, before)


def test_without_its_library_it_says_so() -> None:
    hidden = f"import sys, runpy; sys.modules['hibari'] = None; runpy.run_path({WORKER[-1]!r}, run_name='__main__')"
    with Renderer("heart", 155, command=(sys.executable, "-c", hidden)) as renderer, pytest.raises(Missing, match="hibari"):
        renderer.render("Hold.")


def test_what_the_model_can_not_say_is_told_by_its_own_words(tmp_path: Path) -> None:
    silent = "import sys, types; sys.modules['hibari'] = types.SimpleNamespace(Hibari=lambda _: lambda *_, **__: []);"
    run = f"import runpy; runpy.run_path({WORKER[-1]!r}, run_name='__main__')"
    with Renderer("heart", 155, command=(sys.executable, "-c", silent + run)) as renderer, pytest.raises(Exception, match="no sound for"):
        renderer.render("Hold.")
