"""Every fault in every phase, two at a time, and while it hushes: what the mat hears, and that nothing moves again without a word.

What must be experienced stands in expected.py. Whole evenings in virtual time; only voices and ears are made up.
"""

import json
from collections.abc import Mapping
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest

from benchmarks.evenings.claims import broken_claims
from tests.coach.stage import plan
from tests.faults.__main__ import TABLE, table
from tests.faults.expected import BY_KIND, DEAF, DOUBTS, EXPECTED, LASTING
from tests.faults.mat import GOES_ON, PLAN, UNTAUGHT, WAIT_S, WITH_WARM_UP, Event, Mat, breaks, moved, moved_without_a_word, says
from voicecoach.journal.store import Journal
from voicecoach.messages.memory import OUTCOMES
from voicecoach.rehearsal.scenario import FAULTS, FaultPlan

TOLD_SOON = [kind for kind in LASTING + DOUBTS if kind not in ("microphone_faint", "speaker_off")]
"""The other two take more talk of the coach's to be noticed than there is on this mat: benchmarks/faults has them."""
PHASES = ("screen", "teach", "warm_up", "set", "hold", "check_in", "rest", "cool_down")
ONE_SET = plan(sets=1, reps=1, rest_s=5, warm_up_s=0, cool_down_s=5)
CLAIMS = [outcome for outcome in OUTCOMES if outcome != "not_cleared"]
OVER_AFTER_S = {"standstill": None, "held_up": 4.0, "clock_jump": None}
"""What is over by itself, and how soon."""
STOPS_THEN = says("stop", 0.1, nth=2, event="rep", moment="lift")
"""Whoever has been through a fault and goes on may still stop it."""


def at(phase: str, what: str, after_s: float = 0.3, for_s: float | None = None) -> FaultPlan:
    """`what` breaks soon after `phase` has begun."""
    return breaks(what, after_s, for_s, event="phase", to=phase)


def evening(phase: str, *faults: FaultPlan, **about: Any) -> Mat:
    """One that comes through `phase` soon."""
    settings: dict[str, dict[str, Any]] = {"warm_up": {"agreed": WITH_WARM_UP}, "teach": {"person": UNTAUGHT}, "rest": {"agreed": PLAN}}
    return Mat(*faults, **({"agreed": ONE_SET} | settings.get(phase, {}) | about)).live()


def assert_whole(mat: Mat) -> None:
    """What is true of any evening, whatever broke."""
    assert moved_without_a_word(mat.events) == []
    wrong = broken_claims(mat.events, CLAIMS)
    assert wrong == [] or mat.outcome == "interrupted", "whoever is killed says no end"
    times = [event["at_s"] for event in mat.events]
    assert times == sorted(times)
    lowered = [(event["set"], event["n"]) for event in mat.named("rep", moment="lower")]
    assert lowered == sorted(lowered), "a count never goes back"


def assert_hushed(mat: Mat, fault: Event) -> None:
    """Whatever was being said when the fault was told was cut for it."""
    speaking = False
    for event in mat.events[: mat.events.index(fault)]:
        speaking = event["event"] == "line_started" or (speaking and event["event"] != "line_ended")
    after = [event for event in mat.events if 0 <= event["at_s"] - fault["at_s"] <= 0.06]
    assert not speaking or any(event["event"] == "line_ended" and event["cut_short"] for event in after)


def test_every_kind_of_fault_is_decided() -> None:
    assert {one.kind for one in EXPECTED} == set(FAULTS)
    assert TABLE.read_text(encoding="utf-8") == table(), "python -m tests.faults"


@pytest.mark.parametrize(
    ("kind", "phase"),
    [*product(("microphone_lost",), PHASES), *product(("recognizer_stuck", "speaker_lost"), ("screen", "hold", "rest"))],
)
def test_a_part_that_stays_out_of_order_is_told_waited_for_and_ends_the_session(kind: str, phase: str) -> None:
    expected = BY_KIND[kind]
    mat = evening(phase, at(phase, kind))
    (fault,) = mat.named("fault")
    broke_s = mat.named("phase", to=phase)[0]["at_s"] + 0.3
    assert fault["what"] == expected.part
    assert 0 <= fault["at_s"] - broke_s <= expected.within_s
    assert_hushed(mat, fault)
    after = mat.events[mat.events.index(fault) :]
    assert [event["line"] for event in after if event["event"] == "line_started"] == [expected.says, expected.says, "fault.over"]
    assert not [event for event in after if moved(event)]
    assert mat.outcome == expected.outcome
    assert 2 * WAIT_S < mat.events[-1]["at_s"] - fault["at_s"] < 2 * WAIT_S + 6
    assert_whole(mat)


