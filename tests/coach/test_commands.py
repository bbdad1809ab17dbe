"""Every word in every phase: nobody is left without an answer, and nothing breaks."""

import pytest

from tests.coach.stage import PHRASEBOOK, SCRIPT, Rehearsed
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.messages.intents import URGENT, Intent

PLAN = Plan(sets=2, reps=3, rest_s=15, warm_up_s=60, cool_down_s=20)
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
    "up": "line up.step_2",
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


def test_the_same_word_twice_makes_it_louder_twice_up_to_a_limit() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("phase rest")
    for _ in range(5):
        evening.hear("louder")
        evening.run_until(evening.now_s + 2)
    assert evening.session.course.gain_db == 9.0
    assert "That is as loud as I get." in evening.texts


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
    assert evening.run_to("question screen.acute")


def test_an_answer_before_the_question_has_ended_counts() -> None:
    evening = Rehearsed(PLAN, healthy=False)
    evening.run_to("line screen.nerve")
    evening.run_until(evening.now_s + 1.5)
    mark = len(evening.happened)
    evening.hear("no")
    assert "cut screen.nerve" in evening.since(mark)
    assert "answer screen.nerve no" in evening.since(mark)
    assert evening.run_to("line screen.acute")


def test_why_gives_the_reason_for_what_was_said() -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line set.brace")
    evening.hear("why")
    assert evening.texts[-1] == SCRIPT.why("set.brace")


def test_unclear_speech_in_a_question_gets_pardon_once_then_the_options() -> None:
    evening = Rehearsed(PLAN, healthy=False)
    evening.run_to("question screen.nerve")
    for line in ("line pardon", "line options.yes_no"):
        evening.hear("bananas")
        assert evening.run_to(line)
    mark = len(evening.happened)
    evening.hear("bananas")
    evening.run_until(evening.now_s + 1)
    assert evening.since(mark) == []
