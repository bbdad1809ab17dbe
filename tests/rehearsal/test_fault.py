import pytest

from voicecoach.messages.events import Fault, Recovered
from voicecoach.rehearsal.fault import Breakages
from voicecoach.rehearsal.scenario import FaultPlan
from voicecoach.rehearsal.trigger import Trigger


def told(breakages: Breakages, until_s: float) -> list[tuple[float, Fault | Recovered]]:
    return [(step * 0.02, news) for step in range(round(until_s / 0.02)) for news in breakages.news(step * 0.02)]


@pytest.mark.parametrize(
    ("what", "part"),
    [
        ("microphone_lost", "microphone"),
        ("speaker_lost", "speaker"),
        ("recognizer_stuck", "recognizer"),
    ],
)
def test_what_breaks_is_told_within_two_seconds_and_told_again_when_it_works(what: str, part: str) -> None:
    (broke_s, fault), (works_s, recovered) = told(Breakages([FaultPlan(what, at_s=10, for_s=5)]), 30)
    assert isinstance(fault, Fault)
    assert isinstance(recovered, Recovered)
    assert fault.what == recovered.what == part
    assert 10 <= broke_s <= 12
    assert works_s == pytest.approx(15, abs=0.02)


def test_what_nobody_noticed_is_not_told() -> None:
    assert told(Breakages([FaultPlan("recognizer_stuck", at_s=10, for_s=1)]), 20) == []


def test_without_an_end_it_stays_broken() -> None:
    breakages = Breakages([FaultPlan("speaker_lost", at_s=10)])
    assert [type(news) for _, news in told(breakages, 100)] == [Fault]
    assert breakages.active(99) == {"speaker_lost"}


def test_a_clock_that_jumps_is_a_fault_that_is_over_at_once() -> None:
    news = told(Breakages([FaultPlan("clock_jump", at_s=3)]), 10)
    assert [(type(one), one.what) for _, one in news] == [(Fault, "clock"), (Recovered, "clock")]
    assert [at_s for at_s, _ in news] == pytest.approx([3, 3.02])


def test_an_event_sets_a_fault_off() -> None:
    breakages = Breakages([FaultPlan("killed", on=Trigger((("event", "phase"), ("to", "rest"))), after_s=1.5)])
    breakages.notice({"at_s": 4.0, "event": "phase", "to": "set"})
    assert breakages.active(9) == frozenset()
    breakages.notice({"at_s": 8.0, "event": "phase", "to": "rest"})
    assert breakages.active(9.49) == frozenset()
    assert breakages.active(9.5) == {"killed"}
