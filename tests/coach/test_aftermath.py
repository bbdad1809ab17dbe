"""What is said after a safety word is heard to its end, whatever comes in between, and nothing stays open for ever."""

from itertools import product

import pytest

from tests.coach.stage import QUICK, Rehearsed
from voicecoach.coach.aftermath import EMERGENCY_QUESTIONS, LEGS_DOWN
from voicecoach.messages.events import Interrupted
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import Intent, Meant


def in_a_lift() -> Rehearsed:
    evening = Rehearsed(QUICK)
    assert evening.run_to("rep 2 lift")
    evening.healthy = False
    return evening


def after(evening: Rehearsed, *words: str, gap_s: float = 0.0) -> list[str]:
    """What happens from the first of `words` to the end."""
    mark = len(evening.happened)
    for word in words:
        evening.run_until(evening.now_s + gap_s)
        evening.hear(word)
    assert evening.outcome or evening.run_to("end *")
    return evening.since(mark)


def heard_whole(happened: list[str], line: str) -> bool:
    """Whether `line` was begun more often than it was cut."""
    return happened.count(f"line {line}") > happened.count(f"cut {line}")


@pytest.mark.parametrize("gap_s", [0.2, 0.6, 1.4, 1.7, 2.0, 2.4])
@pytest.mark.parametrize("times", [2, 3, 5, 9])
@pytest.mark.parametrize(("word", "line"), [("stop", "stop.stopped"), ("it hurts", "pain.stopping"), ("help me", "distress.stopping")])
def test_legs_down_is_heard_to_its_end_however_often_one_cries(word: str, line: str, times: int, gap_s: float) -> None:
    happened = after(in_a_lift(), *[word] * times, gap_s=gap_s)
    assert heard_whole(happened, line)


@pytest.mark.parametrize(("word", "line"), [("stop", "stop.stopped"), ("it hurts", "pain.stopping"), ("help me", "distress.stopping")])
def test_legs_down_that_was_heard_to_its_end_is_not_said_again(word: str, line: str) -> None:
    evening = in_a_lift()
    evening.hear(word)
    assert evening.run_to(f"line {line}")
    evening.run_until(evening.now_s + 8.0)
    assert not {f"line {down}" for down in LEGS_DOWN} & set(after(evening, "stop"))


def test_stop_thrice_is_one_stop_and_is_asked_about() -> None:
    happened = after(in_a_lift(), "stop", "stop", "stop", gap_s=0.6)
    assert "cut stop.stopped" not in happened
    assert "question stop.all_right" in happened
    assert "line stop.quiet" not in happened


@pytest.mark.parametrize(
    "until", ["line distress.stopping", "line emergency.chest", "line distress.emergency", "question distress.emergency"]
)
@pytest.mark.parametrize("later", ["stop", "it hurts"])
def test_help_me_is_not_forgotten_for_a_lesser_word(later: str, until: str) -> None:
    evening = in_a_lift()
    evening.hear("help me")
    mark = len(evening.happened)
    assert evening.run_to(until)
    evening.run_until(evening.now_s + 2.0)
    happened = after(evening, later)
    assert heard_whole(evening.since(mark), "emergency.chest")
    assert "question distress.emergency" in happened
    assert "line silence.stopped" in happened


def test_yes_to_the_emergency_question_after_a_stop_is_an_emergency() -> None:
    evening = in_a_lift()
    evening.hear("help me")
    evening.run_until(evening.now_s + 2.5)
    evening.hear("stop")
    assert evening.run_to("question distress.emergency")
    happened = after(evening, "yes")
    assert "line emergency.call" in happened
    assert evening.outcome == "emergency"


def test_stop_twice_at_the_emergency_question_ends_with_the_truth_about_help() -> None:
    evening = in_a_lift()
    evening.hear("help me")
    for _ in range(2):
        assert evening.run_to("question distress.emergency")
        evening.run_until(evening.now_s + 2.0)
        evening.hear("stop")
    happened = after(evening)
    assert "question distress.emergency" not in happened
    assert "line emergency.alone" in happened


@pytest.mark.parametrize("until", ["pain.stopping", "pain.level", "pain.sharp", "pain.numb", "pain.bladder", "pain.legs"])
def test_stop_before_the_red_flags_are_answered_does_not_take_away_when_to_call(until: str) -> None:
    evening = in_a_lift()
    evening.healthy = True
    evening.hear("pain")
    assert evening.run_to(f"line {until}")
    evening.run_until(evening.now_s + 2.0)
    evening.healthy = False
    happened = after(evening, "stop")
    assert "line emergency.unheard" in happened
    assert happened.index("line emergency.unheard") < happened.index("line pain.advice")


