"""What the ears of a coach that waits hear. The wake phrase is said by a synthetic voice: nobody has recorded it."""

from functools import cache

import numpy as np
import pytest

from tests.coach.stage import PHRASEBOOK, PROMPTS
from tests.ears.rooms import confirmed, hear, model, quiet, room, words
from voicecoach.ears.ears import Ears
from voicecoach.messages.sound import EARS_RATE_HZ, Samples
from voicecoach.sound.resampling import resampled
from voicecoach.understanding.waking import wake_grammar
from voicecoach.voice.renderer import Renderer

VOICES = ("en-us", "en-gb", "en-gb-scotland")


def waiting() -> Ears:
    made = Ears(model(), words(), None, {})
    made.scope(wake_grammar(PROMPTS, PHRASEBOOK))
    return made


@cache
def spoken(voice: str, text: str) -> Samples:
    with Renderer(voice, 150) as renderer:
        said = resampled(renderer.render(text), EARS_RATE_HZ).samples
    return np.asarray(said / (2 * np.abs(said).max()), np.float32)


def with_said(samples: Samples, said: Samples, at_s: float) -> Samples:
    start = round(at_s * EARS_RATE_HZ)
    samples[start : start + len(said)] += said
    return samples


@pytest.mark.parametrize("voice", VOICES)
def test_hello_coach_wakes_it_once_in_every_voice(voice: str) -> None:
    assert confirmed(hear(waiting(), with_said(quiet(5.0), spoken(voice, "hello coach"), 1.5))) == ["hello coach"]


def test_it_is_woken_after_hours_in_which_nothing_stirred() -> None:
    listening = waiting()
    hear(listening, quiet(20.0))
    assert not listening.awake
    assert confirmed(hear(listening, with_said(quiet(4.0), spoken("en-us", "hello coach"), 1.0))) == ["hello coach"]


@pytest.mark.parametrize("name", ["talk", "stop_1", "it_hurts", "yes", "down"])
def test_talk_and_the_words_of_a_session_don_t_wake_it(name: str) -> None:
    assert confirmed(hear(waiting(), room(8.0, (1.0, name)))) == []


@pytest.mark.parametrize("text", ["hello", "coach", "hello doctor"])
def test_a_part_of_the_phrase_doesn_t_wake_it(text: str) -> None:
    assert confirmed(hear(waiting(), with_said(quiet(5.0), spoken("en-us", text), 1.5))) == []
