"""Every word in every phase: nobody is left without an answer, and nothing breaks."""

from dataclasses import replace

import pytest

from tests.coach.stage import CURRICULUM, PHRASEBOOK, SCRIPT, Rehearsed, plan
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import tempo_of
from voicecoach.messages.events import HardToHear
from voicecoach.messages.heard import Trouble
from voicecoach.messages.intents import URGENT, Intent
from voicecoach.voice.tones import NAMES

PLAN = plan(sets=2, reps=3, rest_s=15, warm_up_s=60, cool_down_s=20)
PLACES = {
    "screen": "question screen.acute",
    "position": "line position.legs",
    "warm_up": "phase warm_up",
    "lead_in": "line lead_in",
    "set": "rep 2 lift",
    "hold": "rep 2 hold",
    "check_in": "question check_in.back",
    "rest": "line rest.begin",
    "cool_down": "phase cool_down",
    "up": "question up.step_2",
}
COMMANDS = [intent for intent in Intent if intent not in URGENT and intent not in (Intent.YES, Intent.NO, Intent.UNSURE, Intent.NUMBER)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("intent", COMMANDS)
def test_a_command_is_answered_wherever_it_can_be_said(intent: Intent, place: str) -> None:
    evening = Rehearsed(PLAN)
    assert evening.run_to(PLACES[place])
    evening.healthy = False
    mark = len(evening.happened)
    phrase = PHRASEBOOK.phrases(intent)[0]
    evening.hear(phrase)
    evening.run_until(evening.now_s + 6)
    answered = [text for text in evening.since(mark) if text.startswith(("line", "phase", "hush"))]
    assert answered, f"{phrase} in {place}"
    if evening.session.phase is Phase.PAUSED:
        evening.hear("resume")
    evening.healthy = True
    while evening.outcome is None:
        if not evening.run_to("*", 200):
            break
    assert evening.outcome in ("finished", "silence"), f"{phrase} in {place}"


def test_how_many_left_tells_the_truth() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("rep 2 lift")
    evening.hear("how many left")
    assert evening.texts[-1].startswith("2 to go")


@pytest.mark.parametrize(
    ("moment", "left"), [("rep 1 lower", "2 to go"), ("rep 2 lower", "1 to go"), ("rep 3 lower", "That is the last one")]
)
@pytest.mark.parametrize("after_s", [0.0, 1.0, 2.3])
def test_a_lift_that_is_being_lowered_is_not_left(moment: str, left: str, after_s: float) -> None:
    evening = Rehearsed(replace(PLAN, lower_s=6, settle_s=3))
    evening.run_to(moment)
    evening.run_until(evening.now_s + after_s)
    evening.hear("how many left")
    evening.run_until(evening.now_s + 3)
    assert [text for text in evening.texts if text.startswith(left)]


@pytest.mark.parametrize("tenths", range(3, 147, 7))
def test_the_rest_lasts_at_least_as_long_as_the_answer_says_and_hardly_longer(tenths: int) -> None:
    evening = Rehearsed(replace(PLAN, rest_s=30))
    evening.run_to("line rest.begin")
    evening.run_until(evening.now_s + 4 + tenths / 5)
    mark = len(evening.texts)
    evening.hear("how many left")
    at_s = evening.now_s
    evening.run_to("phase set")
    (told,) = (text for text in evening.texts[mark:] if "last set" in text or "now" in text)
    seconds = int(told.split()[0]) if "last set" in told else 0
    assert seconds <= evening.now_s - at_s <= seconds + 6.3, told


def test_what_is_left_is_told_in_whole_sentences() -> None:
    for usual, ending in ((PLAN, "then the last set."), (replace(PLAN, sets=3), "then 2 more sets.")):
        evening = Rehearsed(usual)
        evening.run_to("line rest.begin")
        evening.hear("how many left")
        assert evening.texts[-1].endswith(ending)


def test_what_is_left_in_a_pause_is_what_was_left_before_it() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line rest.begin")
    evening.hear("pause")
    evening.run_until(evening.now_s + 5)
    evening.hear("how many left")
    assert "of rest" in evening.texts[-1]


def test_a_command_in_a_set_is_acknowledged_at_once_though_the_words_have_to_wait() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("rep 2 lift")
    mark = len(evening.happened)
    evening.hear("slower")
    assert "tone heard" in evening.since(mark)
    assert "line tempo.slower" not in evening.since(mark)
    assert evening.run_to("line tempo.slower", within_s=tempo_of(PLAN, 2.0).repetition_s)


def test_outside_of_a_set_the_answer_itself_says_that_it_was_heard() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line rest.begin")
    mark = len(evening.happened)
    evening.hear("slower")
    evening.run_to("line tempo.slower")
    assert "tone heard" not in evening.since(mark)


def test_every_tone_there_is_has_its_moment() -> None:
    evening = Rehearsed(replace(PLAN, sets=2))
    evening.run_to("rep 1 lift")
    evening.hear("slower")
    evening.hear("nothing that is known")
    evening.run_to("phase cool_down")
    tones = [text.removeprefix("tone ") for _, text in evening.happened if text.startswith("tone ")]
    assert set(tones) == set(NAMES) - {"broken"}, "that one sounds when nothing is decided any more"
    assert tones.count("set_done") == 2
    assert tones.count("rest_over") == 1


SAID_IN_A_SET = ("slower", "faster", "louder", "quieter", "easier", "how many left", "how high", "why", "what can i say", "say that again",
                 "harder", "less talk", "more talk", "ready")  # fmt: skip
CUE_LINES = {
    "lift": ("set.lift", "set.up", "set.lift_short", "set.lift_left", "set.lift_right"),
    "lower": (
        "set.lower",
        "set.lower_short",
        "set.half_way",
        "set.last_two",
        "set.last_one",
        *(f"set.form.{theme}" for theme in CURRICULUM.teaching.themes),
    ),
    "other": ("set.brace", "set.count", "set.count_stay"),
}
CUES = {
    kind: {text.format(n=n) for name, text in SCRIPT.every_sentence() if name in lines and text != SCRIPT.why(name) for n in range(1, 5)}
    for kind, lines in CUE_LINES.items()
}
STEADY = plan(sets=1, reps=4, warm_up_s=0, cool_down_s=0)


@pytest.mark.parametrize("word", SAID_IN_A_SET)
def test_no_remark_takes_the_place_of_a_lift_or_a_lower_cue(word: str) -> None:
    for tenths in range(0, 80, 4):
        evening = Rehearsed(STEADY)
        evening.run_to("rep 2 brace")
        evening.run_until(evening.now_s + tenths / 10)
        mark = len(evening.happened)
        before = len(evening.texts)
        evening.hear(word)
        evening.run_to("phase check_in")
        lifts, lowers = ([text for text in evening.texts if text in CUES[kind]] for kind in ("lift", "lower"))
        lifted = evening.session.course.set_lifts  # "easier" may share them out to both legs
        assert (len(lifts), len(lowers)) == (lifted, lifted), f"{word} {tenths / 10} s into the repetition: {evening.since(mark)}"
        answers = [text for text in evening.texts[before:] if text not in CUES["lift"] | CUES["lower"] | CUES["other"]]
        assert answers, f"{word} {tenths / 10} s into the repetition has no answer"


def test_a_remark_moves_no_repetition() -> None:
    times = []
    for word in ("", "louder", "how high", "why"):
        evening = Rehearsed(STEADY)
        evening.run_to("rep 2 lift")
        if word:
            evening.hear(word)
        evening.run_to("phase check_in")
        times.append([(at_s, text) for at_s, text in evening.happened if text.startswith("rep")])
    assert len(times[0]) > 3
    assert all(moments == times[0] for moments in times)


def test_a_reason_that_is_longer_than_any_gap_is_told_in_the_rest() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line set.brace")
    evening.hear("why")
    assert evening.run_to("line question.later", 15)
    assert evening.run_to("phase rest")
    evening.run_until(evening.now_s + 14)
    assert SCRIPT.why("set.brace") in evening.texts


def spoken_as(lines: tuple[str, ...], texts: list[str]) -> int:
    """How many of the texts say one of the lines."""
    return sum(text in {sentence for name, sentence in SCRIPT.every_sentence() if name in lines} for text in texts)


def test_less_talk_is_heard_from_the_first_set_on_and_never_means_silence() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("phase warm_up")
    evening.hear("less talk")
    for _ in range(2):
        evening.run_to("phase set")
        mark = len(evening.texts)
        evening.run_to("phase check_in")
        said = evening.texts[mark:]
        lifts, lowers, braces = (spoken_as(line, said) for line in (("set.lift_short",), CUE_LINES["lower"], ("set.brace",)))
        assert (lifts, lowers, braces) == (3, 3, 0)


def test_the_first_reminder_of_a_pause_comes_after_half_a_minute_and_the_end_after_four() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("rep 2 lift")
    evening.hear("pause")
    evening.run_to("line paused.moving")
    began_s = evening.now_s
    times = []
    for happens in ("line paused.reminder", "line paused.reminder", "line paused.over"):
        assert evening.run_to(happens)
        times.append(evening.now_s - began_s)
    assert times == pytest.approx([30, 120, 240], abs=15)


def test_the_same_word_twice_makes_it_louder_twice_up_to_a_limit() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("phase rest")
    for _ in range(5):
        evening.hear("louder")
        evening.run_until(evening.now_s + 2)
    assert evening.session.course.gain_db == 6.0
    assert "This is as loud as I can be." in evening.texts


def test_repeat_says_the_last_announcement_again() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line rest.begin")
    evening.run_until(evening.now_s + 5)
    mark = len(evening.happened)
    evening.hear("say that again")
    evening.run_until(evening.now_s + 1)
    assert "line rest.begin" in evening.since(mark)


def test_repeat_in_a_question_asks_it_again_and_it_is_not_counted_as_silence() -> None:
    evening = Rehearsed(PLAN, healthy=False)
    evening.run_to("question screen.nerve")
    for _ in range(3):
        evening.hear("say that again")
        assert evening.run_to("question screen.nerve")
    evening.hear("no")
    assert evening.run_to("question screen.chest")


def test_an_answer_before_the_question_has_ended_counts() -> None:
    evening = Rehearsed(PLAN, healthy=False)
    evening.run_to("line screen.nerve")
    evening.run_until(evening.now_s + 1.5)
    mark = len(evening.happened)
    evening.hear("no")
    assert "cut screen.nerve" in evening.since(mark)
    assert "answer screen.nerve no" in evening.since(mark)
    assert evening.run_to("line screen.chest")


def test_why_gives_the_reason_for_what_was_said() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line position.hands")
    evening.hear("why")
    assert evening.texts[-1] == SCRIPT.why("position.hands")


@pytest.mark.parametrize("cue", ["breath.in", "breath.out", "warm_up.tilt", "warm_up.squeeze", "warm_up.release", "warm_up.half_lift"])
def test_every_part_of_the_warm_up_has_a_reason(cue: str) -> None:
    evening = Rehearsed(PLAN)
    assert evening.run_to(f"line {cue}")
    evening.hear("why")
    evening.run_to("phase rest")
    evening.run_until(evening.now_s + 14)
    assert [text for text in evening.texts if text == SCRIPT.why(cue) and text]


@pytest.mark.parametrize("place", ["question screen.acute", "line check_in.back", "phase rest", "phase cool_down", "line paused.begin"])
def test_what_can_be_said_includes_the_safety_words_where_nothing_moves(place: str) -> None:
    evening = Rehearsed(PLAN)
    if place.startswith("line paused"):
        evening.run_to("phase rest")
        evening.hear("pause")
    assert evening.run_to(place)
    evening.healthy = False
    evening.hear("what can i say")
    assert "Pain and stop always work." in evening.texts[-1] or "Pain and stop always work." in evening.texts[-2]


def test_what_can_be_said_to_a_number_question_is_a_number_or_not_sure() -> None:
    evening = Rehearsed(PLAN, healthy=True)
    evening.run_to("question screen.floor")
    evening.healthy = False
    evening.hear("yes")
    evening.run_to("question screen.pain")
    evening.hear("what can i say")
    assert evening.texts[-2] == "Say a number from zero to ten, or not sure."


def test_unclear_speech_in_a_question_gets_pardon_once_then_the_options_and_each_time_the_question_in_short() -> None:
    evening = Rehearsed(PLAN, healthy=False)
    evening.run_to("question screen.nerve")
    for line in ("line pardon", "line options.screening"):
        evening.hear("bananas")
        assert evening.run_to(line)
        assert evening.run_to("question screen.nerve")
    mark = len(evening.happened)
    evening.hear("bananas")
    evening.run_until(evening.now_s + 1)
    assert evening.since(mark) == []


def test_a_radio_in_the_rest_gets_pardon_and_the_words_that_work_and_then_silence_until_somebody_is_understood() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("phase rest")
    evening.hear("next door the weather")
    assert evening.run_to("line pardon")
    evening.hear("and now the news")
    assert evening.run_to("line help.rest")
    mark = len(evening.happened)
    for _ in range(5):
        evening.hear("and now the news")
        evening.run_until(evening.now_s + 0.5)
    assert evening.since(mark) == []
    evening.hear("louder")
    evening.hear("mumble")
    assert evening.run_to("line pardon")


@pytest.mark.parametrize("trouble", Trouble)
def test_a_voice_that_is_hard_to_hear_is_told_so_once_and_when_nothing_moves(trouble: Trouble) -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("phase set")
    for _ in range(3):
        evening.tell(HardToHear(trouble))
    evening.run_to("phase rest")
    assert f"line level.{trouble}" not in evening.since(0)
    assert evening.run_to(f"line level.{trouble}")
    evening.tell(HardToHear(trouble))
    evening.run_until(evening.now_s + 900)
    assert evening.since(0).count(f"line level.{trouble}") == 1


def test_a_voice_that_is_hard_to_hear_in_the_questions_is_told_so_before_the_first_set() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("question screen.nerve")
    evening.tell(HardToHear(Trouble.FAINT))
    assert evening.run_to("line level.faint")
    assert "phase set" not in evening.since(0)
