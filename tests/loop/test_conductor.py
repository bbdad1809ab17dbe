"""The loop: coach, words and speaker joined, in samples; only the sentences' sound is made up."""

from collections.abc import Mapping

import numpy as np
import pytest

from tests.coach.stage import SCRIPT, plan
from tests.loop.room import PLAN, Room
from voicecoach.coach.session import Session
from voicecoach.messages.actions import Action
from voicecoach.messages.events import Event, Fault, Interrupted
from voicecoach.messages.heard import Heard, Stage
from voicecoach.messages.intents import Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.sound import BLOCK_MS, VOICE_RATE_HZ


def test_a_cue_and_its_repetition_begin_on_the_same_sample() -> None:
    room = Room()
    room.until("phase", to="check_in")
    moments = {event["at_s"]: event["moment"] for event in room.events if event["event"] == "rep"}
    cues = [
        event
        for event in room.events
        if event["event"] == "line_started" and event["line"].startswith(("set.brace", "set.lift", "set.count"))
    ]
    assert len(cues) >= 5
    assert all(cue["at_s"] in moments for cue in cues)
    steps = np.diff(sorted(moments)) * VOICE_RATE_HZ
    assert np.allclose(steps, np.array([1, 2, 2, 3, 1, 2, 2]) * VOICE_RATE_HZ, atol=0.6)


