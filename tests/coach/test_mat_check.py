"""The test of the safety words from the mat: the only place where one is not obeyed, and only where it was asked for."""

from dataclasses import replace

import pytest

from tests.coach.stage import CURRICULUM, HEALTHY, PHRASEBOOK, QUICK, SCRIPT, SECONDS_A_LETTER, TODAY, Rehearsed
from voicecoach.coach.phases import Phase
from voicecoach.messages.heard import Stage
from voicecoach.messages.intents import URGENT, Intent, Meant
from voicecoach.messages.lines import Line
from voicecoach.messages.memory import Memory, Person
from voicecoach.own_voice import LATE_S

UNHEARD = Memory(TODAY, (Person(name="", taught=True),))
"""Somebody whose voice has not been heard from the mat."""
ASKED_FOR = {test.id: test.word for test in CURRICULUM.mat}
SAFETY = [phrase for intent in URGENT for phrase in PHRASEBOOK.phrases(intent)]


def moments() -> list[float]:
    """The moments at which something happens from the way onto the mat to the first movement, and those in between."""
    whole = Rehearsed(QUICK, memory=UNHEARD)
    assert whole.run_to("line position.hips")
    begun_s = whole.now_s
    assert whole.run_to("phase warm_up")
    times = [at_s for at_s, _ in whole.happened if begun_s <= at_s < whole.now_s]
    return sorted({at_s + offset for at_s in times for offset in (0.01, 0.37, 1.0, 1.6, 2.5) if at_s + offset < whole.now_s})


MOMENTS = moments()


def heard_at(moment_s: float, word: str, *, suspected: bool) -> tuple[Rehearsed, list[str]]:
    """A session in which `word` is heard then, and what that did at once. Up to there the person does as asked."""
    evening = Rehearsed(QUICK, memory=UNHEARD)
    evening.run_until(moment_s)
    meaning = PHRASEBOOK.meaning(word, "mat")
    assert meaning
    meant = Meant(meaning.intent, Stage.CONFIRMED, word, word, topic=meaning.topic)
    if suspected:
        evening.tell(replace(meant, stage=Stage.SUSPECTED))
    before = len(evening.happened)
    evening.tell(meant)
    return evening, evening.since(before)


@pytest.mark.parametrize("suspected", [True, False])
@pytest.mark.parametrize("word", ["pain", "stop", "it hurts", "stop it", "help me", "i can't breathe", "my leg is numb"])
def test_a_safety_word_is_the_answer_to_the_question_that_asks_for_it_or_it_is_obeyed(word: str, suspected: bool) -> None:
    taken = 0
    for moment_s in MOMENTS:
        evening, happened = heard_at(moment_s, word, suspected=suspected)
        answered = [text for text in happened if text.startswith("answer mat.")]
        if answered:
            taken += 1
            (answer,) = answered
            assert ASKED_FOR[answer.split()[1]] == word, moment_s
        else:
            assert evening.session.phase is Phase.STOPPED, f"{word} at {moment_s}"
    assert bool(taken) == (word in ASKED_FOR.values())


@pytest.mark.parametrize("phrase", [phrase for phrase in SAFETY if phrase != "pain"])
def test_every_other_safety_phrase_is_obeyed_where_pain_is_asked_for(phrase: str) -> None:
    evening = Rehearsed(QUICK, memory=UNHEARD)
    assert evening.run_to("question mat.pain")
    evening.hear(phrase)
    assert evening.session.phase is Phase.STOPPED


@pytest.mark.parametrize("text", ["sharp pain", "pain pain", "the pain", "stop pain"])
def test_only_the_bare_word_is_the_answer(text: str) -> None:
    evening = Rehearsed(QUICK, memory=UNHEARD)
    assert evening.run_to("question mat.pain")
    evening.tell(Meant(Intent.PAIN, Stage.CONFIRMED, "pain", text))
    assert evening.session.phase is Phase.STOPPED


@pytest.mark.parametrize("until", ["line position.hips", "question screen.ready", "line mat.begin", "line mat.heard", "line set.begin"])
@pytest.mark.parametrize("word", ["pain", "stop"])
def test_nowhere_else_is_it_a_test(word: str, until: str) -> None:
    evening = Rehearsed(QUICK, memory=UNHEARD)
    assert evening.run_to(until)
    evening.hear(word)
    assert evening.session.phase is Phase.STOPPED


@pytest.mark.parametrize("word", ["resume", "ready", "yes", "skip", "next set", "let's go", "no"])
def test_no_word_goes_round_the_test(word: str) -> None:
    evening = Rehearsed(QUICK, memory=UNHEARD)
    assert evening.run_to("question mat.pain")
    evening.healthy = False
    for _ in range(8):
        evening.hear(word)
        evening.run_until(evening.now_s + 3.0)
    assert evening.outcome == "silence" or evening.run_to("end silence")
    assert not [text for text in evening.since(0) if text.startswith(("phase warm_up", "remembered heard_on_mat"))]


@pytest.mark.parametrize("intent", sorted(URGENT))
def test_a_safety_word_whose_words_are_not_known_any_more_is_obeyed_at_every_question(intent: Intent) -> None:
    for question in ("screen.pain", "mat.pain", "mat.stop", "check_in.back"):
        evening = Rehearsed(QUICK, memory=UNHEARD)
        assert evening.run_to(f"question {question}")
        evening.run_until(evening.now_s + 0.1)
        evening.tell(Meant(intent, Stage.CONFIRMED))
        assert evening.session.phase is Phase.STOPPED


def test_the_word_that_is_asked_for_is_a_safety_phrase_and_its_sentence_goes_on_long_enough_after_it() -> None:
    for test in CURRICULUM.mat:
        meaning = PHRASEBOOK.meaning(test.word, "mat")
        assert meaning is not None
        assert meaning.intent in URGENT
        assert HEALTHY(test.id) == test.word
        for brief in (False, True):
            _, named, after = SCRIPT.sentence(Line(test.id), brief=brief).lower().partition(f" {test.word} ")
            assert named
            assert len(after) * SECONDS_A_LETTER > LATE_S, "the ears would take the answer for the coach's own word"


def test_it_is_remembered_only_after_both_words() -> None:
    evening = Rehearsed(QUICK, memory=UNHEARD)
    assert evening.run_to("question mat.stop")
    assert not evening.session.course.person.heard_on_mat
    assert evening.run_to("line mat.heard")
    assert evening.session.course.person.heard_on_mat
