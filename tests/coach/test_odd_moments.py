"""Moments that come seldom: before the first word, in the last quarter of a second of a beat, after a hush that nobody explains."""

from dataclasses import replace

from tests.coach.stage import CURRICULUM, KNOWN, PHRASEBOOK, QUICK, Rehearsed, plan
from voicecoach.coach.session import Session
from voicecoach.coach.turns import BeatTurn, SpeakTurn
from voicecoach.messages.actions import Say
from voicecoach.messages.events import LineEnded, Started, Wake
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant


def test_before_its_first_word_nothing_makes_it_speak() -> None:
    session = Session(QUICK, CURRICULUM, KNOWN)
    assert session.handle(Wake(), 0.0) == []
    assert session.handle(Meant(Intent.REPEAT, Stage.CONFIRMED, "repeat", "repeat"), 0.1) == []


def test_a_suspicion_before_its_first_word_that_is_withdrawn_changes_nothing() -> None:
    session = Session(QUICK, CURRICULUM, KNOWN)
    session.handle(Meant(Intent.STOP, Stage.SUSPECTED, "stop", "stop"), 0.0)
    session.handle(Meant(Intent.STOP, Stage.WITHDRAWN, "stop", "stop"), 0.5)
    assert session.wake_at_s is None
    assert [action.line.id for action in session.handle(Started(), 1.0) if isinstance(action, Say)] == ["greeting.hello"]


def cut_by_the_ears(evening: Rehearsed) -> None:
    """The speaker falls silent before the coach knows why."""
    evening.tell(LineEnded(max(evening.session._prompter.open), cut_short=True))
    evening._due.clear()
    evening._free_at_s = evening.now_s


def test_a_question_cut_by_a_hush_that_nobody_explains_is_asked_again() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("line screen.pain")
    evening.run_until(evening.now_s + 1.0)
    mark = len(evening.happened)
    cut_by_the_ears(evening)
    assert "question screen.pain" not in evening.since(mark), "nobody has heard it yet"
    assert evening.run_to("line screen.pain", 2.0)
    assert evening.run_to("end finished")


def test_what_was_said_to_the_question_before_is_no_command_to_this_one() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to_question("screen.nerve")
    evening.tell(Meant(Intent.NUMBER, Stage.CONFIRMED, "four", "four", value=4))
    assert evening.run_to("line pardon", 1.0)
    evening.healthy = True
    assert evening.run_to("end finished")


def test_a_suspicion_in_the_last_moment_of_a_set_holds_what_comes_after_it() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("tone set_done")
    assert evening.run_to("rep *", 0.1) is False
    while evening.session._performer._held is None:
        evening._step(evening._next_s() or 0.0)
    mark = len(evening.happened)
    evening.tell(Meant(Intent.STOP, Stage.SUSPECTED, "stop", "stop"))
    evening.run_until(evening.now_s + 2.0)
    assert evening.since(mark) == ["hush suspected"], "the check-in waits"
    evening.tell(Meant(Intent.STOP, Stage.WITHDRAWN, "stop", "stop"))
    assert evening.run_to("phase check_in", 1.0)
    assert evening.run_to("end finished")


def test_what_found_no_gap_in_a_set_that_is_left_is_said_after_it() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("rep 1 lift")
    evening.seconds_a_line = 20.0
    evening.hear("slower")
    evening.seconds_a_line = 0.0
    evening.hear("skip this set")
    assert evening.run_to("phase check_in")
    assert evening.run_to("line tempo.slower")
    assert evening.run_to("end finished")


def test_where_there_is_only_one_voice_it_says_so() -> None:
    one = replace(CURRICULUM, locale=replace(CURRICULUM.locale, voices=CURRICULUM.locale.voices[:1]))
    person = replace(KNOWN.people[0], voice=one.locale.voices[0])
    evening = Rehearsed(QUICK, memory=replace(KNOWN, people=(person,)), curriculum=one)
    assert evening.run_to_question("screen.ready")
    evening.hear("another voice")
    assert evening.run_to("line setting.one_voice")
    assert not [text for _, text in evening.happened if text.startswith("remembered voice")]