@pytest.mark.parametrize("kind", ["microphone_lost", "recognizer_stuck", "speaker_lost", "standstill", "held_up"])
def test_through_all_phases_it_is_gone_on_with_on_a_word_and_only_on_that(kind: str) -> None:
    doubt = kind in DOUBTS
    all_of_them = kind in ("microphone_lost", "held_up")
    long_way: dict[str, Any] = {"person": UNTAUGHT, "agreed": WITH_WARM_UP} if all_of_them else {}
    left_out = {*(("screen",) if doubt else ()), *(() if all_of_them else ("teach", "warm_up"))}
    faults = [at(phase, kind, for_s=4.0) for phase in PHASES if phase not in left_out]
    mat = Mat(*faults, said=GOES_ON, **long_way).live()
    assert len(mat.named("fault", what=BY_KIND[kind].part)) == len(faults)
    says_so = BY_KIND[kind].says
    assert mat.lines().count(says_so if doubt else "fault.recovered") == len(faults)
    assert len(mat.named("phase", to="paused")) == len(mat.named("heard", intent="resume")) == len(faults)
    assert mat.outcome == "finished"
    lowered = [(event["set"], event["n"]) for event in mat.named("rep", moment="lower")]
    assert set(lowered) == {(1, 1), (1, 2), (2, 1), (2, 2)}, "no lift is lost; one in which it broke is begun again"
    assert_whole(mat)


@pytest.mark.parametrize(("kind", "phase"), [*product(TOLD_SOON, ("hold",)), *product(DOUBTS[1:], ("screen", "rest"))])
def test_nobody_who_says_nothing_is_moved(kind: str, phase: str) -> None:
    """The fault comes and goes, and nobody says a word."""
    mat = evening(phase, at(phase, kind, for_s=OVER_AFTER_S.get(kind, WAIT_S - 1)))
    pauses = mat.named("phase", to="paused")
    assert mat.outcome == ("silence" if pauses else "finished")
    assert bool(pauses) == (phase != "screen"), "one pause a fault; in the questions a word is waited for anyway"
    assert_whole(mat)


@pytest.mark.parametrize("kind", ["microphone_lost", "microphone_silent", "recognizer_stuck", "speaker_lost", "speaker_off"])
def test_what_lasts_no_longer_than_nobody_notices_is_told_of_to_nobody(kind: str) -> None:
    mat = evening("hold", at("hold", kind, for_s=0.9))
    assert not mat.named("fault")
    assert mat.outcome == "finished"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kept", [True, False])
def test_a_voice_that_fails_says_that_it_is_over_where_it_can_and_hushes(kept: bool, phase: str) -> None:
    mat = evening(phase, at(phase, "voice_lost"), kept_sentences=None if kept else ())
    fault = mat.named("fault")[0]
    after = mat.events[mat.events.index(fault) :]
    assert {event["what"] for event in mat.named("fault")} == {"voice"}
    assert [event["line"] for event in after if event["event"] == "line_started"] == ["fault.voice"] * kept
    assert mat.outcome == "fault"
    assert not [event for event in after if moved(event)]
    assert_whole(mat)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", ["sound_lost", "killed"])
def test_what_ends_it_at_once_leaves_a_whole_log(kind: str, phase: str) -> None:
    mat = evening(phase, at(phase, kind))
    broke_s = mat.named("phase", to=phase)[0]["at_s"] + 0.3
    assert mat.outcome == BY_KIND[kind].outcome
    assert mat.events[-1]["at_s"] - broke_s < 0.05
    assert kind == "killed" or len(mat.named("line_started")) == len(mat.named("line_ended"))


def test_the_clock_on_the_wall_changes_nothing() -> None:
    jumps = Mat(*(at(phase, "clock_jump") for phase in PHASES)).live()
    calm = Mat().live()
    assert [event for event in jumps.events if event.get("what") != "clock"] == calm.events
    assert len(jumps.named("fault", what="clock")) == 8 - len({"teach", "warm_up"} - {event["to"] for event in calm.named("phase")})


