import datetime as dt
from dataclasses import asdict
from typing import Any

import pytest

from voicecoach.journal.left_off import left_off
from voicecoach.journal.rows import summed_up
from voicecoach.messages.memory import CutOff, Reached

Events = list[dict[str, Any]]
SIX = dt.datetime(2026, 11, 24, 18, tzinfo=dt.UTC)
PLACE = Reached(
    phase="set", level="both_2x8", routine="usual", kind="strength", eased=False, easiest=False, unguided=False, fewer=False, raised=False,
    next_level="", legs="both", settle_s=1.0, lift_s=2.0, top_s=2.0, lower_s=3.0, reps=8, sets=2, set=2, lifts=8, left_until=0, done=3,
    total=11, part=4, lesson=0, breathed=False, failed_sets=(), fewer_from=0, felt_in_back=0,
)  # fmt: skip
COURSE: dict[str, Any] = {"event": "course", **asdict(PLACE), "failed_sets": []}
ASKED: Events = [{"event": "answer", "id": "screen.news", "value": "no"}, {"event": "answer", "id": "screen.pain", "value": 1}]


def left(*sessions: Events, started_at: str = SIX.isoformat(), after_s: float = 300.0, rehearsed: bool = False) -> CutOff | None:
    """What there is to go on with, `after_s` after the sessions began; each of them had lasted for three minutes."""
    told = [(summed_up(n, started_at, "interrupted", 180.0, events), events) for n, events in enumerate(sessions, 1)]
    return left_off(told, SIX + dt.timedelta(seconds=after_s), rehearsed=rehearsed)


def test_a_session_that_nobody_ended_is_there_with_where_it_was_and_how_long_ago() -> None:
    assert left([*ASKED, COURSE]) == CutOff(1, 120.0, "interrupted", PLACE, 1)


def test_there_is_nothing_in_an_empty_journal() -> None:
    assert left() is None


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([*ASKED, COURSE, {"event": "session_ended", "outcome": "interrupted"}], id="it has an end"),
        pytest.param(ASKED, id="nothing had begun"),
        pytest.param([COURSE], id="nothing was asked"),
        pytest.param([ASKED[0], COURSE], id="pain was not asked for"),
        pytest.param([ASKED[1], COURSE], id="the safety questions were not asked"),
        pytest.param([*ASKED, {"event": "person", "id": 2}, COURSE], id="they were asked of somebody else"),
        pytest.param([*ASKED, {"event": "remembered", "fact": "screened_on_day", "value": None}, COURSE], id="something was new"),
        pytest.param([*ASKED, COURSE, {"event": "phase", "from": "cool_down", "to": "finished"}], id="it was over"),
    ],
)
def test_what_had_ended_or_never_begun_is_nothing_to_go_on_with(events: Events) -> None:
    assert left(events) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"set": -1},
        {"done": 1.5},
        {"total": True},
        {"reps": 10**9},
        {"reps": 10_001},
        {"legs": None},
        {"lift_s": float("nan")},
        {"lift_s": "2"},
        {"lift_s": 61},
        {"eased": 1},
        {"failed_sets": [1, "two"]},
        {"failed_sets": 3},
        {"phase": 7},
    ],
)
def test_what_makes_no_sense_is_nothing_to_go_on_with(changed: dict[str, Any]) -> None:
    assert left([*ASKED, COURSE | changed]) is None


@pytest.mark.parametrize("started_at", ["yesterday", "", "2026-11-24T19:02:01+00:00"])
def test_a_clock_that_makes_no_sense_tells_nothing(started_at: str) -> None:
    assert left([*ASKED, COURSE], started_at=started_at) is None


HURT: Events = [{"event": "heard", "intent": "pain"}]


def test_a_clock_that_is_a_second_behind_for_it_was_rounded_means_just_now() -> None:
    assert left([*ASKED, COURSE], started_at="2026-11-24T18:02:02+00:00") == CutOff(1, 0.0, "interrupted", PLACE, 1)


