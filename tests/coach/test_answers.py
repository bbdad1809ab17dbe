"""Every question that can be asked: answered short, then more of it for who wants it, and never while the legs move."""

import pytest

from tests.coach.stage import PHRASEBOOK, Rehearsed, plan
from voicecoach.messages.intents import Intent

PLAN = plan(sets=2, reps=3, rest_s=60, warm_up_s=0, cool_down_s=0)
ASKED = {meaning.topic: phrase for phrase in PHRASEBOOK.phrases(Intent.QUESTION) if (meaning := PHRASEBOOK.meaning(phrase, "rest"))}
IN_A_SET = [topic for topic, phrase in ASKED.items() if PHRASEBOOK.meaning(phrase, "set")]


@pytest.mark.parametrize("topic", ASKED)
def test_a_question_is_answered_in_short_and_more_is_told_to_who_wants_it(topic: str) -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("line rest.begin")
    mark = len(evening.happened)
    evening.hear(ASKED[topic])
    assert evening.run_to("line answer.more", 20)
    assert f"line more.{topic}" not in evening.since(mark)
    evening.hear("yes")
    assert evening.run_to(f"line more.{topic}", 20)
    assert f"line answer.{topic}" in evening.since(mark)
    assert evening.run_to("end finished")


@pytest.mark.parametrize("topic", IN_A_SET)
def test_a_question_in_a_set_is_put_off_and_answered_in_the_rest(topic: str) -> None:
    evening = Rehearsed(PLAN)
    evening.run_to("rep 1 lift")
    mark = len(evening.happened)
    evening.hear(ASKED[topic])
    assert evening.run_to("line question.later", 10)
    assert evening.run_to("phase rest")
    assert f"line answer.{topic}" not in evening.since(mark)
    assert evening.run_to(f"line answer.{topic}", 30)
