"""A voice that takes its time never makes a session wait: late sentences have a spare voice, and lie on the shelf the next time."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import Broken, CoachError, Missing, Unreadable
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm
from voicecoach.voice.beside import WARM_UP, Beside, LateError
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.spare import Spared

LONG_S = 20.0


class SlowRenderer(Renderer):
    """Makes a sentence when it may; all of them have a second of sound."""

    def __init__(self) -> None:
        super().__init__("heart", 155, command=("false",))
        self.may = threading.Event()
        self.asked: list[str] = []
        self.made = threading.Semaphore(0)
        self.let_go = threading.Event()
        self.breaks = False

    @property
    def engine(self) -> str:
        return "slow"

    def render(self, text: str) -> Pcm:
        self.asked.append(text)
        assert self.may.wait(LONG_S)
        if self.breaks and text != WARM_UP:
            raise Broken("It fails.", "Mend it.")
        self.made.release()
        return Pcm(np.ones(VOICE_RATE_HZ, np.float32), VOICE_RATE_HZ)

    def close(self) -> None:
        self.let_go.set()


@pytest.fixture
def renderer() -> Iterator[SlowRenderer]:
    renderer = SlowRenderer()
    yield renderer
    renderer.may.set()


def waited(renderer: SlowRenderer, count: int) -> None:
    for _ in range(count):
        assert renderer.made.acquire(timeout=LONG_S)


def test_what_is_not_made_in_time_is_late_and_is_there_the_next_time(tmp_path: Path, renderer: SlowRenderer) -> None:
    voice = Beside(tmp_path, renderer, ())
    with pytest.raises(LateError):
        voice.pcm("Set 3 of 4.")
    renderer.may.set()
    waited(renderer, 2)
    assert voice.pcm("Set 3 of 4.").duration_s == 1
    voice.end()
    assert renderer.asked == [WARM_UP, "Set 3 of 4."]


def test_what_is_on_the_shelf_needs_no_engine(tmp_path: Path, renderer: SlowRenderer) -> None:
    quick = SlowRenderer()
    quick.may.set()
    made = Beside(tmp_path, quick, ["Lift."])
    waited(quick, 2)
    made.end()
    voice = Beside(tmp_path, renderer, ())
    assert voice.pcm("Lift.").duration_s == 1
    assert renderer.asked in ([], [WARM_UP])
    renderer.may.set()
    voice.end()


def test_what_is_wanted_is_made_before_the_rest_of_the_stock(tmp_path: Path, renderer: SlowRenderer) -> None:
    voice = Beside(tmp_path, renderer, ["One.", "Two.", "Three."])
    with pytest.raises(LateError):
        voice.pcm("Now.")
    renderer.may.set()
    waited(renderer, 5)
    voice.end()
    assert renderer.asked == [WARM_UP, "Now.", "One.", "Two.", "Three."]


def test_a_name_is_not_kept_on_disk(tmp_path: Path, renderer: SlowRenderer) -> None:
    renderer.may.set()
    voice = Beside(tmp_path, renderer, (), in_time_s=LONG_S)
    assert voice.pcm("Hello, Anna.", kept=False).duration_s == 1
    assert voice.pcm("Hello, Anna.", kept=False).duration_s == 1
    voice.end()
    assert renderer.asked == [WARM_UP, "Hello, Anna."]
    assert list(tmp_path.iterdir()) == []


def test_when_there_is_nothing_to_make_the_engine_is_let_go(tmp_path: Path, renderer: SlowRenderer) -> None:
    renderer.may.set()
    voice = Beside(tmp_path, renderer, ["One."], in_time_s=LONG_S, idle_s=0.01)
    assert renderer.let_go.wait(LONG_S)
    assert voice.pcm("Two.").duration_s == 1
    voice.end()
    assert renderer.asked == [WARM_UP, "One.", "Two."]


def test_an_engine_that_fails_makes_no_more_of_the_stock(tmp_path: Path, renderer: SlowRenderer) -> None:
    renderer.breaks = True
    voice = Beside(tmp_path, renderer, ["One.", "Two."], in_time_s=LONG_S)
    renderer.may.set()
    with pytest.raises(Broken):
        voice.pcm("Now.")
    voice.end()
    assert "Two." not in renderer.asked


class Said:
    """A voice that says what it is called, or raises."""

    def __init__(self, length_s: int, error: Exception | None = None) -> None:
        self.length_s, self.error, self.asked = length_s, error, 0

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        self.asked += 1
        if self.error:
            raise self.error
        return Pcm(np.zeros(self.length_s * VOICE_RATE_HZ, np.float32), VOICE_RATE_HZ)


def test_the_spare_voice_says_a_late_sentence_and_only_that() -> None:
    first, told = Said(1, LateError()), list[CoachError]()
    voice = Spared(first, Said(2), told.append)
    assert voice.pcm("Lift.").duration_s == 2
    first.error = None
    assert voice.pcm("Lift.").duration_s == 1
    assert told == []


@pytest.mark.parametrize("error", [Broken("It fails.", "Mend it."), Missing("It isn't there.", "Install it.")])
def test_a_voice_that_fails_is_told_once_and_the_spare_speaks_from_then_on(error: CoachError) -> None:
    first, told = Said(1, error), list[CoachError]()
    voice = Spared(first, Said(2), told.append)
    assert [voice.pcm(text).duration_s for text in ("Lift.", "Lower.", "Lift.")] == [2, 2, 2]
    assert told == [error]
    assert first.asked == 1


def test_a_text_without_a_word_is_no_failure_of_the_voice() -> None:
    told = list[CoachError]()
    voice = Spared(Said(1, Unreadable("Nothing to say.", "Give it words.")), Said(2), told.append)
    with pytest.raises(Unreadable):
        voice.pcm("...")
    assert told == []


def test_when_both_fail_the_session_is_told() -> None:
    voice = Spared(Said(1, Broken("It fails.", "")), Said(2, Missing("No library.", "Install it.")), lambda _: None)
    with pytest.raises(Missing):
        voice.pcm("Lift.")
