"""The set as a metronome: what the grid promises, measured in the sound that leaves the speaker."""

from itertools import pairwise

import numpy as np
import pytest

from tests.coach.stage import CURRICULUM, TONES, plan
from tests.loop.room import Room
from voicecoach.coach.amounts import level_set
from voicecoach.messages.heard import Stage
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples

REPS = 4
PLAN = plan(sets=1, reps=REPS, warm_up_s=0, cool_down_s=0)
USUAL = level_set(CURRICULUM.training, CURRICULUM.training.start)
MOMENTS = ("brace", "lift", "hold", "lower")
BEATS_S = {"brace": PLAN.settle_s, "lift": PLAN.lift_s, "hold": USUAL.top_s, "lower": PLAN.lower_s}
HUM = 0.1


def reps(room: Room) -> list[tuple[str, int]]:
    """Each moment of a repetition, and its sample."""
    return [(event["moment"], round(event["at_s"] * VOICE_RATE_HZ)) for event in room.events if event["event"] == "rep"]


def cues(room: Room) -> set[int]:
    """The samples on which a line began."""
    return {round(event["at_s"] * VOICE_RATE_HZ) for event in room.events if event["event"] == "line_started"}


def assert_whole(beats: list[tuple[str, int]]) -> None:
    """From one moment to the next it is exactly as long as the beat."""
    for (moment, at_sample), (_, then) in pairwise(beats):
        assert then - at_sample == round(BEATS_S[moment] * VOICE_RATE_HZ), moment


def test_every_cue_and_every_tone_of_a_set_begins_on_its_sample_in_the_sound() -> None:
    room = Room(PLAN)
    room.until("phase", to="check_in")
    sound, beats = np.concatenate(room.played), reps(room)
    assert [moment for moment, _ in beats] == list(MOMENTS) * REPS
    assert_whole(beats)
    for moment, at_sample in beats:
        expected: Samples = np.full(1000, HUM, np.float32)
        if moment in ("lift", "lower"):
            expected += TONES.tone(moment).samples[:1000]
        np.testing.assert_allclose(sound[at_sample : at_sample + 1000], expected, atol=1e-6)
        assert not sound[at_sample - 240 : at_sample].any(), moment


@pytest.mark.parametrize("at", ["lift", "hold", "lower"])
def test_a_suspicion_that_is_withdrawn_begins_the_beat_again_on_a_new_grid_that_is_whole(at: str) -> None:
    room = Room(PLAN)
    room.until("rep", n=2, moment=at)
    for _ in range(30):
        room.step()
    room.say("stop", Stage.SUSPECTED)
    for _ in range(40):
        room.step()
    cut = len(room.events)
    room.say("nothing known", Stage.WITHDRAWN)
    back = round(room.now_s * VOICE_RATE_HZ)
    room.until("phase", to="check_in")
    again = min(sample for sample in cues(room) if sample > back)
    assert again - back == VOICE_RATE_HZ // 4  # the lead with which a cue is handed to the speaker
    rest = [(at, again), *reps(room)[len([event for event in room.events[:cut] if event["event"] == "rep"]) :]]
    assert_whole(rest)
    assert {sample for _, sample in rest} <= cues(room)
    assert [moment for moment, _ in reps(room)] == list(MOMENTS) * REPS


def test_a_sentence_that_takes_three_seconds_to_make_is_left_out_and_the_cues_after_it_keep_their_samples() -> None:
    room, usual = Room(PLAN), Room(PLAN)

    def slowly(text: str) -> None:
        if text.startswith("2. "):
            room.voice.meanwhile = lambda _: None
            for _ in range(150):
                room.pull()

    room.voice.meanwhile = slowly
    for one in (room, usual):
        one.until("phase", to="check_in")
    assert reps(room) == reps(usual)
    texts = [[event["text"] for event in one.events if event["event"] == "line_started"] for one in (room, usual)]
    missed = [text for text in texts[1] if text not in texts[0]]
    # The count, and the cue of the next beat, whose sample passed meanwhile; all others stand where they always do.
    assert [text.split()[0] for text in missed] == ["2.", "Slowly"]
    assert cues(room) < cues(usual)
    assert len(cues(usual) - cues(room)) == 2


def test_a_tone_whose_moment_is_past_is_left_out() -> None:
    room = Room(PLAN)
    room.until("rep", n=1, moment="brace")
    for _ in range(150):
        room.pull()
    before = len(room.played)
    room.conductor.advance(room.now_s)
    for _ in range(3):
        room.pull()
    assert np.abs(np.concatenate(room.played[before:])).max() <= HUM + 1e-6
