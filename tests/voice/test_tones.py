from itertools import combinations

import numpy as np
import pytest

from tests.coach.stage import PROMPTS
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples
from voicecoach.voice.finish import active_rms
from voicecoach.voice.tones import NAMES, Tones

TONES = Tones.load(PROMPTS)


def pulses(samples: Samples) -> list[tuple[int, int]]:
    """First and last sample of each sounding stretch; silence of 5 ms ends one."""
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() / 20)
    breaks = np.flatnonzero(np.diff(loud) > VOICE_RATE_HZ // 200)
    starts, ends = np.r_[loud[0], loud[breaks + 1]], np.r_[loud[breaks], loud[-1]]
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def rhythm(name: str) -> tuple[str, ...]:
    return tuple("long" if end - start > 0.09 * VOICE_RATE_HZ else "short" for start, end in pulses(TONES.tone(name).samples))


def pitch_hz(part: Samples) -> float:
    """By upward crossings of zero: the octave above, at a third, adds none."""
    upward = np.flatnonzero((part[:-1] < 0) & (part[1:] >= 0))
    return float((len(upward) - 1) * VOICE_RATE_HZ / (upward[-1] - upward[0]))


def contour(name: str) -> tuple[str, ...]:
    """What the pitch does from each quarter of a signal's sound to the next, and where it is."""
    samples = TONES.tone(name).samples
    pitches = []
    for start, end in pulses(samples):
        middle = (start + end) // 2
        pitches += [pitch_hz(samples[start:middle]), pitch_hz(samples[middle:end])]
    steps = np.diff(pitches)
    moves = ["up" if step > 40 else "down" if step < -40 else "level" for step in steps]
    return ("high" if np.mean(pitches) > 900 else "low" if np.mean(pitches) < 500 else "middle", *moves)


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_is_short_fades_at_its_ends_and_is_as_loud_as_the_voice(name: str) -> None:
    pcm = TONES.tone(name)
    assert pcm.rate_hz == VOICE_RATE_HZ
    assert 0.08 <= pcm.duration_s <= 0.25
    assert 20 * np.log10(active_rms(pcm.samples)) == pytest.approx(-20, abs=0.1)
    assert np.abs(pcm.samples).max() < 10 ** (-6 / 20)
    assert np.abs(pcm.samples[[0, -1]]).max() < 0.001
    assert np.abs(np.diff(pcm.samples)).max() < 0.1


@pytest.mark.parametrize(("one", "two"), list(combinations(NAMES, 2)))
def test_any_two_tones_differ_in_melody_and_in_rhythm(one: str, two: str) -> None:
    assert contour(one) != contour(two)
    assert rhythm(one) != rhythm(two)


def test_a_tone_goes_where_the_legs_go() -> None:
    assert contour("lift")[1:] == ("up",)
    assert set(contour("lower")[1:]) == {"down"}


@pytest.mark.parametrize("name", NAMES)
def test_a_tone_sounds_the_same_every_time_and_cannot_be_changed(name: str) -> None:
    assert TONES.tone(name).samples.tobytes() == Tones.load(PROMPTS).tone(name).samples.tobytes()
    assert not TONES.tone(name).samples.flags.writeable


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(KeyError):
        TONES.tone("gong")
