"""A safety word, at any moment of any session, in any state."""

import pytest

from tests.coach.stage import QUICK, TODAY, Rehearsed, plan
from voicecoach.coach.phases import Phase
from voicecoach.coach.plan import Plan
from voicecoach.messages.events import Fault, Recovered, Unclear
from voicecoach.messages.heard import Stage
from voicecoach.messages.memory import Memory

WITH_EVERYTHING = plan(sets=2, reps=3, rest_s=15, warm_up_s=60, cool_down_s=20)
MOVING_LINES = ("line set.", "line warm_up.", "line lead_in", "line countdown", "line breath.", "line up.", "line rest.", "rep ", "tone ")
NOBODY = Memory(TODAY)
WORDS = {
    "stop": {"stopped"},
    "pain": {"pain"},
    "it hurts": {"pain"},
    "help me": {"stopped"},
    "i can't breathe": {"emergency"},
    "my leg is numb": {"emergency"},
}


def moments(plan: Plan) -> list[float]:
    """The moments at which something happens in a whole session, and those in between."""
    whole = Rehearsed(plan)
    assert whole.run_to("end finished")
    times = sorted({at_s for at_s, _ in whole.happened})
    return [at_s + offset for at_s in times[:-1] for offset in (0.01, 0.37)]


MOMENTS = moments(WITH_EVERYTHING)


@pytest.mark.parametrize("word", WORDS)
def test_a_safety_word_at_any_moment_ends_all_movement_at_once(word: str) -> None:
    for at_s in MOMENTS:
        evening = Rehearsed(WITH_EVERYTHING)
        evening.run_until(at_s - 0.5)
        mark = len(evening.happened)
        evening.hear(word)
        if evening.outcome == "finished":
            continue
        assert evening.session.phase is Phase.STOPPED, at_s
        reacted = [text for text in evening.since(mark) if text.startswith("hush")]
        assert reacted, at_s
        after = len(evening.happened)
        assert evening.run_to("end *"), f"never ends: {word} at {at_s}"
        moved = [text for text in evening.since(after) if text.startswith(MOVING_LINES)]
        assert not moved, f"{word} at {at_s}: {moved}"
        assert evening.outcome in WORDS[word], at_s


@pytest.mark.parametrize("word", WORDS)
def test_a_safety_word_while_somebody_is_taught_ends_all_movement_at_once(word: str) -> None:
    whole = Rehearsed(WITH_EVERYTHING, memory=NOBODY)
    assert whole.run_to("phase warm_up")
    for at_s in sorted({at_s for at_s, text in whole.happened if text.startswith(("line", "question", "tone"))})[20:]:
        evening = Rehearsed(WITH_EVERYTHING, memory=NOBODY)
        evening.run_until(at_s + 0.1)
        mark = len(evening.happened)
        evening.hear(word)
        assert evening.session.phase is Phase.STOPPED, at_s
        assert evening.run_to("end *"), at_s
        after = evening.since(mark)
        after = after[next(n for n, text in enumerate(after) if text.startswith("hush")) :]
        moved = [text for text in after if text.startswith((*MOVING_LINES, "line teach.", "line practice.", "line try."))]
        assert not moved, f"{word} at {at_s}: {moved}"
        assert evening.outcome in WORDS[word], at_s


@pytest.mark.parametrize("word", WORDS)
def test_a_safety_word_to_a_silent_person_ends_with_advice_and_the_truth_about_help(word: str) -> None:
    for at_s in MOMENTS[::7]:
        evening = Rehearsed(WITH_EVERYTHING)
        evening.run_until(at_s - 0.5)
        evening.healthy = False
        evening.hear(word)
        if evening.outcome == "finished":
            continue
        assert evening.run_to("end *")
        said = [text for _, text in evening.happened]
        assert "line silence.stopped" in said or "line emergency.alone" in said, at_s
        if WORDS[word] == {"pain"}:
            assert "line pain.advice" in said, at_s


def test_pain_is_always_answered_with_advice_to_see_a_professional() -> None:
    for at_s in MOMENTS[::3]:
        evening = Rehearsed(WITH_EVERYTHING)
        evening.run_until(at_s)
        evening.hear("pain")
        if evening.outcome != "finished":
            evening.run_to("end *")
            assert "line pain.advice" in [text for _, text in evening.happened], at_s


