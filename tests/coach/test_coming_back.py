"""A session that is cut off at any moment, read from its log, and gone on with."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.coach.stage import KNOWN, QUICK, TODAY, Rehearsed, plan
from voicecoach.coach.phases import MOVING, Phase
from voicecoach.coach.plan import Plan
from voicecoach.journal.left_off import left_off
from voicecoach.journal.recall import recalled
from voicecoach.journal.rows import summed_up
from voicecoach.messages.actions import Action, Record
from voicecoach.messages.memory import CutOff, Memory

SIX = dt.datetime(2026, 11, 24, 18, tzinfo=dt.UTC)
SCREENED = replace(KNOWN, people=(replace(KNOWN.people[0], screened_on_day=TODAY - 9),))
ONE_LEG = plan(sets=2, reps=2, legs="one", rest_s=20, warm_up_s=0, cool_down_s=0)


class Logged(Rehearsed):
    """An evening, and what its journal would have of it."""

    def __init__(self, agreed: Plan, memory: Memory = SCREENED) -> None:
        self.events: list[dict[str, Any]] = []
        super().__init__(agreed, memory=memory)

    def _perform(self, action: Action) -> None:
        if isinstance(action, Record):
            self.events.append({"at_s": self.now_s, "event": action.event, **action.fields})
        super()._perform(action)

    @property
    def lowered(self) -> list[tuple[int, int]]:
        """The lifts that were brought down again, by set."""
        return [(event["set"], event["n"]) for event in self.events if event["event"] == "rep" and event["moment"] == "lower"]

    def row(self, begun: dt.datetime) -> Any:
        return summed_up(1, begun.isoformat(), self.outcome or "interrupted", self.now_s, self.events)


def left(*evenings: Logged, minutes: float = 2.0) -> CutOff | None:
    """What there is to go on with, so long after the last of these evenings was cut off; they began one hour apart, the last at six."""
    told = [(one.row(SIX - dt.timedelta(hours=n)), one.events) for n, one in enumerate(reversed(evenings))]
    return left_off(told[::-1], SIX + dt.timedelta(seconds=evenings[-1].now_s, minutes=minutes))


def gone_on(agreed: Plan, cut: CutOff) -> Logged:
    """The evening after it, to its end; nothing moves before the word for it is said."""
    evening = Logged(agreed, replace(SCREENED, cut_off=cut))
    assert evening.run_to("line cut_off.ready")
    assert {event["to"] for event in evening.events if event["event"] == "phase"} == {"screen", "paused"}
    assert {event["id"] for event in evening.events if event["event"] == "answer"} == {"cut_off.pain", "screen.pain", "cut_off.go_on"}
    evening.hear("ready")
    while evening.outcome is None and evening.run_to("*"):
        pass
    return evening


@pytest.mark.parametrize("agreed", [pytest.param(QUICK, id="both legs"), pytest.param(ONE_LEG, id="one leg after the other")])
def test_wherever_it_is_cut_off_every_lift_of_the_plan_is_done_once(agreed: Plan) -> None:
    whole = Logged(agreed)
    while whole.outcome is None and whole.run_to("*"):
        pass
    cuts = 0
    for tenths in range(7, round(whole.now_s * 10), 23):
        evening = Logged(agreed)
        evening.run_until(tenths / 10)
        cut = left(evening)
        if evening.session.phase is Phase.SCREEN or cut is None:
            assert cut is None
            assert evening.lowered == []
            continue
        cuts += 1
        again = gone_on(agreed, cut)
        assert again.outcome == "finished"
        assert evening.lowered + again.lowered == whole.lowered, f"cut off at {tenths / 10} s"
        assert again.session.summary["reps"] == len(again.lowered)
    assert cuts > 40


def test_a_lift_on_its_way_up_is_done_again_and_one_on_its_way_down_is_not() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    cut = left(evening)
    assert cut
    assert cut.reached
    assert (cut.reached.done, cut.reached.total) == (1, 1)
    assert evening.run_to("rep 2 lower")
    cut = left(evening)
    assert cut
    assert cut.reached
    assert (cut.reached.done, cut.reached.total) == (2, 2)


def test_what_was_made_easier_stays_so() -> None:
    evening = Logged(plan(sets=1, reps=10, warm_up_s=0, cool_down_s=0))
    assert evening.run_to("rep 1 hold")
    evening.hear("slower")
    evening.hear("easier")
    assert evening.run_to("rep 3 brace")
    cut = left(evening)
    assert cut
    assert cut.reached
    assert cut.reached.reps == 8
    again = gone_on(evening.session.course.plan, cut)
    assert again.session.course.tempo == evening.session.course.tempo
    assert (evening.lowered + again.lowered)[-1] == (1, 8)


def test_cut_off_twice_it_goes_on_from_the_second_time() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 brace")
    cut = left(evening)
    assert cut
    assert cut.reached
    second = Logged(QUICK, replace(SCREENED, cut_off=cut))
    assert second.run_to("line cut_off.ready")
    second.hear("ready")
    assert second.run_to("phase rest")
    cut = left(evening, second)
    assert cut
    assert cut.reached
    assert (cut.reached.set, cut.reached.phase, cut.reached.total) == (1, "rest", 3)
    again = gone_on(QUICK, cut)
    assert (evening.lowered + second.lowered + again.lowered) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


@pytest.mark.parametrize("until", ["line cut_off.ago", "question cut_off.pain", "question cut_off.go_on", "line cut_off.ready"])
def test_cut_off_again_in_the_offer_it_is_offered_again(until: str) -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    cut = left(evening)
    assert cut
    assert cut.reached
    second = Logged(QUICK, replace(SCREENED, cut_off=cut))
    assert second.run_to(until)
    again = left(evening, second)
    assert again
    assert again.reached == cut.reached


def test_pain_said_in_the_offer_as_the_power_goes_is_what_comes_back() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    cut = left(evening)
    assert cut
    assert cut.reached
    second = Logged(QUICK, replace(SCREENED, cut_off=cut))
    assert second.run_to("question cut_off.go_on")
    second.events.append({"at_s": second.now_s, "event": "heard", "intent": "pain", "phrase": "pain", "text": "pain"})
    cut = left(evening, second)
    assert cut
    assert cut.reached
    assert cut.outcome == "pain"


@pytest.mark.parametrize(("word", "outcome"), [("pain", "pain"), ("stop", "stopped"), ("nerve", "emergency")])
def test_a_word_that_was_heard_and_not_obeyed_is_obeyed_in_the_next_session_and_nothing_moves(word: str, outcome: str) -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    evening.events.append({"at_s": evening.now_s, "event": "heard", "intent": word, "phrase": word, "text": word})
    cut = left(evening)
    assert cut
    assert cut.reached
    again = Logged(QUICK, replace(SCREENED, cut_off=cut))
    while again.outcome is None and again.run_to("*"):
        pass
    assert again.outcome == outcome
    phases = [event["to"] for event in again.events if event["event"] == "phase"]
    assert phases == ["screen", "stopped", "finished"]
    assert not {phase.value for phase in MOVING} & set(phases)


@pytest.mark.parametrize(("word", "outcome"), [("pain", "pain"), ("stop", "stopped"), ("nerve", "emergency")])
def test_cut_off_again_while_it_is_obeyed_it_is_obeyed_again(word: str, outcome: str) -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    evening.events.append({"at_s": evening.now_s, "event": "heard", "intent": word, "phrase": word, "text": word})
    second = Logged(QUICK, replace(SCREENED, cut_off=left(evening)))
    assert second.run_to("line *")
    cut = left(evening, second)
    assert cut
    assert cut.outcome == outcome
    assert second.row(SIX).outcome == outcome


def test_cut_off_again_after_new_pain_it_is_pain() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    second = Logged(QUICK, replace(SCREENED, cut_off=left(evening)))
    assert second.run_to_question("cut_off.pain")
    second.hear("yes")
    assert second.run_to("question pain.level")
    cut = left(evening, second)
    assert cut
    assert cut.outcome == "pain"


def test_both_halves_are_one_session_to_the_memory() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    cut = left(evening)
    assert cut
    assert cut.reached
    again = gone_on(QUICK, cut)
    again.events.append({"at_s": again.now_s, "event": "session_ended", "outcome": "finished", **again.session.summary})
    (person,) = recalled([(evening.row(SIX), evening.events), (again.row(SIX), again.events)])
    (past,) = person.sessions
    assert (past.outcome, past.reps, past.sets, past.failed_sets) == ("finished", 6, 2, 0)
    assert (past.pain_before, past.pain_after) == (1, 1)


def test_pain_after_the_power_cut_is_one_stop_for_pain_and_no_second_one() -> None:
    evening = Logged(QUICK)
    assert evening.run_to("rep 2 hold")
    evening.events.append({"at_s": evening.now_s, "event": "heard", "intent": "pain", "phrase": "pain", "text": "pain"})
    cut = left(evening)
    assert cut
    assert cut.reached
    again = Logged(QUICK, replace(SCREENED, cut_off=cut))
    while again.outcome is None and again.run_to("*"):
        pass
    (person,) = recalled([(evening.row(SIX), evening.events), (again.row(SIX), again.events)])
    assert [past.outcome for past in person.sessions] == ["pain"]
