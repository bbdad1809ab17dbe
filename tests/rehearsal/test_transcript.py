import pytest

from voicecoach.rehearsal.transcript import Transcript, clock


def lines(*events: dict[str, object]) -> list[str]:
    shown: list[str] = []
    transcript = Transcript(shown.append)
    for event in events:
        transcript.event({"at_s": 65.32, **event})
    return shown


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({"event": "line_started", "line": "set.lift", "text": "Lift, and breathe out."}, ["1:05.3", "coach", "Lift, and breathe out."]),
        ({"event": "line_ended", "line": "set.lift", "cut_short": True}, ["cut short"]),
        ({"event": "user_spoke", "text": "no", "from_s": 1, "to_s": 2}, ["you", "“no”"]),
        ({"event": "user_spoke", "wav": "stop_1.flac", "from_s": 1, "to_s": 2}, ["you", "stop_1.flac"]),
        ({"event": "heard", "intent": "pain", "phrase": "it hurts"}, ["heard", "it hurts", "pain"]),
        ({"event": "heard", "intent": "number", "phrase": "", "text": "about four", "value": 4}, ["heard", "about four", "number 4"]),
        ({"event": "suspected", "intent": "stop", "phrase": "stop"}, ["stop", "suspected"]),
        ({"event": "withdrawn", "intent": "stop"}, ["not stop after all"]),
        ({"event": "rep", "n": 2, "of": 8, "set": 1, "moment": "lift"}, ["rep", "2 of 8: lift"]),
        ({"event": "fault", "what": "microphone", "detail": "It is gone."}, ["FAULT", "microphone", "It is gone."]),
        ({"event": "recovered", "what": "microphone"}, ["recovered", "microphone"]),
        ({"event": "answer", "id": "screen.pain", "value": 2}, ["screen.pain: 2"]),
        ({"event": "answer", "id": "screen.pain", "value": None}, ["screen.pain: none"]),
        ({"event": "unclear", "text": "my leg is", "worrying": True}, ["my leg is", "perhaps a safety phrase"]),
        ({"event": "unclear", "text": "bananas", "worrying": False}, ["bananas", "nothing known"]),
        ({"event": "session_ended", "outcome": "not_cleared"}, ["ends: not cleared"]),
    ],
)
def test_a_line_tells_when_who_and_what(event: dict[str, object], words: list[str]) -> None:
    (line,) = lines(event)
    assert all(word in line for word in words)


def test_what_nobody_would_read_gives_no_line() -> None:
    assert lines({"event": "line_ended", "line": "x", "cut_short": False}, {"event": "question", "id": "x"}, {"event": "news"}) == []


def test_phases_are_headings_and_the_top_of_each_lift_is_none() -> None:
    moves = ["warm_up", "set", "hold", "set", "hold", "set", "rest"]
    events: list[dict[str, object]] = [{"event": "phase", "to": phase} for phase in moves]
    assert [line for line in lines(*events) if line] == [
        "——— WARM UP ———",
        "——— SET ———",
        "——— REST ———",
    ]


@pytest.mark.parametrize(("moment_s", "text"), [(0, "0:00.0"), (59.96, "1:00.0"), (600.04, "10:00.0"), (3725.5, "62:05.5")])
def test_the_clock_never_shows_sixty_seconds(moment_s: float, text: str) -> None:
    assert clock(moment_s) == text