def test_pain_said_again_does_not_take_away_when_to_call() -> None:
    evening = in_a_lift()
    evening.hear("pain")
    evening.run_until(evening.now_s + 2.5)
    evening.hear("pain")
    assert evening.run_to("question pain.sharp")
    assert "line emergency.unheard" in after(evening, "stop")


@pytest.mark.parametrize("words", [("stop",), ("stop", "stop")])
def test_a_plain_stop_needs_no_word_on_when_to_call(words: tuple[str, ...]) -> None:
    assert not [text for text in after(in_a_lift(), *words, gap_s=5.0) if text.startswith("line emergency")]


def test_red_flags_that_were_all_answered_need_no_word_on_when_to_call() -> None:
    evening = in_a_lift()
    evening.healthy = True
    assert "line emergency.unheard" not in after(evening, "pain")


@pytest.mark.parametrize("gap_s", [1.0, 3.0, 6.0])
@pytest.mark.parametrize("word", ["?", "help", "louder", "say again", "pause", "resume"])
def test_a_question_does_not_stay_open_for_ever(word: str, gap_s: float) -> None:
    evening = in_a_lift()
    evening.hear("pain")
    assert evening.run_to("question pain.level")
    begun_s = evening.now_s
    while evening.outcome is None and evening.now_s < begun_s + 300:
        evening.run_until(evening.now_s + gap_s)
        if word == "?":
            evening.hear("stop", Stage.SUSPECTED)
            evening.hear("stop", Stage.WITHDRAWN)
        else:
            evening.hear(word)
    assert evening.outcome == "pain"
    assert heard_whole([text for _, text in evening.happened], "emergency.unheard")


def test_a_question_that_is_cut_again_and_again_is_given_up() -> None:
    evening = in_a_lift()
    evening.hear("pain")
    assert evening.run_to("line pain.level")
    mark = len(evening.happened)
    for _ in range(30):
        evening.hear("stop", Stage.SUSPECTED)
        evening.hear("stop", Stage.WITHDRAWN)
    assert evening.run_to("end pain")
    assert evening.since(mark).count("line pain.level") <= 5


@pytest.mark.parametrize("stage", [Stage.SUSPECTED, Stage.CONFIRMED])
def test_emergency_advice_that_was_begun_again_twice_is_said_to_its_end(stage: Stage) -> None:
    evening = in_a_lift()
    evening.hear("my leg is numb")
    begun_s = evening.now_s
    while evening.outcome is None and evening.now_s < begun_s + 100:
        evening.run_until(evening.now_s + 3.0)
        evening.hear("stop", stage)
        if stage is Stage.SUSPECTED:
            evening.hear("stop", Stage.WITHDRAWN)
    happened = [text for _, text in evening.happened]
    assert evening.outcome == "emergency"
    assert heard_whole(happened, "emergency.nerve")
    assert happened.count("line emergency.nerve") <= 3


def test_a_graver_word_cuts_even_what_is_said_to_its_end() -> None:
    evening = in_a_lift()
    evening.hear("stop")
    for _ in range(3):
        evening.run_until(evening.now_s + 2.0)
        evening.hear("stop", Stage.SUSPECTED)
        evening.hear("stop", Stage.WITHDRAWN)
    assert "line emergency.call" in after(evening, "i can't breathe")


@pytest.mark.parametrize("word", ["blah blah", "resume", "yes", "no", "help", "louder", "why", "pause"])
@pytest.mark.parametrize("cry", ["my leg is numb", "help me"])
def test_chatter_does_not_delay_the_advice(cry: str, word: str) -> None:
    quiet, noisy = in_a_lift(), in_a_lift()
    for evening in (quiet, noisy):
        evening.hear(cry)
        assert evening.run_to("line emergency.*")
    for _ in range(4):
        noisy.hear(word)
    assert after(quiet)[-1] == after(noisy)[-1]
    spoken = [[entry for entry in evening.happened if entry[1].startswith(("line", "end"))] for evening in (quiet, noisy)]
    assert spoken[0] == spoken[1]


