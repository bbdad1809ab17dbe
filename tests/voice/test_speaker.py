from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.messages.sound import VOICE_RATE_HZ, Pcm, Samples
from voicecoach.voice.speaker import Speaker, SpeakerEvent

BLOCK = 480
FADE = 480
GAP = 4800
CEILING = 10 ** (-1 / 20)


def level(value: float, count: int) -> Pcm:
    return Pcm(np.full(count, value, np.float32), VOICE_RATE_HZ)


def pulled(speaker: Speaker, count: int) -> Samples:
    return np.concatenate([speaker.pull(min(BLOCK, count - done)) for done in range(0, count, BLOCK)])


def started(say_id: int, at_sample: int, late: bool = False) -> SpeakerEvent:
    return SpeakerEvent("started", say_id, at_sample, cut_short=False, late=late)


def ended(say_id: int, at_sample: int, cut_short: bool = False, late: bool = False) -> SpeakerEvent:
    return SpeakerEvent("ended", say_id, at_sample, cut_short, late)


def test_without_anything_to_say_there_is_silence_and_time_goes_on() -> None:
    speaker = Speaker()
    block = speaker.pull(BLOCK)
    assert block.dtype == np.float32
    assert block.shape == (BLOCK,)
    assert not block.any()
    assert speaker.position_samples == BLOCK
    assert speaker.events() == []
    assert not speaker.busy
    assert speaker.playing is None


def test_a_line_is_played_sample_for_sample() -> None:
    speaker = Speaker()
    noise = np.random.default_rng(1).uniform(-0.7, 0.7, 5000).astype(np.float32)
    speaker.say(1, Pcm(noise, VOICE_RATE_HZ))
    np.testing.assert_array_equal(pulled(speaker, 5000), noise)
    assert speaker.events() == [started(1, 0), ended(1, 5000)]


@pytest.mark.parametrize("at_sample", [480, 481, 959, 960, 12345])
def test_a_cue_begins_on_its_sample(at_sample: int) -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 1000), at_sample)
    played = pulled(speaker, 20000)
    assert np.flatnonzero(played).tolist() == list(range(at_sample, at_sample + 1000))
    assert speaker.events() == [started(1, at_sample), ended(1, at_sample + 1000)]


def test_a_cue_whose_sample_is_past_starts_at_once_and_is_late() -> None:
    speaker = Speaker()
    pulled(speaker, 960)
    speaker.say(1, level(0.5, 100), 959)
    speaker.say(2, level(0.5, 100), 2000)
    pulled(speaker, 1920)
    assert speaker.events() == [started(1, 960, late=True), ended(1, 1060, late=True), started(2, 2000), ended(2, 2100)]


def test_a_cue_for_the_next_sample_is_not_late() -> None:
    speaker = Speaker()
    pulled(speaker, 960)
    speaker.say(1, level(0.5, 100), 960)
    pulled(speaker, 480)
    assert speaker.events()[0] == started(1, 960)


def test_lines_follow_each_other_with_a_gap() -> None:
    speaker = Speaker()
    for say_id in (1, 2, 3):
        speaker.say(say_id, level(0.1 * say_id, 700))
    pulled(speaker, 20000)
    second, third = 700 + GAP, 1400 + 2 * GAP
    assert speaker.events() == [
        started(1, 0), ended(1, 700), started(2, second), ended(2, second + 700), started(3, third), ended(3, third + 700)
    ]  # fmt: skip


def test_a_line_asked_for_long_after_the_last_starts_at_once() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 100))
    pulled(speaker, 9600)
    speaker.say(2, level(0.5, 100))
    pulled(speaker, 480)
    assert started(2, 9600) in speaker.events()


def test_a_cue_due_while_another_line_plays_follows_it_at_once_and_is_late() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 3000))
    speaker.say(2, level(0.25, 100), 1000)
    played = pulled(speaker, 4800)
    assert speaker.events() == [started(1, 0), ended(1, 3000), started(2, 3000, late=True), ended(2, 3100, late=True)]
    assert played.max() == np.float32(0.5)