def test_a_suspicion_hushes_and_counts_nothing_until_it_is_withdrawn() -> None:
    for at_s in MOMENTS[::3]:
        evening = Rehearsed(WITH_EVERYTHING)
        evening.run_until(at_s)
        if evening.session.phase is Phase.FINISHED:
            continue
        evening.hear("stop", Stage.SUSPECTED)
        mark = len(evening.happened)
        evening.run_until(evening.now_s + 3.0)
        assert not [text for text in evening.since(mark) if text.startswith(("rep", "line", "phase"))], at_s
        evening.hear("stop", Stage.WITHDRAWN)
        assert evening.run_to("end finished"), at_s
        repetitions = [text for _, text in evening.happened if text.startswith("rep")]
        assert len(repetitions) == len(set(repetitions)) * 2 == 3 * 4 * 2, f"{at_s}: {repetitions}"


@pytest.mark.parametrize("phase", ["screen", "teach", "warm_up", "set", "hold", "check_in", "rest", "cool_down"])
def test_a_suspicion_that_is_never_resolved_becomes_a_pause_and_only_a_word_goes_on(phase: str) -> None:
    evening = Rehearsed(WITH_EVERYTHING)
    if phase != "screen":
        assert evening.run_to(f"phase {phase}")
    evening.hear("stop", Stage.SUSPECTED)
    evening.run_until(evening.now_s + 3.0)
    evening.hear("stop", Stage.SUSPECTED)
    mark = len(evening.happened)
    evening.run_until(evening.now_s + 25.0)
    lines = [text for text in evening.since(mark) if text.startswith(("line", "rep", "tone", "phase"))]
    assert lines in (["phase paused", "line paused.moving"], ["phase paused", "line paused.begin"])
    evening.hear("resume")
    assert evening.run_to("end finished")


@pytest.mark.parametrize("phase", ["teach", "warm_up", "set", "hold", "rest", "cool_down"])
def test_what_may_have_been_a_safety_phrase_pauses_at_once_asks_and_only_a_word_goes_on(phase: str) -> None:
    for word, then in (("resume", "phase set" if phase == "hold" else f"phase {phase}"), ("it hurts", "phase stopped")):
        evening = Rehearsed(WITH_EVERYTHING)
        assert evening.run_to(f"phase {phase}")
        evening.run_until(evening.now_s + 1.0)
        mark = len(evening.happened)
        evening.tell(Unclear("my back is", worrying=True))
        assert [text for text in evening.since(mark) if not text.startswith("cut ")] == ["hush unsure", "phase paused"]
        assert evening.run_to("line unsure.*")
        evening.run_until(evening.now_s + 60.0)
        assert not [text for text in evening.since(mark) if text.startswith(("rep ", "phase set", "tone "))]
        evening.hear(word)
        assert then in evening.since(mark)


def test_a_radio_is_asked_only_once_whether_something_hurts() -> None:
    evening = Rehearsed(WITH_EVERYTHING)
    assert evening.run_to("phase set")
    for _ in range(6):
        evening.tell(Unclear("my back is", worrying=True))
        evening.run_until(evening.now_s + 4.0)
    assert [text for _, text in evening.happened].count("line unsure.moving") == 1
    assert evening.session.phase is Phase.PAUSED


@pytest.mark.parametrize("question", ["check_in.back", "check_in.effort", "cool_down.pain"])
def test_a_question_after_which_it_goes_on_by_itself_is_left_for_what_may_have_been_a_safety_phrase(question: str) -> None:
    evening = Rehearsed(WITH_EVERYTHING)
    assert evening.run_to(f"question {question}")
    evening.healthy = False
    evening.tell(Unclear("my back is", worrying=True))
    mark = len(evening.happened)
    evening.run_until(evening.now_s + 100.0)
    assert evening.session.phase is Phase.PAUSED
    assert not [text for text in evening.since(mark) if text.startswith(MOVING_LINES)]


def test_resume_said_twice_while_getting_down_does_not_start_the_warm_up() -> None:
    evening = Rehearsed(WITH_EVERYTHING)
    assert evening.run_to("line position.legs")
    evening.tell(Unclear("my back is", worrying=True))
    evening.healthy = False
    evening.hear("resume")
    evening.hear("resume")
    assert evening.session.phase is Phase.SCREEN


def test_a_screening_question_is_not_left_for_what_may_have_been_a_safety_phrase() -> None:
    evening = Rehearsed(WITH_EVERYTHING, healthy=False)
    assert evening.run_to("question screen.nerve")
    evening.tell(Unclear("my back is", worrying=True))
    assert evening.run_to("line pardon")
    assert evening.session.phase is Phase.SCREEN


