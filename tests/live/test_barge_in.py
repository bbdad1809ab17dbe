"""A live session over its own loud echo: the real program and a person who says "stop" in the middle of a sentence of the coach's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.live_session import Person, kept_events, living, quiet_room, sentence, undisturbed
from tests.recorded import found_at, tracks
from tests.sound_server import running_sound_server
from voicecoach.messages.sound import VOICE_RATE_HZ, Samples
from voicecoach.rehearsal.levels import gain
from voicecoach.sound.recording import read_recording
from voicecoach.voice.renderer import Renderer

STOP = Path(__file__).parents[1] / "sounds" / "stop_1.flac"
PLAN = ("sets=1", "reps=2", "warm_up_s=0")
INTERRUPTED = "Do you have new numbness"
"""The fifth sentence: the second has named both safety words, and the canceller has had them all to learn from."""
INTO_IT_S = 1.5
DBFS = -24.0
"""4 dB below the coach's echo."""
QUIET = gain(-50)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], Samples]:
    """The first session, lived through without a piece of sound missing: its events, and what the speaker played."""
    return undisturbed(lambda: lived(tmp_path_factory.mktemp("evening")))


def lived(folder: Path) -> tuple[list[dict[str, Any]], Samples]:
    """One session, until it has been stopped."""
    with running_sound_server() as server:
        person = Person(server, folder, {}, lambda _: 0.0, lambda _: read_recording(STOP))
        with (
            server.echo(),
            quiet_room(server, folder, 2),
            server.recording_speaker(folder / "said.wav"),
            living(server, folder / "home", PLAN) as session,
        ):
            assert session.stdout
            for said in filter(None, map(sentence, session.stdout)):
                if said.startswith(INTERRUPTED):
                    person.say("stop", INTO_IT_S, DBFS)
                if said.startswith(("Are you all right", "Have you had a slipped disc")):
                    session.terminate()
        person.finish()
    return kept_events(folder / "home"), tracks(folder / "said.wav")[0]


def test_its_own_words_move_nothing(evening: tuple[list[dict[str, Any]], Samples]) -> None:
    events, _ = evening
    begun_s = next(event["at_s"] for event in events if event["event"] == "line_started" and event["text"].startswith(INTERRUPTED))
    assert not [event for event in events if event["event"] in ("heard", "answer", "fault") and event["at_s"] < begun_s]


def test_stop_in_mid_sentence_stops_it(evening: tuple[list[dict[str, Any]], Samples]) -> None:
    events, _ = evening
    assert [event["intent"] for event in events if event["event"] == "heard"] == ["stop"]
    cut = [event["line"] for event in events if event["event"] == "line_ended" and event["cut_short"]]
    assert "screen.nerve" in cut
    begun = [event["line"] for event in events if event["event"] == "line_started"]
    assert "stop.stopped" in begun
    assert "question" not in [event["event"] for event in events], "the sentence was not gone on with"


def test_nothing_sounds_between_the_cut_and_the_answer(evening: tuple[list[dict[str, Any]], Samples]) -> None:
    events, said = evening
    with Renderer("en-us+f5", 155) as coach:
        answer = next(event for event in events if event["event"] == "line_started" and event["line"] == "stop.stopped")
        near = round((answer["at_s"] + 3) * VOICE_RATE_HZ)
        begin, alike = found_at(said, coach.render(answer["text"]).samples, near, 3 * VOICE_RATE_HZ)
    assert alike > 0.5
    cuts_s = [event["at_s"] for event in events if event["event"] == "line_ended" and event["cut_short"]]
    pause = round((answer["at_s"] - max(at_s for at_s in cuts_s if at_s < answer["at_s"])) * VOICE_RATE_HZ)
    edge = VOICE_RATE_HZ // 50
    assert pause > 2 * edge
    assert np.abs(said[begin - pause + edge : begin - edge]).max() < QUIET