def test_another_voice_comes_round_to_the_one_that_is_set_even_if_the_locale_has_it_not() -> None:
    evening = Rehearsed(QUICK, memory=replace(KNOWN, voice="heart"))
    assert evening.run_to_question("screen.ready")
    voices = [*CURRICULUM.locale.voices, "heart"]
    for _ in voices:
        evening.hear("another voice")
        assert evening.run_to("line setting.voice")
    assert [text for _, text in evening.happened if text.startswith("remembered voice")] == [
        f"remembered voice {voice}" for voice in voices
    ]


def test_somebody_else_is_too_late_once_anything_moves() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("rep 1 lift")
    mark = len(evening.happened)
    phrase = PHRASEBOOK.phrases(Intent.SOMEBODY_ELSE)[0]
    evening.tell(Meant(Intent.SOMEBODY_ELSE, Stage.CONFIRMED, phrase, phrase))
    assert evening.run_to("line not_now.other")
    assert evening.run_to("end finished")
    assert not [text for text in evening.since(mark) if text.startswith("person")]


def test_another_kind_of_session_is_too_late_once_anything_moves() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("rep 1 lift")
    phrase = next(phrase for phrase in PHRASEBOOK.phrases(Intent.ROUTINE))
    evening.tell(Meant(Intent.ROUTINE, Stage.CONFIRMED, phrase, phrase, topic="full"))
    assert evening.run_to("line routine.too_late")
    assert evening.run_to("rep 3 lower")


def test_a_plan_says_all_that_can_be_set() -> None:
    settings = plan(reps=7, emergency="999").settings
    assert (settings["reps"], settings["emergency"]) == (7, "999")
    assert all(plan().with_value(name, value).settings[name] == value for name, value in settings.items() if value is not None)


def test_the_voice_is_made_ready_for_the_highest_number_of_the_warm_up() -> None:
    training = CURRICULUM.training
    assert training.most_counted == max(part.count for part in training.warm_up) > 0


def test_a_line_cut_by_a_hush_that_nobody_explains_is_said_again() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("line position.hands")
    evening.run_until(evening.now_s + 0.5)
    cut_by_the_ears(evening)
    assert evening.run_to("line position.hands", 2.0)
    assert evening.run_to("end finished")


def test_while_a_suspicion_holds_everything_a_line_that_ends_leads_nowhere() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("line position.hands")
    evening.run_until(evening.now_s + 0.5)
    say_id = max(evening.session._prompter.open)
    mark = len(evening.happened)
    evening.tell(Meant(Intent.STOP, Stage.SUSPECTED, "stop", "stop"))
    evening.tell(LineEnded(say_id, cut_short=True))
    evening.run_until(evening.now_s + 3.0)
    assert [text for text in evening.since(mark) if text.startswith(("line", "phase"))] == []
    evening.tell(Meant(Intent.STOP, Stage.WITHDRAWN, "stop", "stop"))
    assert evening.run_to("line position.hands", 1.0)


def test_a_part_of_the_cool_down_that_has_a_line_is_announced_by_it() -> None:
    training = CURRICULUM.training
    announced = replace(CURRICULUM, training=replace(training, cool_down=(replace(training.cool_down[0], say="warm_up.tilts"),)))
    evening = Rehearsed(plan(sets=1, reps=1, warm_up_s=0, cool_down_s=60), curriculum=announced)
    assert evening.run_to("line cool_down.begin")
    assert evening.run_to("line warm_up.tilts")
    assert evening.run_to("line breath.in")


def test_the_same_cry_heard_once_more_after_a_suspicion_lets_what_was_begun_go_on_at_once() -> None:
    evening = Rehearsed(QUICK)
    assert evening.run_to("rep 2 lift")
    evening.healthy = False
    evening.hear("pain")
    assert evening.run_to("line pain.stopping")
    evening.hear("pain", Stage.SUSPECTED)
    mark = len(evening.happened)
    evening.hear("pain")
    assert evening.run_to("line pain.stopping", 0.5)
    assert evening.since(mark) == ["line pain.stopping"], "no second hush"


def test_after_a_part_of_the_warm_up_that_ended_late_no_beat_begins_in_the_past() -> None:
    evening = Rehearsed(plan(warm_up_s=120, cool_down_s=0))
    assert evening.run_to("line warm_up.tilt")
    performer = evening.session._performer
    while not isinstance(performer.turn, SpeakTurn):
        evening._step((evening._next_s() or 0.0) + 1.0)
    while not isinstance(performer.turn, BeatTurn):
        evening._step(evening._next_s() or 0.0)
    assert performer.turn.elapsed_s(evening.now_s) <= 0.0
