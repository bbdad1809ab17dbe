import json
import os
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import Broken, Missing, Unreadable
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples
from voicecoach.voice.renderer import WORKER, Renderer

HUNG = ("tail", "-f", "/dev/null")
SENTENCES = ("Lift, and breathe out.", "Hold.", "Three.", "From zero to ten, how much pain do you have right now?", "Half way!")


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    with Renderer("en-us", 155) as renderer:
        yield renderer


def rendered(voice: str, text: str = "Lift, and breathe out.", words_per_minute: int = 155) -> Samples:
    with Renderer(voice, words_per_minute) as renderer:
        return renderer.render(text).samples


def test_the_same_text_gives_the_same_samples_whatever_was_said_before(renderer: Renderer) -> None:
    first = [renderer.render(text).samples for text in SENTENCES]
    backwards = [renderer.render(text).samples for text in reversed(SENTENCES)][::-1]
    elsewhere = [rendered("en-us", text) for text in SENTENCES]
    for one, two, three in zip(first, backwards, elsewhere, strict=True):
        np.testing.assert_array_equal(one, two)
        np.testing.assert_array_equal(one, three)


@pytest.mark.parametrize("voice", ["en-us", "en-gb-x-rp", "en-us+f5", "en-us+klatt4", "en-us+whisper"])
def test_every_sentence_begins_at_once_and_stays_under_the_peak(voice: str) -> None:
    with Renderer(voice, 155) as renderer:
        for text in SENTENCES:
            pcm = renderer.render(text)
            size = np.abs(pcm.samples)
            audible = np.flatnonzero(size > size.max() / 100)
            assert pcm.rate_hz == VOICE_RATE_HZ
            assert 0.3 < size.max() <= 10 ** (-3 / 20)
            assert audible[0] <= VOICE_RATE_HZ // 100
            assert size[0] == 0
            assert size[-1] < 1 / 1000
            assert np.flatnonzero(size > size.max() / 250)[-1] >= len(size) - VOICE_RATE_HZ // 50


@pytest.mark.parametrize("words_per_minute", [80, 155, 175, 176, 200, 450])
def test_the_rate_is_kept_every_time(words_per_minute: int) -> None:
    with Renderer("en-us", words_per_minute) as renderer:
        lengths = {len(renderer.render("Tell me stop at any moment and we stop.").samples) for _ in range(20)}
    assert len(lengths) == 1


def test_each_rate_is_faster_than_the_one_before() -> None:
    lengths = [len(rendered("en-us", "Tell me stop at any moment and we stop.", rate)) for rate in (80, 155, 175, 200, 450)]
    assert lengths == sorted(set(lengths), reverse=True)


def test_samples_are_read_only_and_survive_sixteen_bits(renderer: Renderer) -> None:
    samples = renderer.render("Hold.").samples
    assert samples.dtype == np.float32
    assert not samples.flags.writeable
    np.testing.assert_array_equal(samples, np.round(samples * 32768).astype(np.int16) / np.float32(32768))


def test_a_long_text_is_spoken_to_its_end(renderer: Renderer) -> None:
    text = "Tell me stop at any moment and we stop. "
    once, often = renderer.render(text), renderer.render(text * 12)
    assert often.duration_s > 11 * once.duration_s


def test_text_that_looks_like_markup_or_an_option_is_only_text(renderer: Renderer) -> None:
    for text in ("-v de", '<break time="9s"/> lift', "[[h@]] lift", 'lift "now"\nand lower', "Höher, größer"):
        assert 0.2 < renderer.render(text).duration_s < 9


@pytest.mark.parametrize(
    "voice", ["en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-scotland+m3", "en-gb+f3", "gmw/en-us", "EN-US+F4", "en+f2", "de"]
)
def test_voices_go_by_their_plain_names(voice: str) -> None:
    assert len(rendered(voice)) > VOICE_RATE_HZ // 2