def test_a_full_disk_is_said_in_every_phase_that_has_a_place_for_it_and_all_is_kept_in_the_end(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    session = journal.begin("2026-11-24T18:00:00+00:00", {})

    def keep(event: Mapping[str, object]) -> str | None:
        journal.append(session, event)
        return "It can't be written." if journal.behind else None

    faults = [at(phase, "disk_full", for_s=1.5) for phase in PHASES]
    mat = Mat(*faults, person=UNTAUGHT, agreed=WITH_WARM_UP, keep=keep, refuse=lambda full: journal.refuse(refused=full)).live()
    journal.close()
    assert Journal(tmp_path / "journal.db").events(session) == json.loads(json.dumps(mat.events))
    told = mat.named("fault", what="disk")
    assert len(told) == len(mat.named("recovered", what="disk")) >= len(PHASES) - 1
    assert 1 <= mat.lines().count("fault.disk") <= len(told)
    assert mat.outcome == "finished"
    assert not mat.named("phase", to="paused")
    assert_whole(mat)


MOMENTS = {
    "between the suspicion and the word": {"event": "suspected"},
    "right after the word": {"event": "hushed", "why": "pain"},
    "in the questions": {"event": "question", "id": "pain.sharp"},
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_while_it_hushes_neither_revives_anything_nor_loses_the_stop(kind: str, moment: str) -> None:
    pain = says("pain", 0.1, event="rep", moment="lift")
    said = (pain, *GOES_ON, STOPS_THEN)
    fault = breaks(kind, 0.02, OVER_AFTER_S.get(kind, 4.0), **MOMENTS[moment])
    mat = Mat(fault, said=said, agreed=ONE_SET).live()
    after = mat.events[mat.events.index(mat.named("suspected")[0]) :]
    assert_whole(mat)
    if mat.named("heard", intent="pain"):
        assert not [event for event in after if moved(event)]
        assert mat.outcome == ("interrupted" if kind == "killed" else "pain")
        assert not [line for line in mat.lines() if line.startswith("fault.")] or kind == "held_up"
    else:
        assert kind in (*DEAF, "killed", "sound_lost"), "whoever can hear has heard it"
        assert moment == "between the suspicion and the word"
        told = mat.events.index(mat.named("fault")[0]) if mat.named("fault") else 0
        moving = [event for event in mat.events[told:] if moved(event)] if told else []
        assert not moving or mat.named("heard", intent="resume"), "it goes on only on a word"


@pytest.mark.parametrize("kind", [kind for kind in FAULTS if kind not in (*DEAF, "killed", "sound_lost")])
@pytest.mark.parametrize("after_s", [-0.5, 0.5])
def test_a_word_about_a_fault_that_doesn_t_deafen_still_stops(kind: str, after_s: float) -> None:
    """Half a second before it began, and half a second after."""
    fault = breaks(kind, 1.0, OVER_AFTER_S.get(kind), event="rep", moment="lift")
    mat = Mat(fault, said=(says("stop", 1.0 + after_s, event="rep", moment="lift"),), agreed=ONE_SET).live()
    assert mat.named("heard", intent="stop")
    assert [event["to"] for event in mat.named("phase")][-2:] == ["stopped", "finished"]
    assert mat.outcome == "stopped"
    assert_whole(mat)


TOGETHER = [kind for kind in FAULTS if kind not in ("microphone_silent", "microphone_faint", "speaker_off", "clock_jump")]


@pytest.mark.parametrize(("one", "other"), list(combinations(TOGETHER, 2)))
def test_two_faults_at_a_time_are_both_over_before_a_word_goes_on(one: str, other: str) -> None:
    faults = [breaks(kind, after_s, OVER_AFTER_S.get(kind, 4.0), event="phase", to="hold") for kind, after_s in ((one, 0.2), (other, 1.8))]
    mat = Mat(*faults, said=(*GOES_ON, STOPS_THEN), agreed=ONE_SET).live()
    assert_whole(mat)
    ends = [BY_KIND[kind].outcome for kind in (one, other) if kind in ("killed", "sound_lost", "voice_lost")]
    assert mat.outcome in {"stopped", "finished", *ends}
    assert mat.outcome != "stopped" or mat.named("heard", intent="stop")
    broken: set[str] = set()
    for event in mat.events:
        if event["event"] == "fault" and event["what"] in ("microphone", "speaker", "recognizer"):
            broken.add(event["what"])
        elif event["event"] == "recovered":
            broken.discard(event["what"])
        assert not (broken and moved(event)), "nothing moves while a part is out of order"


@pytest.mark.parametrize("kind", ["microphone_lost", "speaker_lost", "recognizer_stuck", "standstill", "held_up"])
def test_in_a_pause_it_is_told_or_waited_for_and_never_gone_on_with(kind: str) -> None:
    pause = says("pause", 0.1, event="rep", moment="lift")
    mat = Mat(at("paused", kind, 1.0, OVER_AFTER_S.get(kind, 2.5)), said=(pause,), agreed=ONE_SET).live()
    assert mat.outcome == "silence"
    if kind not in DOUBTS:
        assert [line for line in mat.lines() if line.startswith("fault.")] == [BY_KIND[kind].says, "fault.recovered"]
    assert_whole(mat)


def test_a_cue_that_was_due_while_nobody_decided_is_not_said_afterwards() -> None:
    mat = evening("hold", at("hold", "held_up", for_s=6.0), said=GOES_ON)
    gone = mat.named("fault", what="standstill")[0]["at_s"]
    again = mat.named("heard", intent="resume")[0]["at_s"]
    assert not [event for event in mat.events if gone < event["at_s"] < again and moved(event)]
    assert all(later["at_s"] >= sooner["at_s"] for sooner, later in pairwise(mat.events))
