"""A session whose sound is kept: whoever is heard knows it."""

from dataclasses import replace

from tests.coach.stage import KNOWN, Rehearsed, plan
from voicecoach.messages.events import Fault
from voicecoach.messages.memory import Person

PLAN = plan(sets=1, reps=3, warm_up_s=0, cool_down_s=0)
TOLD = "line greeting.recorded"
ANNA_AND_BEN = replace(KNOWN, people=(Person(1, name="anna", taught=True), Person(2, name="ben", taught=True)))


class Recorded(Rehearsed):
    """A session with --keep-audio."""

    recorded = True


def lines(evening: Rehearsed) -> list[str]:
    return [text for _, text in evening.happened if text.startswith("line ")]


def test_who_is_recorded_is_told_before_anything_is_asked() -> None:
    evening = Recorded(PLAN, memory=ANNA_AND_BEN)
    evening.run_to_question("who.ask")
    assert lines(evening) == ["line greeting.hello", TOLD, "line who.ask"]


def test_whoever_comes_instead_is_told_too() -> None:
    evening = Recorded(PLAN)
    evening.run_to("line greeting.words")
    assert lines(evening).count(TOLD) == 1
    evening.hear("somebody else")
    assert evening.run_to("question screen.*")
    assert lines(evening).count(TOLD) == 2


def test_a_pause_has_it_said_no_more_than_once() -> None:
    evening = Recorded(PLAN)
    evening.run_to("question screen.*")
    evening.hear("pause")
    evening.hear("continue")
    assert evening.run_to("phase set")
    assert lines(evening).count(TOLD) == 1


def test_are_you_recording_is_answered_truly() -> None:
    for session, said, unsaid in ((Recorded, TOLD, "line answer.recording"), (Rehearsed, "line answer.recording", TOLD)):
        evening = session(PLAN)
        evening.run_to("line greeting.words")
        mark = len(evening.happened)
        evening.hear("are you recording")
        assert evening.run_to(said, 20)
        assert unsaid not in evening.since(mark)


def test_who_is_not_recorded_hears_nothing_of_it() -> None:
    evening = Rehearsed(PLAN)
    assert evening.run_to("end finished")
    assert TOLD not in lines(evening)


def test_a_recording_that_stops_is_told_when_nothing_moves_and_stops_nothing_else() -> None:
    evening = Recorded(plan(sets=2, reps=3, rest_s=30, warm_up_s=0, cool_down_s=0))
    evening.run_to("rep 2 lift")
    mark = len(evening.happened)
    evening.tell(Fault("recording", "The recording has stopped."))
    assert evening.run_to("phase rest")
    assert "line fault.recording" not in evening.since(mark)
    assert evening.run_to("line fault.recording", 30)
    assert evening.run_to("end finished")
