"""How the coach speaks to somebody."""

import numpy as np
import pytest

from tests.coach.stage import PROMPTS, TONES
from voicecoach.errors import Missing
from voicecoach.messages.actions import Manner, Say
from voicecoach.messages.lines import Line
from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm
from voicecoach.own_voice import OwnWords
from voicecoach.speech import Voice
from voicecoach.voice.script import Script
from voicecoach.voice.speaker import Speaker

HEIGHT = Line("answer.how_high")


class Voices:
    """Remembers which voice said what at which rate, and whether it was to be kept."""

    def __init__(self) -> None:
        self.said: list[tuple[str, int, str, bool]] = []

    def shelf_of(self, voice: str, words_per_minute: int) -> "OneVoice":
        return OneVoice(self, voice, words_per_minute)


class OneVoice:
    def __init__(self, voices: Voices, voice: str, words_per_minute: int) -> None:
        self._voices, self._voice, self._words_per_minute = voices, voice, words_per_minute

    def pcm(self, text: str, *, kept: bool = True) -> Pcm:
        if self._voice == "klingon":
            raise Missing("There is no such voice.", "Choose another.")
        self._voices.said.append((self._voice, self._words_per_minute, text, kept))
        return Pcm(np.zeros(VOICE_RATE_HZ, np.float32), VOICE_RATE_HZ)


@pytest.fixture
def voices() -> Voices:
    return Voices()


@pytest.fixture
def voice(voices: Voices) -> Voice:
    return Voice(Script.load(PROMPTS), TONES, voices.shelf_of, Speaker(), OwnWords({}), "imperial")


def test_everything_after_it_is_said_in_the_voice_and_at_the_rate_that_was_asked_for(voice: Voice, voices: Voices) -> None:
    voice.turn_to(Manner("en-us+m3", 140))
    voice.say(Say(1, HEIGHT), 0.0)
    assert voices.said[-1][:2] == ("en-us+m3", 140)


def test_a_voice_that_is_not_there_leaves_the_coach_speaking_as_before(voice: Voice, voices: Voices) -> None:
    voice.turn_to(Manner("klingon"))
    assert voice.say(Say(1, HEIGHT), 0.0)
    assert voices.said[-1][0] == ""


def test_lengths_are_said_in_the_units_that_were_asked_for(voice: Voice) -> None:
    usual = voice.say(Say(1, HEIGHT), 0.0)
    voice.turn_to(Manner(units="metric"))
    assert ("inches" in usual, "centimeters" in voice.say(Say(2, HEIGHT), 0.0)) == (True, True)


def test_a_sentence_with_a_name_in_it_is_never_kept_on_the_disk(voice: Voice, voices: Voices) -> None:
    voice.say(Say(1, Line("who.hello", (("name", "Anna"),))), 0.0)
    voice.say(Say(2, HEIGHT), 0.0)
    assert [kept for *_, kept in voices.said] == [False, True]