def test_voices_and_variants_sound_different() -> None:
    voices = [rendered(voice).tobytes() for voice in ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-us+f3", "en-us+Annie")]
    assert len(set(voices)) == len(voices)


def test_case_and_long_form_of_a_voice_name_make_no_difference() -> None:
    assert rendered("en-us+annie").tobytes() == rendered("gmw/en-US+Annie").tobytes()
    assert rendered("en-gb").tobytes() == rendered("gmw/en").tobytes()


@pytest.mark.parametrize(
    ("voice", "nearest"),
    [("en-gb-scotlnd", "en-gb-scotland"), ("en-us+anie", "Annie"), ("en-us+", "f"), ("", "af"), ("klingonish", "Nearest")],
)
def test_a_voice_that_is_not_there_is_refused_with_the_nearest(voice: str, nearest: str) -> None:
    with pytest.raises(Missing, match=nearest):
        rendered(voice)


def test_the_list_of_voices_can_be_used_as_it_is(renderer: Renderer) -> None:
    voices = renderer.voices()
    assert {"en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp"} <= set(voices)
    assert voices == sorted(voices)
    assert len(rendered(voices[0])) > 0


def test_the_engine_is_named_with_its_version(renderer: Renderer) -> None:
    assert renderer.engine.startswith("espeak-ng 1.")
    assert "pyttsx3 2." in renderer.engine


@pytest.mark.parametrize("words_per_minute", [0, 79, 451, -155])
def test_a_rate_the_engine_would_silently_change_is_refused(words_per_minute: int) -> None:
    with pytest.raises(Unreadable, match="80 to 450"):
        Renderer("en-us", words_per_minute)


@pytest.mark.parametrize("text", ["", "   ", "...", "\n", "?!"])
def test_a_text_without_a_word_is_refused(renderer: Renderer, text: str) -> None:
    with pytest.raises(Unreadable, match="nothing to say"):
        renderer.render(text)


def test_a_killed_worker_is_replaced_and_nobody_notices(renderer: Renderer) -> None:
    before = renderer.render("Hold.").samples
    worker = renderer._worker
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    np.testing.assert_array_equal(renderer.render("Hold.").samples, before)


@pytest.mark.parametrize(
    "failure", ["exit 1", "exec tail -f /dev/null", "read line; echo noise", "read line; exit", 'echo "{\\"error\\": \\"x\\"}"']
)
def test_a_worker_that_fails_once_is_replaced(tmp_path: Path, failure: str) -> None:
    marker = tmp_path / "failed"
    command = ("sh", "-c", f'if [ -e "$0" ]; then exec "$@"; fi; touch "$0"; {failure}', str(marker), *WORKER)
    with Renderer("en-us", 155, timeout_s=3, command=command) as renderer:
        assert renderer.render("Hold.").duration_s > 0.2
    assert marker.exists()


def test_a_worker_that_hangs_at_its_work_is_given_up_long_before_one_that_has_yet_to_start(tmp_path: Path) -> None:
    answer = json.dumps({"engine": "slow", "voices": {"en-us": "gmw/en-us"}, "variants": []})
    hangs = f"read line; echo '{answer}'; tail -f /dev/null"
    command = ("sh", "-c", f'if [ -e "$0" ]; then exec "$@"; fi; touch "$0"; {hangs}', str(tmp_path / "seen"), *WORKER)
    with Renderer("en-us", 155, timeout_s=1e6, command=command) as renderer:
        assert len(renderer.render("Lift.").samples)


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (HUNG, "didn't answer"),
        (("false",), "fails"),
        (("sh", "-c", "while read line; do echo noise; done"), "noise"),
        (("/nowhere/at/all",), "No such file"),
        ((sys.executable, "-c", "import os; input(); os.write(1, b'{')"), "died"),
    ],
)
def test_a_worker_that_fails_twice_breaks_the_voice(command: tuple[str, ...], reason: str) -> None:
    with Renderer("en-us", 155, timeout_s=0.3, command=command) as renderer, pytest.raises(Broken, match=reason):
        renderer.render("Hold.")


def test_a_hung_worker_is_ended_with_all_its_children(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    command = ("sh", "-c", f'exec 3>"{pipe}"; echo there >&3; tail -f /dev/null >/dev/null & wait')
    with Renderer("en-us", 155, timeout_s=1, command=command) as renderer, pytest.raises(Broken):
        renderer.render("Hold.")
    assert os.read(reading, 100).startswith(b"there")
    ended = select.poll()
    ended.register(reading, select.POLLHUP)
    assert ended.poll(10_000)
    os.close(reading)


def test_after_closing_the_next_request_starts_again(renderer: Renderer) -> None:
    before = renderer.render("Hold.").samples
    renderer.close()
    renderer.close()
    np.testing.assert_array_equal(renderer.render("Hold.").samples, before)


def test_without_the_library_of_espeak_it_says_what_to_install(tmp_path: Path) -> None:
    for name in ("libespeak-ng.so.1", "libespeak.so.1"):
        (tmp_path / name).touch()
    with Renderer("en-us", 155, command=("env", f"LD_LIBRARY_PATH={tmp_path}", *WORKER)) as renderer, pytest.raises(Missing) as caught:
        renderer.render("Hold.")
    assert "apt install espeak-ng" in str(caught.value)


def test_without_pyttsx3_it_says_so() -> None:
    with Renderer("en-us", 155, command=(WORKER[0], "-S", *WORKER[1:])) as renderer, pytest.raises(Missing, match="pyttsx3"):
        renderer.voices()