def test_of_several_that_are_due_the_cue_wanted_first_is_first_and_an_untimed_line_last() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 20_000))
    pulled(speaker, 480)
    speaker.say(2, level(0.5, 100))
    speaker.say(3, level(0.5, 100), 2000)
    speaker.say(4, level(0.5, 100), 1000)
    speaker.say(5, level(0.5, GAP), 20_000)
    pulled(speaker, 48_000)
    assert [event.say_id for event in speaker.events() if event.kind == "started"] == [1, 4, 3, 5, 2]


def test_a_line_waits_for_the_cues_asked_before_it_and_for_none_asked_after_it() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.1, 100), 9600)
    speaker.say(2, level(0.1, 100))
    speaker.say(3, level(0.1, 100), 4800)
    speaker.say(4, level(0.1, 100), 9700 + GAP + 10_000)
    pulled(speaker, 48_000)
    assert [event.say_id for event in speaker.events() if event.kind == "started"] == [3, 1, 2, 4]


def test_hush_is_silence_within_twenty_milliseconds_without_a_click() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 48_000))
    pulled(speaker, 2400)
    speaker.hush()
    after = pulled(speaker, 4800)
    assert not after[FADE - 1 :].any()
    assert np.abs(np.diff(np.r_[np.float32(0.5), after])).max() < 0.002
    assert speaker.events() == [started(1, 0), ended(1, 2400 + FADE, cut_short=True)]
    assert not speaker.busy


def test_nothing_asked_before_a_hush_survives_it_and_everything_after_it_does() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 9600))
    speaker.say(2, level(0.5, 100))
    speaker.say(3, level(0.5, 100), 12_000)
    speaker.tone(level(0.3, 100), 11_000)
    speaker.tone(level(0.3, 9600))
    pulled(speaker, 480)
    speaker.say(4, level(0.5, 100))
    speaker.tone(level(0.3, 100))
    speaker.hush()
    speaker.say(5, level(0.25, 1000))
    played = pulled(speaker, 48_000)
    assert np.flatnonzero(played[FADE:]).tolist() == list(range(GAP, GAP + 1000))
    assert speaker.events() == [
        started(1, 0),
        ended(2, 480, cut_short=True),
        ended(3, 480, cut_short=True),
        ended(4, 480, cut_short=True),
        ended(1, 480 + FADE, cut_short=True),
        started(5, 480 + FADE + GAP),
        ended(5, 1480 + FADE + GAP),
    ]


def test_hush_with_nothing_to_hush_changes_nothing() -> None:
    speaker = Speaker()
    speaker.hush()
    speaker.hush()
    speaker.say(1, level(0.5, 100))
    assert pulled(speaker, 480)[:100].tolist() == [0.5] * 100
    assert speaker.events() == [started(1, 0), ended(1, 100)]


def test_a_line_that_would_end_within_the_fade_ends_no_later_for_it() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 580))
    pulled(speaker, 480)
    speaker.hush()
    pulled(speaker, 960)
    assert speaker.events() == [started(1, 0), ended(1, 580, cut_short=True)]


def test_a_tone_is_mixed_on_top_and_reports_nothing() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.25, 1000))
    speaker.tone(level(0.125, 300), 600)
    played = pulled(speaker, 1440)
    assert played[599:901].tolist() == [0.25, *[0.375] * 300, 0.25]
    assert speaker.events() == [started(1, 0), ended(1, 1000)]


def test_a_tone_sounds_at_once_without_a_sample_or_with_one_that_is_past() -> None:
    for at_sample in (None, 3, 960):
        speaker = Speaker()
        pulled(speaker, 960)
        speaker.tone(level(0.5, 10), at_sample)
        assert np.flatnonzero(pulled(speaker, 480)).tolist() == list(range(10))
        assert not speaker.busy


