"""What benchmarks/evenings claims of every evening: each claim can be broken. And every evening says how it may end."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.evenings.__main__ import EVENINGS, OUTCOME
from benchmarks.evenings.claims import broken_claims


def event(at_s: float, kind: str, **fields: object) -> Mapping[str, object]:
    return {"at_s": at_s, "event": kind, **fields}


def line(at_s: float, name: str, text: str = "", *, cut: bool = False) -> list[Mapping[str, object]]:
    ended = event(at_s + 1, "line_ended", line=name, text=text or name, cut_short=cut)
    return [event(at_s, "line_started", line=name, text=text or name), ended]


STOP = event(10, "heard", intent="stop", phrase="stop")
END = event(100, "session_ended", outcome="stopped")


@pytest.mark.parametrize(
    ("log", "complaint"),
    [
        pytest.param([*line(9, "set.lift")[:1], STOP, END], "went on with set.lift", id="no hush"),
        pytest.param([STOP, event(12, "rep", n=1), END], "something moved", id="a repetition after stop"),
        pytest.param([STOP, *line(12, "set.lower"), END], "something moved", id="a cue after stop"),
        pytest.param([STOP, event(12, "phase", to="set"), END], "something moved", id="a set after stop"),
        pytest.param([*line(1, "pardon"), *line(3, "pardon"), *line(5, "pardon"), END], "three times in a row", id="the same thrice"),
        pytest.param([event(1, "question", id="screen.pain"), END], "stayed open", id="a question without an end"),
        pytest.param([*line(1, "rest.begin", cut=True), END], "never said: rest.begin", id="a lost sentence"),
        pytest.param([END, END], "it ended 2 times", id="two ends"),
        pytest.param([event(1, "session_ended", outcome="fault")], "the outcome is fault", id="another end"),
    ],
)
def test_an_evening_that_goes_wrong_is_told(log: list[Mapping[str, object]], complaint: str) -> None:
    assert any(complaint in claim for claim in broken_claims(log, ["stopped"]))


def test_an_evening_that_goes_well_has_nothing_to_tell() -> None:
    asked = [event(1, "question", id="mat.stop"), event(2, "heard", intent="stop", phrase="stop"), event(2, "answer", id="mat.stop")]
    work = [
        event(3, "phase", to="set"),
        *line(4, "set.lift", cut=True),
        event(4.5, "hushed"),
        event(5, "heard", intent="pain", phrase="pain"),
    ]
    cut = [*line(6, "pain.stopping", cut=True), *line(8, "pain.stopping")]
    assert broken_claims([*asked, *work, *cut, event(20, "session_ended", outcome="pain")], ["pain", "emergency"]) == []


@pytest.mark.parametrize("evening", sorted(EVENINGS.glob("*.toml")), ids=lambda path: path.stem)
def test_an_evening_says_how_it_may_end(evening: Path) -> None:
    assert OUTCOME.search(evening.read_text(encoding="utf-8"))
