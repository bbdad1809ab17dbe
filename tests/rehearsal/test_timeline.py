from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.rehearsal.scenario import EVENTS
from voicecoach.rehearsal.spans import coach_lines, faults, leg_curve, phases
from voicecoach.rehearsal.timeline import timeline

SVG = "{http://www.w3.org/2000/svg}"
NAMES = (*EVENTS, "news")


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter() if element.tag in (f"{SVG}text", f"{SVG}title")]  # noqa: S314


def session(seconds: float) -> list[dict[str, object]]:
    events: list[dict[str, object]] = [{"at_s": 0.0, "event": "session_started"}]
    for at in range(0, int(seconds), 10):
        events += [
            {"at_s": at, "event": "phase", "from": "rest", "to": "set"},
            {"at_s": at + 1.0, "event": "line_started", "line": "set.lift", "text": "Lift & <breathe>."},
            {"at_s": at + 3.0, "event": "line_ended", "line": "set.lift", "cut_short": False},
            {"at_s": at + 4.0, "event": "user_spoke", "text": "louder", "from_s": at + 4.0, "to_s": at + 4.5},
            {"at_s": at + 4.6, "event": "heard", "intent": "louder", "phrase": "louder"},
            {"at_s": at + 6.0, "event": "rep", "n": 1, "of": 8, "set": 1, "moment": "lift"},
        ]
    return [*events, {"at_s": seconds, "event": "session_ended", "outcome": "finished"}]


def test_everything_that_was_said_and_heard_is_in_the_picture() -> None:
    found = texts(timeline(session(60)))
    for word in ("coach", "person", "heard", "legs", "set", "“louder”", "louder", "1", "0:30"):
        assert word in found
    assert any("Lift & <breathe>." in text for text in found)
    assert any("finished" in text for text in found)


@pytest.mark.parametrize(("minutes", "tallest"), [(2, 1500), (10, 4500), (40, 6000)])
def test_a_longer_session_is_a_taller_picture_of_the_same_width(minutes: int, tallest: int) -> None:
    picture = ET.fromstring(timeline(session(minutes * 60)))  # noqa: S314
    assert picture.get("width") == "1400"
    assert float(picture.get("height", "0")) < tallest


def test_nothing_is_drawn_outside_the_picture() -> None:
    picture = ET.fromstring(timeline(session(125)))  # noqa: S314
    width, height = float(picture.get("width", "0")), float(picture.get("height", "0"))
    for shape in picture.iter(f"{SVG}rect"):
        assert 0 <= float(shape.get("x", "0")) <= width
        assert float(shape.get("x", "0")) + float(shape.get("width", "0")) <= width
        assert float(shape.get("y", "0")) + float(shape.get("height", "0")) <= height


def test_a_session_of_nothing_is_a_picture_too() -> None:
    assert texts(timeline([]))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {"event": st.sampled_from(NAMES), "at_s": st.floats(0, 300)},
            optional={
                "text": st.text(), "line": st.sampled_from("ab"), "what": st.sampled_from("ab"), "to": st.text(), "intent": st.text(),
                "moment": st.sampled_from(["brace", "lift", "hold", "lower"]), "from_s": st.floats(0, 300), "to_s": st.floats(0, 300),
                "n": st.integers(), "value": st.integers(0, 10),
            },
        ),
    ),
)  # fmt: skip
def test_any_events_at_all_give_a_picture_that_a_browser_can_read(events: list[dict[str, object]]) -> None:
    ET.fromstring(timeline(sorted(events, key=lambda event: float(str(event["at_s"])))))  # noqa: S314


def test_phases_last_until_the_next_and_the_last_until_the_end() -> None:
    events = [{"at_s": 1.0, "event": "phase", "to": "set"}, {"at_s": 5.0, "event": "phase", "to": "rest"}, {"at_s": 9.0, "event": "answer"}]
    assert [(span.from_s, span.to_s, span.name) for span in phases(events)] == [(1, 5, "set"), (5, 9, "rest")]


def test_a_line_or_fault_that_never_ended_lasts_to_the_end() -> None:
    events: list[dict[str, object]] = [
        {"at_s": 1.0, "event": "line_started", "line": "a", "text": "A"},
        {"at_s": 2.0, "event": "fault", "what": "speaker"},
        {"at_s": 9.0, "event": "session_ended"},
    ]
    assert [(span.from_s, span.to_s, span.cut) for span in (*coach_lines(events), *faults(events))] == [(1, 9, True), (2, 9, True)]


def test_legs_rise_during_the_lift_stay_up_and_sink() -> None:
    moments = [(0.0, "brace"), (1.0, "lift"), (3.0, "hold"), (5.0, "lower"), (8.0, "brace")]
    curve = leg_curve([{"at_s": at_s, "event": "rep", "moment": moment} for at_s, moment in moments])
    assert curve[:5] == [(0, 0), (1, 0), (3, 1), (5, 1), (8, 0)]


def test_legs_that_nobody_follows_any_further_come_down() -> None:
    curve = leg_curve([{"at_s": 1.0, "event": "rep", "moment": "hold"}, {"at_s": 60.0, "event": "rep", "moment": "lift"}])
    assert curve[:3] == [(1, 1), (4, 0), (60, 0)]


def test_a_phase_that_was_left_at_once_is_not_drawn_over_the_next() -> None:
    moves = [(1.0, "warm_up"), (1.0, "set"), (5.0, "finished")]
    assert [span.name for span in phases([{"at_s": at_s, "event": "phase", "to": phase} for at_s, phase in moves])] == ["set", "finished"]