def test_a_change_of_loudness_glides_for_twenty_milliseconds() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 48_000))
    before = pulled(speaker, 960)
    speaker.gain_db = -20
    after = pulled(speaker, 960)
    assert before.tolist() == [0.5] * 960
    np.testing.assert_allclose(after[FADE:], 0.05, rtol=1e-5)
    assert np.abs(np.diff(np.r_[before[-1:], after])).max() < 0.001
    assert speaker.gain_db == -20


LOW = 0.5 * 10 ** (-12 / 20)


def test_ducked_everything_goes_down_in_thirty_milliseconds_and_comes_back_without_a_click() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 48_000))
    before = pulled(speaker, 960)
    speaker.duck()
    after = pulled(speaker, 24_000)
    down, held, back = 720, 7200, 4800
    np.testing.assert_allclose(after[down:held], LOW, rtol=1e-5)
    np.testing.assert_allclose(after[held + back :], 0.5, rtol=1e-5)
    assert np.abs(np.diff(np.r_[before[-1:], after])).max() < 0.001
    assert speaker.events() == [started(1, 0), SpeakerEvent("ducked", 1, 960, cut_short=False, late=False)]


def test_the_voice_stays_low_as_long_as_it_is_asked_to_and_tells_once() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 96_000))
    pulled(speaker, 960)
    low = []
    for _ in range(10):
        speaker.duck()
        low.append(pulled(speaker, 4800))
    np.testing.assert_allclose(np.concatenate(low)[720:], LOW, rtol=1e-5)
    assert [event.kind for event in speaker.events()] == ["started", "ducked"]


def test_ducking_leaves_the_loudness_that_was_asked_for_as_it_is() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 96_000))
    speaker.duck()
    pulled(speaker, 2400)
    speaker.gain_db = -6
    low = pulled(speaker, 2400)
    np.testing.assert_allclose(low[FADE:], LOW * 10 ** (-6 / 20), rtol=1e-5)
    pulled(speaker, 9600)
    np.testing.assert_allclose(pulled(speaker, 4800), 0.5 * 10 ** (-6 / 20), rtol=1e-5)
    assert speaker.gain_db == -6


def test_a_hush_while_ducked_is_a_hush_and_what_is_said_after_it_is_as_loud_as_ever() -> None:
    speaker = Speaker()
    speaker.say(1, level(0.5, 96_000))
    speaker.duck()
    pulled(speaker, 2400)
    speaker.hush()
    speaker.say(2, level(0.25, 4800))
    after = pulled(speaker, 24_000)
    said = np.flatnonzero(after[FADE:])
    assert not after[FADE - 1 : FADE + GAP].any()
    assert np.abs(np.diff(np.r_[np.float32(LOW), after[:FADE]])).max() < 0.002
    assert said.tolist() == list(range(GAP, GAP + 4800))
    np.testing.assert_allclose(after[FADE + GAP : FADE + GAP + 4800], 0.25, rtol=1e-5)


@pytest.mark.parametrize("gain_db", [float("nan"), float("inf"), 101])
def test_a_loudness_that_is_none_is_refused(gain_db: float) -> None:
    speaker = Speaker()
    with pytest.raises(ValueError, match="gain"):
        speaker.gain_db = gain_db
    assert speaker.gain_db == 0


@settings(deadline=None, database=None, max_examples=50)
@given(st.floats(-100, 100), st.lists(st.floats(0, 1, width=32), min_size=1, max_size=4), st.integers(0, 9))
def test_the_peak_never_exceeds_minus_one_decibel(gain_db: float, peaks: list[float], seed: int) -> None:
    speaker = Speaker()
    speaker.gain_db = gain_db
    for peak in peaks:
        speaker.tone(Pcm((peak * np.random.default_rng(seed).uniform(-1, 1, 2000)).astype(np.float32), VOICE_RATE_HZ))
    assert np.abs(pulled(speaker, 2400)).max() <= CEILING + 1e-6


def test_the_limiter_keeps_the_order_of_loudness() -> None:
    speaker = Speaker()
    ramp = np.linspace(0, 1, 2000, dtype=np.float32)
    speaker.tone(Pcm(ramp, VOICE_RATE_HZ))
    played = pulled(speaker, 2000)
    assert (np.diff(played) > 0).all()
    np.testing.assert_array_equal(played[:1400], ramp[:1400])


