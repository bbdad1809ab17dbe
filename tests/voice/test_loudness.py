"""How loud it all is, measured on the default voice's real sentences with the weighting of ITU-R BS.1770."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.coach.stage import PROMPTS, SETTINGS, TONES
from voicecoach.coach.course import LOUDEST_DB, LOUDNESS_STEP_DB, QUIETEST_DB
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.finish import active_rms
from voicecoach.voice.renderer import Renderer
from voicecoach.voice.script import Script
from voicecoach.voice.speaker import Speaker
from voicecoach.voice.tones import NAMES

LEVELS_DB = np.arange(QUIETEST_DB, LOUDEST_DB + 1, LOUDNESS_STEP_DB)
CEILING = 10 ** (-1 / 20)


@pytest.fixture(scope="module")
def sentences() -> Iterator[list[Samples]]:
    """Every sixteenth sentence of the coach."""
    settings, script = SETTINGS, Script.load(Path(PROMPTS))
    texts = [text for _, text in script.every_sentence() if "{" not in text]
    with Renderer(settings.voice, settings.words_per_minute) as renderer:
        yield [renderer.render(text).samples for text in texts[::16]]


def weighted(sound: Samples) -> Samples:
    """K-weighted: the shelf and the high-pass of BS.1770-4, whose coefficients are for 48 kHz, as a response of frequency."""
    count = 1 << (len(sound) + VOICE_RATE_HZ // 2).bit_length()
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(count, 1 / VOICE_RATE_HZ) / 48_000)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (1 - 1.69065929318241 * z + 0.73248077421585 * z**2)
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.fft.irfft(np.fft.rfft(sound, count) * shelf * high_pass, count)[: len(sound)], np.float32)


def loudness_lkfs(sound: Samples) -> float:
    """While it sounds: a tone is shorter than the 0.4 s over which BS.1770 looks, so the gate is that of `active_rms`."""
    return float(-0.691 + 20 * np.log10(active_rms(weighted(sound))))


def played(sound: Samples, gain_db: float, *tones: str) -> Samples:
    speaker = Speaker()
    speaker.gain_db = gain_db
    speaker.pull(VOICE_RATE_HZ // 10)
    speaker.say(1, Pcm(sound, VOICE_RATE_HZ))
    for name in tones:
        speaker.tone(TONES.tone(name))
    return speaker.pull(len(sound))


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_is_as_loud_as_the_voice_to_within_two_units(name: str, sentences: list[Samples]) -> None:
    voice_lkfs = float(np.mean([loudness_lkfs(sound) for sound in sentences]))
    assert abs(loudness_lkfs(TONES.tone(name).samples) - voice_lkfs) < 2


def test_all_sentences_are_equally_loud(sentences: list[Samples]) -> None:
    assert np.ptp([loudness_lkfs(sound) for sound in sentences]) < 2


def test_every_step_of_loudness_is_the_same_for_the_ear(sentences: list[Samples]) -> None:
    sound = np.concatenate(sentences)
    levels_lkfs = [loudness_lkfs(played(sound, gain_db)) for gain_db in LEVELS_DB]
    assert len(levels_lkfs) == 7
    np.testing.assert_allclose(np.diff(levels_lkfs), LOUDNESS_STEP_DB, atol=0.2)


def test_at_its_loudest_the_voice_is_hardly_bent(sentences: list[Samples]) -> None:
    sound = np.concatenate(sentences)
    loud = played(sound, LOUDEST_DB)
    frames = len(sound) // 480 * 480
    as_it_is, as_played = (np.asarray(one[:frames], np.float64).reshape(-1, 480) for one in (sound, loud))
    scale = (as_it_is * as_played).sum(axis=1) / ((as_it_is**2).sum(axis=1) + 1e-12)
    bent = as_played - scale[:, None] * as_it_is
    assert np.sqrt((bent**2).sum() / (as_played**2).sum()) < 0.04


def test_voice_and_tones_at_their_loudest_stay_below_the_ceiling(sentences: list[Samples]) -> None:
    for sound in sentences:
        assert np.abs(played(sound, LOUDEST_DB, "lift", "heard")).max() <= CEILING + 1e-6