def test_say_again_says_emergency_advice_once_more() -> None:
    evening = in_a_lift()
    evening.hear("my leg is numb")
    assert evening.run_to("line emergency.nerve")
    happened = after(evening, "say again", "say again", "say again")
    assert happened.count("line emergency.nerve") == 1


def at_the_question(name: str) -> Rehearsed:
    """After "pain", once this is asked."""
    evening = in_a_lift()
    evening.healthy = True
    evening.hear("pain")
    assert evening.run_to_question(name)
    evening.run_until(evening.now_s + 2.0)
    return evening


@pytest.mark.parametrize(
    ("question", "advice"), [("pain.sharp", "pain.advice_sharp"), ("pain.level", "pain.advice_when"), ("pain.numb", "pain.advice_when")]
)
def test_pain_said_to_a_question_after_pain_answers_only_whether_it_is_sharp_or_how_bad_it_is(question: str, advice: str) -> None:
    evening = at_the_question(question)
    mark = len(evening.happened)
    evening.hear("it hurts")
    assert evening.run_to("question pain.*")
    evening.healthy = True
    assert evening.run_to("end pain")
    assert (f"question {question}" in evening.since(mark)) is (question == "pain.numb")
    assert f"line {advice}" in evening.since(mark)


@pytest.mark.parametrize("answers", list(product(("no", ""), repeat=4)))
def test_two_silences_running_end_the_questions_after_pain_and_one_by_itself_does_not(answers: tuple[str, ...]) -> None:
    evening = at_the_question("pain.sharp")
    silences, mark = 0, len(evening.happened)
    for name, answer in zip(("pain.sharp", *EMERGENCY_QUESTIONS), answers, strict=True):
        assert f"question {name}" in evening.since(mark - 1) or evening.run_to(f"question {name}")
        silences = 0 if answer else silences + 1
        if answer:
            evening.hear(answer)
        else:
            assert evening.run_to(f"answer {name} None")
        if silences > 1:
            break
    happened = after(evening)
    assert ("line silence.stopped" in happened) is (silences > 1)
    assert ("line pain.done" in happened) is (silences < 2)
    assert ("line emergency.unheard" in happened) is (not all(answers[1:]))
    assert not [text for text in happened if text.startswith("question")]


@pytest.mark.parametrize(
    ("answer", "advice"), [("yes", "pain.advice_sharp"), ("not sure", "pain.advice_sharp"), ("no", "pain.advice_when")]
)
def test_the_advice_is_for_sharp_pain_unless_it_is_not(answer: str, advice: str) -> None:
    evening = at_the_question("pain.sharp")
    mark = len(evening.happened)
    evening.hear(answer)
    evening.healthy = True
    assert evening.run_to("end pain")
    assert [text for text in evening.since(mark) if text.startswith("line pain.advice_")] == [f"line {advice}"]


@pytest.mark.parametrize("intent", [Intent.REPEAT, Intent.HELP, Intent.WHY, Intent.LOUDER, Intent.QUIETER])
def test_how_it_is_said_can_be_changed_after_a_stop_and_nothing_else(intent: Intent) -> None:
    evening = in_a_lift()
    evening.hear("stop")
    assert evening.run_to("question stop.all_right")
    mark = len(evening.happened)
    evening.tell(Meant(intent, Stage.CONFIRMED))
    evening.run_until(evening.now_s + 0.5)
    assert "line stop.latched" not in evening.since(mark)
    assert ("loudness" in evening.since(mark)) is (intent in (Intent.LOUDER, Intent.QUIETER))
    evening.tell(Meant(Intent.SLOWER, Stage.CONFIRMED))
    assert evening.run_to("line stop.latched", 10.0)


def test_numbness_at_the_numbness_question_is_a_yes() -> None:
    evening = in_a_lift()
    evening.healthy = True
    evening.hear("pain")
    assert evening.run_to("line pain.numb")
    evening.run_until(evening.now_s + 2.0)
    evening.healthy = False
    assert "line emergency.nerve" in after(evening, "my leg is numb")
    assert evening.outcome == "emergency"


@pytest.mark.parametrize(("word", "outcome"), [("it hurts", "pain"), ("my leg is numb", "emergency"), ("stop", "interrupted")])
def test_who_switches_the_coach_off_after_a_safety_word_has_had_it_all_the_same(word: str, outcome: str) -> None:
    evening = in_a_lift()
    evening.hear(word)
    evening.tell(Interrupted())
    assert evening.outcome == outcome