asked = st.one_of(
    st.tuples(st.just("say"), st.integers(0, 3000), st.none() | st.integers(-100, 20_000)),
    st.tuples(st.just("tone"), st.integers(1, 3000), st.none() | st.integers(-100, 20_000)),
    st.tuples(st.just("hush"), st.just(0), st.none()),
)
evenings = st.lists(st.tuples(st.integers(0, 3000), st.lists(asked, max_size=4)), max_size=8)


def evening(turns: list[tuple[int, list[tuple[str, int, int | None]]]], block: int) -> tuple[Samples, list[SpeakerEvent], int]:
    """Pull each turn's samples in blocks, then ask for what it asks; at last pull until everything is over."""
    speaker = Speaker()
    parts, said = [np.zeros(0, np.float32)], 0
    for count, asks in [*turns, (24_000, [])]:
        parts += [speaker.pull(min(block, count - done)) for done in range(0, count, block)]
        for what, length, at_sample in asks:
            if what == "say":
                said += 1
                speaker.say(said, level(0.01, length), at_sample)
                assert speaker.busy
            elif what == "tone":
                speaker.tone(level(0.1, length), at_sample)
            else:
                speaker.hush()
    parts.append(speaker.pull(300_000))
    assert not speaker.busy
    return np.concatenate(parts), speaker.events(), said


@settings(deadline=None, database=None, max_examples=50)
@given(evenings, st.integers(50, 2000))
def test_blocks_of_any_size_give_the_same_sound_and_the_same_events(
    turns: list[tuple[int, list[tuple[str, int, int | None]]]], block: int
) -> None:
    one, events, _ = evening(turns, block)
    other, other_events, _ = evening(turns, 100_000)
    np.testing.assert_array_equal(one, other)
    assert events == other_events


@settings(deadline=None, database=None, max_examples=50)
@given(evenings)
def test_every_line_starts_and_ends_once_or_is_dropped_and_never_two_at_a_time(
    turns: list[tuple[int, list[tuple[str, int, int | None]]]],
) -> None:
    _, events, said = evening(turns, 480)
    for say_id in range(1, said + 1):
        of_line = [event for event in events if event.say_id == say_id]
        if len(of_line) == 1:
            assert (of_line[0].kind, of_line[0].cut_short) == ("ended", True)
        else:
            assert [event.kind for event in of_line] == ["started", "ended"]
    begun = {event.say_id for event in events if event.kind == "started"}
    turns_taken = [event for event in events if event.say_id in begun]
    for one, two in pairwise(turns_taken):
        assert one.at_sample <= two.at_sample
        assert (one.kind == "started") == (one.say_id == two.say_id)


def test_playing_and_busy_follow_the_line() -> None:
    speaker = Speaker()
    speaker.say(7, level(0.5, 1000), 960)
    assert speaker.busy
    speaker.pull(480)
    assert (speaker.busy, speaker.playing) == (True, None)
    pulled(speaker, 960)
    assert (speaker.busy, speaker.playing) == (True, 7)
    pulled(speaker, 960)
    assert (speaker.busy, speaker.playing) == (False, None)


def test_a_sound_at_another_rate_is_refused_before_it_is_queued() -> None:
    speaker = Speaker()
    with pytest.raises(ValueError, match="16000"):
        speaker.say(1, Pcm(np.zeros(10, np.float32), 16_000))
    with pytest.raises(ValueError, match="16000"):
        speaker.tone(Pcm(np.zeros(10, np.float32), 16_000))
    assert not speaker.busy


def test_the_samples_of_a_line_are_left_as_they_were() -> None:
    speaker = Speaker()
    pcm = level(0.5, 1000)
    pcm.samples.flags.writeable = False
    speaker.say(1, pcm)
    speaker.tone(pcm)
    speaker.gain_db = 6
    pulled(speaker, 480)
    speaker.hush()
    pulled(speaker, 960)
    assert pcm.samples.tolist() == [0.5] * 1000
