"""A session that is cut off at any moment, read from its log, and gone on with."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.coach.stage import KNOWN, QUICK, TODAY, Rehearsed, plan
from voicecoach.coach.phases import MOVING, Phase
from voicecoach.coach.plan import Plan
from voicecoach.journal.cut_off import outcome_of
from voicecoach.journal.left_off import left_off
from voicecoach.journal.recall import recalled
from voicecoach.journal.rows import summed_up
from voicecoach.messages.actions import Action, Record
from voicecoach.messages.memory import CutOff, Memory, Reached

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


def left(*evenings: Logged) -> CutOff | None:
    """What there is to go on with, two minutes after the last of these evenings was cut off; they began one hour apart, the last at six."""
    told = [(one.row(SIX - dt.timedelta(hours=n)), one.events) for n, one in enumerate(reversed(evenings))]
    return left_off(told[::-1], SIX + dt.timedelta(seconds=evenings[-1].now_s, minutes=2))


def cut_off(*evenings: Logged) -> CutOff:
    """The same, where there is something."""
    cut = left(*evenings)
    assert cut
    return cut


def place(cut: CutOff) -> Reached:
    """Where it was."""
    assert cut.reached
    return cut.reached


def evening_to(pattern: str) -> Logged:
    """An evening that is cut off there."""
    evening = Logged(QUICK)
    assert evening.run_to(pattern)
    return evening


def not_obeyed(evening: Logged, word: str) -> None:
    """It is said as the power goes: heard, and no more than that."""
    evening.events.append({"at_s": evening.now_s, "event": "heard", "intent": word, "phrase": word, "text": word})


def back(cut: CutOff, agreed: Plan = QUICK) -> Logged:
    """The evening after it."""
    return Logged(agreed, replace(SCREENED, cut_off=cut))


def to_its_end(evening: Logged) -> Logged:
    while evening.outcome is None and evening.run_to("*"):
        pass
    return evening


def gone_on(agreed: Plan, cut: CutOff) -> Logged:
    """The evening after it, to its end; nothing moves before the word for it is said."""
    evening = back(cut, agreed)
    assert evening.run_to("line cut_off.ready")
    assert {event["to"] for event in evening.events if event["event"] == "phase"} == {"screen", "paused"}
    assert {event["id"] for event in evening.events if event["event"] == "answer"} == {"cut_off.pain", "screen.pain", "cut_off.go_on"}
    evening.hear("ready")
    return to_its_end(evening)


@pytest.mark.parametrize("agreed", [pytest.param(QUICK, id="both legs"), pytest.param(ONE_LEG, id="one leg after the other")])
def test_wherever_it_is_cut_off_every_lift_of_the_plan_is_done_once(agreed: Plan) -> None:
    whole = Logged(agreed)
    to_its_end(whole)
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
    evening = evening_to("rep 2 hold")
    cut = cut_off(evening)
    assert (place(cut).done, place(cut).total) == (1, 1)
    assert evening.run_to("rep 2 lower")
    cut = cut_off(evening)
    assert (place(cut).done, place(cut).total) == (2, 2)


def test_what_was_made_easier_stays_so() -> None:
    evening = Logged(plan(sets=1, reps=10, warm_up_s=0, cool_down_s=0))
    assert evening.run_to("rep 1 hold")
    evening.hear("slower")
    evening.hear("easier")
    assert evening.run_to("rep 3 brace")
    cut = cut_off(evening)
    assert place(cut).reps == 8
    again = gone_on(evening.session.course.plan, cut)
    assert again.session.course.tempo == evening.session.course.tempo
    assert (evening.lowered + again.lowered)[-1] == (1, 8)


def test_cut_off_twice_it_goes_on_from_the_second_time() -> None:
    evening = evening_to("rep 2 brace")
    cut = cut_off(evening)
    second = back(cut)
    assert second.run_to("line cut_off.ready")
    second.hear("ready")
    assert second.run_to("phase rest")
    cut = cut_off(evening, second)
    assert (place(cut).set, place(cut).phase, place(cut).total) == (1, "rest", 3)
    again = gone_on(QUICK, cut)
    assert (evening.lowered + second.lowered + again.lowered) == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


@pytest.mark.parametrize(("until", "coming"), [("rep 2 hold", 1), ("phase rest", 2)])
def test_the_log_says_what_it_comes_back_to_and_once_only(until: str, coming: int) -> None:
    second = back(cut_off(evening_to(until)))
    assert second.run_to("line cut_off.ready")
    (told,) = [event for event in second.events if event["event"] == "cut_off"]
    assert told == {"at_s": 0.0, "event": "cut_off", "person": 1, "ago_s": pytest.approx(120), "outcome": "interrupted", "set": coming}


def test_where_nothing_had_begun_it_comes_back_to_the_first_set() -> None:
    second = back(CutOff(1, 60.0, "pain", None))
    (told,) = [event for event in second.events if event["event"] == "cut_off"]
    assert (told["outcome"], told["set"]) == ("pain", 1)


@pytest.mark.parametrize(
    ("until", "line", "words"),
    [
        ("rep 1 hold", "cut_off.ago", "2 minutes ago"),
        ("rep 2 lower", "cut_off.set", "set 1 of 2, after lift 2"),
        ("phase rest", "cut_off.between", "set 2 of 2"),
    ],
)
def test_it_says_how_long_ago_and_where_that_was(until: str, line: str, words: str) -> None:
    second = back(cut_off(evening_to(until)))
    assert second.run_to(f"line {line}")
    assert words in " ".join(second.texts)


def test_whose_pain_was_not_asked_for_before_has_no_more_than_before() -> None:
    second = back(replace(cut_off(evening_to("rep 2 hold")), pain=None))
    assert second.run_to_question("screen.pain")
    second.hear("two")
    assert second.run_to("question cut_off.go_on")


def test_who_closes_hears_how_many_lifts_they_had_done() -> None:
    second = back(cut_off(evening_to("phase rest")))
    assert second.run_to_question("cut_off.go_on")
    second.hear("close")
    second.healthy = True
    assert second.run_to("end stopped")
    assert "3 lifts today" in " ".join(second.texts)


def test_once_it_is_stopped_or_over_there_is_no_place_to_go_on_from() -> None:
    evening = evening_to("rep 2 hold")
    places = len([event for event in evening.events if event["event"] == "course"])
    assert places
    evening.hear("stop")
    assert to_its_end(evening).outcome == "stopped"
    assert len([event for event in evening.events if event["event"] == "course"]) == places
    finished = to_its_end(Logged(QUICK))
    assert [event["phase"] for event in finished.events if event["event"] == "course"][-1] == "cool_down"


@pytest.mark.parametrize("until", ["line cut_off.ago", "question cut_off.pain", "question cut_off.go_on", "line cut_off.ready"])
def test_cut_off_again_in_the_offer_it_is_offered_again(until: str) -> None:
    evening = evening_to("rep 2 hold")
    cut = cut_off(evening)
    second = back(cut)
    assert second.run_to(until)
    assert place(cut_off(evening, second)) == place(cut)


def test_pain_said_in_the_offer_as_the_power_goes_is_what_comes_back() -> None:
    evening = evening_to("rep 2 hold")
    cut = cut_off(evening)
    second = back(cut)
    assert second.run_to("question cut_off.go_on")
    not_obeyed(second, "pain")
    cut = cut_off(evening, second)
    assert cut.outcome == "pain"


@pytest.mark.parametrize(("word", "outcome"), [("pain", "pain"), ("stop", "stopped"), ("nerve", "emergency")])
def test_a_word_that_was_heard_and_not_obeyed_is_obeyed_in_the_next_session_and_nothing_moves(word: str, outcome: str) -> None:
    evening = evening_to("rep 2 hold")
    not_obeyed(evening, word)
    cut = cut_off(evening)
    again = back(cut)
    to_its_end(again)
    assert again.outcome == outcome
    phases = [event["to"] for event in again.events if event["event"] == "phase"]
    assert phases == ["screen", "stopped", "finished"]
    assert not {phase.value for phase in MOVING} & set(phases)


@pytest.mark.parametrize(("word", "outcome"), [("pain", "pain"), ("stop", "stopped"), ("nerve", "emergency")])
def test_cut_off_again_while_it_is_obeyed_it_is_obeyed_again(word: str, outcome: str) -> None:
    evening = evening_to("rep 2 hold")
    not_obeyed(evening, word)
    second = back(cut_off(evening))
    assert second.run_to("line *")
    cut = cut_off(evening, second)
    assert cut.outcome == outcome
    told = next(n for n, event in enumerate(second.events, start=1) if event["event"] == "cut_off")
    assert {outcome_of(second.events[:written]) for written in range(told, len(second.events) + 1)} == {outcome}


def test_cut_off_again_after_new_pain_it_is_pain() -> None:
    evening = evening_to("rep 2 hold")
    second = back(cut_off(evening))
    assert second.run_to_question("cut_off.pain")
    second.hear("yes")
    assert second.run_to("question pain.level")
    cut = cut_off(evening, second)
    assert cut.outcome == "pain"


def test_both_halves_are_one_session_to_the_memory() -> None:
    evening = evening_to("rep 2 hold")
    cut = cut_off(evening)
    again = gone_on(QUICK, cut)
    again.events.append({"at_s": again.now_s, "event": "session_ended", "outcome": "finished", **again.session.summary})
    (person,) = recalled([(evening.row(SIX), evening.events), (again.row(SIX), again.events)])
    (past,) = person.sessions
    assert (past.outcome, past.reps, past.sets, past.failed_sets) == ("finished", 6, 2, 0)
    assert (past.pain_before, past.pain_after) == (1, 1)


def test_pain_after_the_power_cut_is_one_stop_for_pain_and_no_second_one() -> None:
    evening = evening_to("rep 2 hold")
    not_obeyed(evening, "pain")
    cut = cut_off(evening)
    again = back(cut)
    to_its_end(again)
    (person,) = recalled([(evening.row(SIX), evening.events), (again.row(SIX), again.events)])
    assert [past.outcome for past in person.sessions] == ["pain"]
