"""The log is what a session is judged and replayed by: each event has all that happened, in its own words."""

from tests.loop.room import PLAN, Room
from voicecoach.messages.events import Fault, HardToHear, Recovered
from voicecoach.messages.heard import Heard, Level, Stage, Trouble


def last(room: Room, event: str) -> dict[str, object]:
    return next(one for one in reversed(room.events) if one["event"] == event)


def test_a_session_says_what_it_is_about_before_anything_else() -> None:
    room = Room()
    assert {"at_s": 0.0, "event": "session_started", "plan": "quick"}.items() <= room.events[0].items()


def test_what_was_said_stands_there_in_the_words_it_was_said_in_when_it_began_and_when_it_ended() -> None:
    room = Room()
    begun = room.until("line_started")
    ended = room.until("line_ended")
    assert len(str(begun["text"]).split()) > 3
    assert (ended["line"], ended["text"], ended["cut_short"]) == (begun["line"], begun["text"], False)


def test_a_word_stands_there_with_its_phrase_its_stage_and_how_loud_it_was() -> None:
    room = Room()
    room.until("question", id="screen.nerve")
    room.conductor.hear(Heard(Stage.CONFIRMED, "chest pain", "chest pain", room.now_s, level=Level(-31.0, 22.0, None)))
    heard = last(room, "heard")
    assert (heard["intent"], heard["topic"], heard["phrase"], heard["text"]) == ("distress", "grave", "chest pain", "chest pain")
    assert (heard["voice_dbfs"], heard["over_room_db"]) == (-31.0, 22.0)


def test_a_word_of_which_nobody_knows_how_loud_it_was_has_no_figure_and_no_topic_where_it_has_none() -> None:
    room = Room()
    room.until("line_started")
    room.say("stop", Stage.SUSPECTED)
    assert {"voice_dbfs", "over_room_db", "topic", "value"}.isdisjoint(last(room, "suspected"))


def test_a_number_stands_there_as_a_number() -> None:
    room = Room()
    room.until("question", id="screen.pain")
    assert last(room, "heard")["value"] == 1


def test_what_was_not_understood_stands_there_and_whether_it_may_have_been_a_safety_phrase() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    room.conductor.hear(Heard(Stage.CONFIRMED, "", "my back is", room.now_s, worrying=True))
    unclear = last(room, "unclear")
    assert (unclear["text"], unclear["worrying"]) == ("my back is", True)
    assert last(room, "phase")["to"] == "paused"


def test_a_fault_and_its_end_stand_there_with_what_failed_and_why() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    room.conductor.tell(Fault("microphone", "unplugged"), room.now_s)
    assert {"what": "microphone", "detail": "unplugged"}.items() <= last(room, "fault").items()
    room.conductor.tell(Recovered("microphone"), room.now_s)
    assert last(room, "recovered")["what"] == "microphone"


def test_what_makes_it_hard_to_hear_stands_there() -> None:
    room = Room()
    room.until("line_started")
    room.conductor.tell(HardToHear(Trouble.NOISY), room.now_s)
    assert last(room, "hard_to_hear")["trouble"] == Trouble.NOISY.value


def test_a_word_that_was_hard_to_hear_is_obeyed_and_what_to_move_is_said_later() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    room.conductor.hear(Heard(Stage.CONFIRMED, "pause", "pause", room.now_s, level=Level(-60.0, 3.0, Trouble.FAINT)))
    assert last(room, "phase")["to"] == "paused"
    room.say("continue")
    room.until("line_started", line="level.faint", within_s=120)


def test_a_session_that_ended_says_how_and_what_was_done() -> None:
    room = Room()
    ended = room.until("session_ended", within_s=600)
    assert (ended["outcome"], ended["reps"], ended["sets"]) == ("finished", PLAN.reps, PLAN.sets)
    assert room.conductor.outcome == "finished"
    seen = len(room.events)
    room.say("stop")
    assert room.events[seen:] == [], "nothing is heard any more"


def test_a_suspicion_that_is_withdrawn_with_other_words_is_withdrawn_all_the_same() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    room.say("stop", Stage.SUSPECTED)
    room.conductor.hear(Heard(Stage.WITHDRAWN, "", "stopper", room.now_s))
    withdrawn = last(room, "withdrawn")
    assert (withdrawn["intent"], withdrawn["text"]) == ("stop", "stopper")
    room.until("line_started", within_s=3)


def test_words_without_a_meaning_that_are_only_suspected_or_withdrawn_are_nothing() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    seen = len(room.events)
    for stage in (Stage.SUSPECTED, Stage.WITHDRAWN):
        room.conductor.hear(Heard(stage, "", "hum", room.now_s))
    assert [event for event in room.events[seen:] if event["event"] in ("unclear", "suspected", "withdrawn")] == []


def test_a_safety_word_hushes_the_speaker_before_the_coach_decides_and_its_withdrawal_does_not() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    hushes = room.speaker.hushes
    room.say("stop", Stage.SUSPECTED)
    told = room.speaker.hushes
    assert told >= hushes + 2, "by the ears, and by the loop"
    room.say("stop", Stage.WITHDRAWN)
    assert room.speaker.hushes == told


def test_a_hush_stands_there_with_why_and_the_line_that_it_cut() -> None:
    room = Room()
    room.until("line_started", line="position.hands")
    for _ in range(40):
        room.step()
    room.say("stop")
    assert (last(room, "hushed")["why"], last(room, "hushed")["interrupted"]) == ("stop", "position.hands")


def test_the_line_that_the_ears_had_cut_before_they_reported_is_the_one_that_stands_there() -> None:
    room = Room()
    room.until("line_started", line="position.hands")
    for _ in range(40):
        room.step()
    room.speaker.hush()
    room.until("line_ended", line="position.hands", cut_short=True)
    room.say("stop")
    assert last(room, "hushed")["interrupted"] == "position.hands"


def test_a_hush_between_two_lines_has_cut_none() -> None:
    room = Room()
    room.until("line_ended", line="position.hands")
    room.say("stop")
    assert last(room, "hushed")["interrupted"] is None


def test_louder_is_louder_in_the_speaker() -> None:
    room = Room()
    room.until("question", id="screen.nerve")
    before_db = room.speaker.gain_db
    room.conductor.hear(Heard(Stage.CONFIRMED, "louder", "louder", room.now_s))
    assert room.speaker.gain_db > before_db


def test_a_voice_that_fails_after_pain_keeps_the_session_from_nothing_but_its_sentences() -> None:
    room = Room()
    room.until("line_started", line="set.lift")
    room.voice.broken = True
    room.say("pain")
    room.conductor.advance(room.now_s)
    assert room.until("session_ended", within_s=120)["outcome"] == "pain"