def test_a_clock_that_was_put_back_by_a_power_cut_hides_no_safety_word_but_nobody_knows_how_old_the_rest_is() -> None:
    for started_at in ("2026-11-24T18:02:03+00:00", "2026-11-24T19:02:00+00:00"):
        assert left([*ASKED, COURSE], started_at=started_at) is None
        assert left(HURT, started_at=started_at) == CutOff(1, 0.0, "pain", None, None)
        assert left([*ASKED, COURSE, *HURT], started_at=started_at) == CutOff(1, 0.0, "pain", PLACE, 1)
    assert left(HURT, started_at="2026-11-24T19:02:01+00:00") is None


def test_a_moment_without_its_zone_is_taken_as_local() -> None:
    cut = left([*ASKED, COURSE], started_at="2026-11-24T18:00:00")
    assert cut
    assert cut.ago_s == 120.0


def test_rehearsals_and_sessions_do_not_go_on_with_each_other() -> None:
    begun: dict[str, Any] = {"event": "session_started", "rehearsed": True}
    assert left([begun, *ASKED, COURSE]) is None
    assert left([*ASKED, COURSE], rehearsed=True) is None
    assert left([begun, *ASKED, COURSE], rehearsed=True)


def test_a_rehearsal_may_be_ahead_of_the_clock() -> None:
    cut = left([{"event": "session_started", "rehearsed": True}, *ASKED, COURSE], after_s=-9999.0, rehearsed=True)
    assert cut
    assert cut.ago_s == 0.0


def test_only_the_last_session_counts() -> None:
    assert left([*ASKED, COURSE], [{"event": "person", "id": 1}, *ASKED]) is None


def test_a_start_that_came_to_nothing_is_passed_over() -> None:
    assert left([*ASKED, COURSE], [], [{"event": "session_started"}])


@pytest.mark.parametrize(("word", "outcome"), [("pain", "pain"), ("stop", "stopped"), ("nerve", "emergency")])
def test_a_safety_word_in_the_questions_is_there_without_anything_to_go_on_with(word: str, outcome: str) -> None:
    heard = {"event": "heard", "intent": word}
    assert left([{"event": "person", "id": 1}, heard]) == CutOff(1, 120.0, outcome, None, None)
    assert left([heard], started_at="yesterday") is None


def test_what_is_written_this_very_moment_is_there_too() -> None:
    said: Events = [{"event": "person", "id": 1}, {"event": "heard", "intent": "pain"}]
    assert left([*ASKED, COURSE], after_s=180.0) == CutOff(1, 0.0, "interrupted", PLACE, 1)
    assert left(said, after_s=180.0) == CutOff(1, 0.0, "pain", None, None)


@pytest.mark.parametrize(
    ("written", "done"),
    [
        pytest.param({}, 4, id="its lowering had begun"),
        pytest.param({"moment": "hold"}, 3, id="it was still up"),
        pytest.param({"n": 3}, 3, id="the one before it"),
        pytest.param({"set": 1}, 3, id="in the set before"),
        pytest.param({"event": "planned"}, 3, id="no lift at all"),
    ],
)
def test_only_a_lift_whose_lowering_had_begun_is_done(written: dict[str, Any], done: int) -> None:
    lowering = {"event": "rep", "moment": "lower", "set": 2, "n": 4, "of": 8}
    cut = left([*ASKED, COURSE, lowering | written])
    assert cut
    assert cut.reached
    assert (cut.reached.done, cut.reached.total) == (done, done + 8)


def test_no_more_lifts_are_done_than_the_set_has() -> None:
    cut = left([*ASKED, COURSE | {"done": 8, "total": 16}, {"event": "rep", "moment": "lower", "set": 2, "n": 9}])
    assert cut
    assert cut.reached
    assert cut.reached.done == 8


def test_a_start_that_only_offered_it_is_passed_over_unless_somebody_else_came() -> None:
    offer: dict[str, Any] = {"event": "cut_off", "person": 1, "outcome": "interrupted", "set": 2}
    assert left([*ASKED, COURSE], [{"event": "person", "id": 1}, offer])
    assert left([*ASKED, COURSE], [{"event": "person", "id": 1}, offer, {"event": "person", "id": 2}]) is None


def test_the_screening_of_the_session_before_holds_where_it_was_gone_on_with() -> None:
    offer: dict[str, Any] = {"event": "cut_off", "person": 1, "outcome": "interrupted", "set": 2}
    assert left([offer, ASKED[1], COURSE])
    assert left([offer, COURSE]) is None