def test_what_the_log_says_is_what_the_speaker_played() -> None:
    room = Room()
    room.until("line_started", line="greeting.words")
    sound = np.concatenate(room.played)
    first = next(event for event in room.events if event["event"] == "line_started")
    ended = next(event for event in room.events if event["event"] == "line_ended")
    loud = np.flatnonzero(np.abs(sound) > 0.05)
    assert abs(loud[0] / VOICE_RATE_HZ - first["at_s"]) < 2 / VOICE_RATE_HZ
    gap = np.flatnonzero(np.diff(loud) > VOICE_RATE_HZ // 10)[0]
    assert abs((loud[gap] + 1) / VOICE_RATE_HZ - ended["at_s"]) < 2 / VOICE_RATE_HZ


def test_events_are_in_order_and_every_line_that_started_ended() -> None:
    room = Room()
    room.until("session_ended")
    times = [event["at_s"] for event in room.events]
    assert times == sorted(times)
    assert room.events[0]["event"] == "session_started"
    assert room.events[-1]["event"] == "session_ended"
    started, ended = ([event["line"] for event in room.events if event["event"] == name] for name in ("line_started", "line_ended"))
    assert sorted(started) == sorted(ended)


def test_pain_cuts_the_sentence_within_two_blocks_and_names_it() -> None:
    room = Room()
    room.until("line_started", line="position.legs")
    for _ in range(20):
        room.step()
    room.say("pain", Stage.SUSPECTED)
    said = len(room.played)
    for _ in range(10):
        room.step()
    assert np.abs(np.concatenate(room.played[said + 2 :])).max() == 0
    hushed = next(event for event in room.events if event["event"] == "hushed")
    assert hushed["interrupted"] == "position.legs"
    room.say("pain")
    room.until("session_ended", outcome="pain")
    assert next(event for event in room.events if event["event"] == "line_ended" and event["cut_short"])["line"] == "position.legs"


def test_a_voice_that_fails_ends_the_session_as_a_fault() -> None:
    room = Room()
    room.until("line_started", line="greeting.words")
    room.voice.broken = True
    ended = room.until("session_ended")
    assert ended["outcome"] == "fault"
    assert [event["what"] for event in room.events if event["event"] == "fault"] == ["voice", "voice"], "nor can it say that it is over"
    assert room.lines()[-1] == "greeting.words"


def test_a_voice_that_fails_says_so_with_a_sentence_that_was_made_earlier() -> None:
    room = Room()
    room.until("rep", moment="hold")
    room.voice.kept = frozenset({SCRIPT.sentence(Line("fault.voice"))})
    room.voice.broken = True
    assert room.until("session_ended")["outcome"] == "fault"
    assert room.lines()[-1] == "fault.voice"
    assert room.lines("line_ended")[-1] == "fault.voice"


def test_what_happened_after_a_moment_is_not_done_when_that_moment_is_told_of_later() -> None:
    room = Room(plan(sets=2, reps=2, rest_s=10, warm_up_s=0, cool_down_s=0))
    room.until("line_started", line="rest.begin")
    gone_s = room.now_s
    for _ in range(round(20_000 / BLOCK_MS)):
        room.pull()
    room.conductor.tell(Fault("standstill", "Nothing was decided for 20 s."), gone_s)
    assert [event["to"] for event in room.events if event["event"] == "phase"][-1] == "paused"
    assert room.until("line_ended", line="rest.begin")["at_s"] > gone_s


class Confused(Session):
    """A coach with a mistake in it, that any word brings out."""

    def handle(self, event: Event, now_s: float) -> list[Action]:
        if isinstance(event, Meant):
            raise ZeroDivisionError(event.phrase)
        return super().handle(event, now_s)


def silent_after(word: str) -> bool:
    """Whether nothing more sounds once this was said over a line to a coach that falls over it."""
    room = Room(coach=Confused)
    room.until("line_started", line="greeting.words")
    for _ in range(10):
        room.step()
    with pytest.raises(ZeroDivisionError, match=word):
        room.say(word)
    for _ in range(10):
        room.pull()
    return bool(np.abs(np.concatenate(room.played[-8:])).max() == 0)


@pytest.mark.parametrize("word", ["stop", "it hurts", "my leg is numb", "help me"])
def test_a_safety_word_is_followed_by_silence_even_where_the_coach_falls_over_it(word: str) -> None:
    assert silent_after(word)


def test_another_word_silences_nothing_before_the_coach_has_decided() -> None:
    assert not silent_after("louder")


def test_an_interruption_hushes_and_closes_the_log() -> None:
    room = Room()
    room.until("rep", moment="lift")
    room.conductor.tell(Interrupted(), room.now_s)
    assert room.events[-1]["outcome"] == "interrupted"
    room.step()
    room.step()
    room.step()
    assert np.abs(room.played[-1]).max() == 0


def test_a_fault_is_logged_once_and_answered() -> None:
    room = Room()
    room.until("rep", moment="hold")
    room.conductor.tell(Fault("microphone", "unplugged"), room.now_s)
    room.until("line_started", line="fault.hearing")
    assert len([event for event in room.events if event["event"] == "fault"]) == 1


def said_again(room: Room, line: str, after_s: float) -> str:
    """What is said of `line` after a suspicion that came so long after its beginning, and was withdrawn."""
    room.until("line_started", line=line)
    for _ in range(round(after_s * 50)):
        room.step()
    room.say("stop", Stage.SUSPECTED)
    for _ in range(20):
        room.step()
    room.say("nothing known", Stage.WITHDRAWN)
    return str(room.until("line_started", line=line)["text"])


def test_after_a_withdrawn_suspicion_a_short_sentence_is_said_from_its_beginning() -> None:
    room = Room()
    assert said_again(room, "position.hands", 0.4) == "Hands under your forehead, neck long and relaxed."
    room.until("session_ended", outcome="finished")


def test_after_a_withdrawn_suspicion_a_long_line_goes_on_where_the_sentence_that_was_cut_begins() -> None:
    room = Room()
    assert said_again(room, "greeting.limits", 1.0) == "I am not a medical device, and I cannot see you. Keep a phone in reach."
    assert said_again(Room(), "greeting.limits", 3.2) == "Keep a phone in reach."
    room.until("line_started", line="greeting.questions")


def test_the_rest_of_a_line_that_is_cut_again_is_said_again() -> None:
    room = Room()
    said_again(room, "greeting.limits", 3.2)
    for _ in range(10):
        room.step()
    room.say("stop", Stage.SUSPECTED)
    for _ in range(10):
        room.step()
    room.say("nothing known", Stage.WITHDRAWN)
    assert room.until("line_started", line="greeting.limits")["text"] == "Keep a phone in reach."


def test_a_voice_that_is_lowered_stands_in_the_log_with_the_line_it_says_and_is_no_hush() -> None:
    room = Room()
    room.until("line_started", line="position.legs")
    room.speaker.duck()
    ducked = room.until("ducked")
    assert ducked["line"] == "position.legs"
    assert abs(ducked["at_s"] - room.now_s) < 0.03
    room.until("line_ended", line="position.legs", cut_short=False)
    assert "hushed" not in {event["event"] for event in room.events}


def test_what_was_still_being_made_when_the_ears_hushed_the_speaker_is_not_said() -> None:
    room = Room()

    def suspect(text: str) -> None:
        if text.startswith("Let your hips"):
            room.voice.meanwhile = lambda _: None
            for _ in range(20):
                room.pull()
            room.speaker.hush()
            room.pull()

    room.voice.meanwhile = suspect
    room.until("line_ended", line="position.hands")
    quiet_from = len(room.played)
    for _ in range(25):
        room.step()
    assert np.abs(np.concatenate(room.played[quiet_from:])).max() == 0
    room.until("line_started", line="position.hips", within_s=3)


def test_no_cue_sounds_after_the_ears_have_hushed_whatever_comes_in_before_their_word() -> None:
    room = Room()
    room.until("rep")
    come_in = room.speaker.hushes
    room.speaker.hush()
    quiet_from = len(room.played) + 1
    for _ in range(200):
        room.pull()
        room.conductor.note("sound_gap", {}, room.now_s)
        room.conductor.advance(room.now_s, come_in)
    assert np.abs(np.concatenate(room.played[quiet_from:])).max() == 0
    room.conductor.hear(Heard(Stage.CONFIRMED, "stop", "stop", room.now_s))
    room.until("line_started", line="stop.stopped", within_s=1)


def test_what_is_asked_for_while_the_log_is_written_is_not_said_when_the_ears_have_hushed_meanwhile() -> None:
    room = Room()
    seen = 0

    def write_slowly(event: Mapping[str, object]) -> None:
        nonlocal seen
        room.events.append(dict(event))
        if event["event"] == "phase" and event["to"] == "set":
            room.speaker.hush()
            seen = len(room.events)
        elif event["event"] == "course" and seen:
            for _ in range(30):
                room.pull()

    room.log = write_slowly
    room.until("phase", to="set")
    quiet_from = len(room.played) - 29
    room.conductor.hear(Heard(Stage.CONFIRMED, "stop", "stop", room.now_s))
    assert np.abs(np.concatenate(room.played[quiet_from:])).max() == 0
    room.until("line_started", line="stop.stopped", within_s=1)
    assert [event["line"] for event in room.events[seen:] if event["event"] == "line_started"] == ["stop.stopped"]


def test_a_remark_that_would_reach_into_a_cue_waits_for_a_later_gap() -> None:
    room = Room()
    room.until("rep", n=1, moment="lift")
    for _ in range(60):
        room.step()
    room.say("slower")
    room.until("line_started", line="tempo.slower")
    room.until("phase", to="check_in")
    started = [event["line"] for event in room.events if event["event"] == "line_started"]
    assert len([line for line in started if line in ("set.lift", "set.up")]) == PLAN.reps
    assert len([line for line in started if line in ("set.lower", "set.last_one", "set.last_two")]) == PLAN.reps


def test_a_word_after_the_end_moves_nothing() -> None:
    room = Room()
    room.say("stop")
    room.until("session_ended")
    written = len(room.events)
    room.say("stop")
    room.say("pain")
    assert room.events[written:] == []
