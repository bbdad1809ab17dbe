import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.shelf import Shelf


class CountingRenderer:
    """Makes noise of one second from a text, and remembers which texts it was asked for."""

    def __init__(self, voice: str = "en-us", words_per_minute: int = 155, engine: str = "engine 1") -> None:
        self.voice = voice
        self.words_per_minute = words_per_minute
        self.engine = engine
        self.rendered: list[str] = []

    def render(self, text: str) -> Pcm:
        self.rendered.append(text)
        noise = np.random.default_rng(list(text.encode())).integers(-20000, 20000, VOICE_RATE_HZ)
        return Pcm(noise.astype(np.float32) / np.float32(32768), VOICE_RATE_HZ)


def test_a_sentence_is_rendered_once(tmp_path: Path) -> None:
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer)
    assert shelf.pcm("Lift.") is shelf.pcm("Lift.")
    assert renderer.rendered == ["Lift."]


def test_the_next_session_finds_it_on_disk_sample_for_sample(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "when needed"
    fresh = Shelf(folder, CountingRenderer()).pcm("Lift.")
    renderer = CountingRenderer()
    kept = Shelf(folder, renderer).pcm("Lift.")
    assert renderer.rendered == []
    assert kept.rate_hz == fresh.rate_hz
    np.testing.assert_array_equal(kept.samples, fresh.samples)


def test_a_real_voice_comes_back_sample_for_sample(tmp_path: Path) -> None:
    with Renderer("en-us", 155) as renderer:
        fresh = Shelf(tmp_path, renderer).pcm("Lift, and breathe out.")
        kept = Shelf(tmp_path, renderer).pcm("Lift, and breathe out.")
    np.testing.assert_array_equal(kept.samples, fresh.samples)


def test_what_is_kept_is_a_wav_file_that_others_can_play(tmp_path: Path) -> None:
    pcm = Shelf(tmp_path, CountingRenderer()).pcm("Lift.")
    (path,) = tmp_path.iterdir()
    with wave.open(str(path)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes()) == (VOICE_RATE_HZ, 1, len(pcm.samples))


@pytest.mark.parametrize(
    "other", [CountingRenderer(voice="en-gb"), CountingRenderer(words_per_minute=120), CountingRenderer(engine="engine 2")]
)
def test_another_voice_rate_or_engine_is_rendered_for_itself(tmp_path: Path, other: CountingRenderer) -> None:
    Shelf(tmp_path, CountingRenderer()).pcm("Lift.")
    Shelf(tmp_path, other).pcm("Lift.")
    assert other.rendered == ["Lift."]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:1],
        lambda content: content[:20],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: bytes(len(content)),
        lambda content: content[:1000] + b"\x55" + content[1001:],
    ],
)
def test_a_torn_file_is_rendered_again_and_mended(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    whole = Shelf(tmp_path, CountingRenderer()).pcm("Lift.")
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    again, after = CountingRenderer(), CountingRenderer()
    np.testing.assert_array_equal(Shelf(tmp_path, again).pcm("Lift.").samples, whole.samples)
    np.testing.assert_array_equal(Shelf(tmp_path, after).pcm("Lift.").samples, whole.samples)
    assert (again.rendered, after.rendered) == (["Lift."], [])


def test_what_an_interrupted_session_left_half_written_is_no_sound(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, CountingRenderer())
    (tmp_path / f"{shelf._key('Lift.')}.wav.part").write_bytes(b"RIFF")
    pcm = shelf.pcm("Lift.")
    assert len(pcm.samples) == VOICE_RATE_HZ
    assert [path.suffix for path in tmp_path.iterdir()] == [".wav"]


def test_a_folder_that_cannot_be_written_means_memory_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path / "file" / "shelf", renderer)
    assert shelf.unwritable
    assert shelf.pcm("Lift.") is shelf.pcm("Lift.")
    assert renderer.rendered == ["Lift."]


def test_a_folder_that_can_be_written_says_so(tmp_path: Path) -> None:
    assert not Shelf(tmp_path, CountingRenderer()).unwritable


def test_a_disk_that_fails_later_is_noticed_and_does_no_harm(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, CountingRenderer())
    (tmp_path / f"{shelf._key('Lift.')}.wav").mkdir()
    assert shelf.pcm("Lift.").duration_s == 1
    assert shelf.unwritable


def test_a_folder_that_vanishes_does_no_harm(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf", CountingRenderer())
    shutil.rmtree(tmp_path / "shelf")
    assert shelf.pcm("Lift.").duration_s == 1


def test_stocking_counts_down_and_renders_only_what_is_missing(tmp_path: Path) -> None:
    Shelf(tmp_path, CountingRenderer()).pcm("Two.")
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer)
    assert list(shelf.stock(["One.", "Two.", "Three.", "One.", "Four."])) == [2, 1, 0]
    assert renderer.rendered == ["One.", "Three.", "Four."]
    assert list(shelf.stock(["Four.", "Two."])) == []


def test_stocking_renders_a_torn_file_again(tmp_path: Path) -> None:
    Shelf(tmp_path, CountingRenderer()).pcm("One.")
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:100])
    assert list(Shelf(tmp_path, CountingRenderer()).stock(["One."])) == [0]


def test_what_is_stocked_takes_no_memory(tmp_path: Path) -> None:
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer)
    assert list(shelf.stock(["One.", "Two."])) == [1, 0]
    assert list(shelf.stock(["One.", "Two."])) == []
    for path in tmp_path.iterdir():
        path.unlink()
    shelf.pcm("One.")
    assert renderer.rendered == ["One.", "Two.", "One."]


def test_where_nothing_can_be_written_nothing_is_stocked(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    renderer = CountingRenderer()
    assert list(Shelf(tmp_path / "file", renderer).stock(["One.", "Two."])) == []
    assert renderer.rendered == []


def test_a_disk_that_fills_while_it_is_stocked_ends_that(tmp_path: Path) -> None:
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer)
    (tmp_path / f"{shelf._key('One.')}.wav").mkdir()
    assert list(shelf.stock(["One.", "Two."])) == [1]
    assert renderer.rendered == ["One."]


def test_what_memory_has_no_room_for_is_read_again_and_not_rendered(tmp_path: Path) -> None:
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer, memory_samples=2 * VOICE_RATE_HZ)
    for text in ("One.", "Two.", "Three.", "One."):
        shelf.pcm(text)
    assert renderer.rendered == ["One.", "Two.", "Three."]
    assert shelf.pcm("One.") is shelf.pcm("One.")


def test_memory_is_bounded_and_forgets_what_was_used_longest_ago(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path / "file", renderer, memory_samples=2 * VOICE_RATE_HZ)
    for text in ("One.", "Two.", "One.", "Three.", "One.", "Two."):
        shelf.pcm(text)
    assert renderer.rendered == ["One.", "Two.", "Three.", "Two."]


def test_what_is_not_to_be_kept_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    renderer = CountingRenderer()
    shelf = Shelf(tmp_path, renderer)
    assert shelf.pcm("Hello, Anna.", kept=False) is shelf.pcm("Hello, Anna.", kept=False)
    assert renderer.rendered == ["Hello, Anna."]
    assert list(tmp_path.iterdir()) == []