@pytest.mark.parametrize("word", ["resume", "next set", "ready", "yes", "continue", "skip", "another set"])
def test_nothing_starts_again_after_a_stop(word: str) -> None:
    evening = Rehearsed(QUICK, healthy=True)
    evening.run_to("rep 2 lift")
    evening.healthy = False
    evening.hear("stop")
    mark = len(evening.happened)
    for _ in range(4):
        evening.hear(word)
        evening.run_until(evening.now_s + 3)
    evening.run_to("end *")
    assert not [text for text in evening.since(mark) if text.startswith(MOVING_LINES)]
    assert evening.outcome == "stopped"


@pytest.mark.parametrize("part", ["microphone", "recognizer", "speaker"])
def test_a_fault_pauses_and_only_a_word_goes_on(part: str) -> None:
    for phase in ("screen", "warm_up", "set", "hold", "check_in", "rest", "cool_down"):
        evening = Rehearsed(WITH_EVERYTHING)
        if phase != "screen":
            evening.run_to(f"phase {phase}")
        evening.run_until(evening.now_s + 0.6)
        evening.tell(Fault(part, "it broke"))
        assert evening.session.phase is Phase.PAUSED, phase
        mark = len(evening.happened)
        evening.run_until(evening.now_s + 20)
        evening.hear("resume")
        evening.tell(Recovered(part))
        evening.run_until(evening.now_s + 30)
        assert not [text for text in evening.since(mark) if text.startswith("rep")], phase
        assert evening.session.phase is Phase.PAUSED, phase
        evening.hear("resume")
        assert evening.run_to("end finished"), phase


@pytest.mark.parametrize("doubt", ["standstill", "inaudible"])
def test_a_doubt_pauses_every_phase_but_the_questions_and_only_a_word_goes_on(doubt: str) -> None:
    for phase in ("warm_up", "set", "hold", "check_in", "rest", "cool_down"):
        evening = Rehearsed(WITH_EVERYTHING)
        evening.run_to(f"phase {phase}")
        evening.run_until(evening.now_s + 0.6)
        evening.tell(Fault(doubt, "for a while"))
        evening.tell(Recovered(doubt))
        assert evening.session.phase is Phase.PAUSED, phase
        mark = len(evening.happened)
        evening.run_until(evening.now_s + 30)
        assert not [text for text in evening.since(mark) if text.startswith(("rep", "phase"))], phase
        evening.hear("resume")
        assert evening.run_to("end finished"), phase


def test_after_stop_a_doubt_changes_nothing() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("rep 2 lift")
    evening.hear("stop")
    evening.tell(Fault("standstill", "for a while"))
    evening.tell(Fault("inaudible", "for a while"))
    assert evening.run_to("question stop.all_right")
    assert evening.session.phase is Phase.STOPPED


def test_a_fault_that_stays_ends_the_session() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("rep 2 lift")
    evening.tell(Fault("microphone", "unplugged"))
    assert evening.run_to("end fault")


def test_who_cannot_hear_does_not_ask_pardon() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("rep 2 lift")
    evening.tell(Fault("microphone", "unplugged"))
    mark = len(evening.happened)
    evening.tell(Unclear("i can't"))
    assert "line pardon" not in [text for _, text in evening.happened[mark:]]


def test_pain_while_a_part_is_out_of_order_is_still_pain() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("rep 2 lift")
    evening.tell(Fault("speaker", "unplugged"))
    evening.hear("pain")
    assert evening.run_to("end pain")
    assert "line pain.advice" in [text for _, text in evening.happened]


def test_stop_after_pain_ends_the_questions_but_not_the_advice() -> None:
    evening = Rehearsed(QUICK)
    evening.run_to("rep 2 lift")
    evening.healthy = False
    evening.hear("pain")
    evening.run_to("question pain.level")
    mark = len(evening.happened)
    evening.hear("stop")
    assert evening.run_to("end pain")
    assert "line pain.advice" in evening.since(mark)
    assert not [text for text in evening.since(mark) if text.startswith("question")]


def test_who_does_not_answer_whether_to_skip_the_warm_up_is_waited_for() -> None:
    evening = Rehearsed(plan(warm_up_s=60))
    assert evening.run_to("phase warm_up")
    assert evening.run_to("line breath.*")
    evening.healthy = False
    evening.hear("skip warm up")
    mark = len(evening.happened)
    evening.run_until(evening.now_s + 600)
    assert not [text for text in evening.since(mark) if text.startswith(("line breath", "line warm_up.b", "phase warm_up"))]
    assert evening.outcome == "silence"
