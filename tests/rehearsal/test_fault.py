import pytest

from voicecoach.messages.events import Fault, Recovered
from voicecoach.rehearsal.fault import Breakages, Switches
from voicecoach.rehearsal.scenario import FAULTS, FaultPlan
from voicecoach.rehearsal.trigger import Trigger

TOLD = ("microphone_lost", "speaker_lost", "recognizer_stuck", "sound_lost", "standstill", "clock_jump")
"""What others than the session's own watches tell of."""


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


def test_a_machine_that_slept_is_told_at_once_however_long_it_slept() -> None:
    news = told(Breakages([FaultPlan("standstill", at_s=3, for_s=600)]), 10)
    assert [(type(one), one.what) for _, one in news] == [(Fault, "standstill"), (Recovered, "standstill")]
    assert [at_s for at_s, _ in news] == pytest.approx([3, 3.02])


def test_sound_that_stands_still_is_told_at_once_and_never_comes_back() -> None:
    ((at_s, news),) = told(Breakages([FaultPlan("sound_lost", at_s=3, for_s=1)]), 10)
    assert (at_s, type(news), news.what) == (3, Fault, "sound")


@pytest.mark.parametrize("what", FAULTS)
def test_any_fault_is_set_off_by_any_nth_event_later_for_a_while_and_again(what: str) -> None:
    on = Trigger((("event", "phase"), ("to", "hold")), nth=2, every=True)
    breakages = Breakages([FaultPlan(what, on=on, after_s=0.5, for_s=3.0)])
    for at_s in (10.0, 20.0, 30.0, 40.0):
        breakages.notice({"at_s": at_s, "event": "phase", "to": "hold"})
    lasts = what not in ("standstill", "clock_jump")
    assert [bool(breakages.active(at_s)) for at_s in (10.6, 20.4, 20.6, 30.6)] == [False, False, lasts, what == "sound_lost"]
    news = told(breakages, 50)
    faults = [at_s for at_s, one in news if isinstance(one, Fault)]
    assert len(faults) == (2 if what in TOLD else 0)
    assert all(0 <= at_s - from_s <= 2.03 for at_s, from_s in zip(faults, (20.5, 40.5), strict=False))


def test_who_is_to_break_something_else_is_told_when_it_begins_and_when_it_ends() -> None:
    turned: list[tuple[str, bool]] = []
    switches = Switches({"disk_full": lambda on: turned.append(("disk", on)), "voice_lost": lambda on: turned.append(("voice", on))})
    for broken in ((), ("disk_full", "killed"), ("disk_full",), ("voice_lost",), ()):
        switches.turn(frozenset(broken))
    assert turned == [("disk", True), ("disk", False), ("voice", True), ("voice", False)]


def test_an_event_sets_a_fault_off() -> None:
    breakages = Breakages([FaultPlan("killed", on=Trigger((("event", "phase"), ("to", "rest"))), after_s=1.5)])
    breakages.notice({"at_s": 4.0, "event": "phase", "to": "set"})
    assert breakages.active(9) == frozenset()
    breakages.notice({"at_s": 8.0, "event": "phase", "to": "rest"})
    assert breakages.active(9.49) == frozenset()
    assert breakages.active(9.5) == {"killed"}
